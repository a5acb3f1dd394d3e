"""Undoing an import in the CMS: what would happen first, then the confirmation."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from interop.roster import undo_tables
from interop.roster.undo_planning import plan_undo
from interop.roster.undoing import (
    CannotUndoError,
    UndoChangedError,
    begin,
    can_undo,
    go_on,
    is_large,
)
from interop.roster.views.importing import RosterPage, UploadMixin


class UndoView(UploadMixin, RosterPage, TemplateView):
    template_name = "interop/roster/undo.html"
    page_title = gettext_lazy("Undo this import")

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._refusal() or super().get(*args, **kwargs)

    def _refusal(self) -> HttpResponse | None:
        if self.upload.is_being_undone:
            messages.info(self.request, _("This import is being undone already."))
        elif not can_undo(self.upload, at=timezone.now()):
            messages.info(self.request, _("There is nothing to undo, or it is too long ago."))
        elif is_large(self.upload):
            messages.info(self.request, _("This import is too large to be undone here."))
        else:
            return None
        return redirect("rosters:upload", self.upload.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = plan_undo(self.upload, actor=self.request.user)
        return super().get_context_data(
            upload=self.upload,
            plan=plan,
            count_table=undo_tables.count_table(plan),
            placement_table=undo_tables.placement_table(plan),
            shown_rows=undo_tables.SHOWN_ROWS,
            **kwargs,
        )

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_large(self.upload) and (refusal := self._refusal()):
            return refusal
        expected, now = self.request.POST.get("expected", ""), timezone.now()
        try:
            begin(self.upload, expected=expected, actor=self.request.user, at=now)
        except CannotUndoError:
            messages.info(self.request, _("This import is undone already."))
        except UndoChangedError:
            messages.warning(
                self.request,
                _(
                    "Nothing has been undone: the records have changed since you looked. "
                    "Below is what would happen now."
                ),
            )
            return redirect("rosters:undo", self.upload.uuid)
        else:
            if go_on(self.upload, at=now):
                messages.success(self.request, _("The import is undone."))
            else:
                messages.info(
                    self.request, _("The import is being undone. This goes on by itself.")
                )
        return redirect("rosters:upload", self.upload.uuid)
