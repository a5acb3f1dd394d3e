"""Roster imports in the CMS: upload, dry run, confirmation, result."""

import csv
import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from exchanges.inviting import invite
from exchanges.models import Placement
from exchanges.views.invitations import say
from interop.roster import invitations, tables, undoing, uploads
from interop.roster.applying import RosterChangedError, RosterHasErrorsError
from interop.roster.dry_run import DryRun, dry_run
from interop.roster.exporting import lines
from interop.roster.forms import ConfirmationForm, RosterUploadForm
from interop.roster.messages import explain
from interop.roster.models import RosterUpload
from interop.roster.plans import Plan
from interop.roster.problems import Problem
from interop.roster.sheets import sheet_of
from interop.roster.undo_tables import undone_table
from library.cells import neutralise
from people.views.invitations import link_to_invitation

SAMPLE = settings.BASE_DIR / "docs" / "samples" / "roster.csv"


class RosterDoor(PermissionCheckedMixin):
    """Only for people who may import rosters."""

    model = RosterUpload
    permission_required = "add"
    request: Any


class RosterPage(RosterDoor, WagtailAdminTemplateMixin):
    header_icon = "upload"
    index_url_name = "rosters:index"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Roster imports")},
            {"url": "", "label": self.get_page_title()},
        ]


class UploadsView(IndexView):
    """Own imports, latest first; administrators see everybody's."""

    page_title = gettext_lazy("Roster imports")
    header_icon = "upload"
    any_permission_required = ("add",)
    default_ordering = "-uploaded_at"
    add_item_label = gettext_lazy("Import a roster")

    def get_base_queryset(self) -> Any:
        imports = RosterUpload.objects.visible_to(self.request.user)
        return imports.defer("content").select_related("uploaded_by")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("filename", label=_("File"), get_url=self.get_edit_url),
            Column("uploaded_by", label=_("By"), accessor=who),
            DateColumn("uploaded_at", label=_("Uploaded"), sort_key="uploaded_at"),
            Column("outcome", label=_("Outcome"), accessor=outcome),
        ]

    def get_edit_url(self, instance: RosterUpload) -> str | None:
        is_own = instance.uploaded_by_id == self.request.user.pk
        if instance.applied_at is None and not is_own:
            return None
        return reverse("rosters:upload", args=(instance.uuid,))

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [
            Button(
                _("Download all as roster"),
                url=reverse("rosters:export"),
                icon_name="download",
                priority=10,
            ),
            Button(
                _("Download a sample"),
                url=reverse("rosters:sample"),
                icon_name="download",
                priority=20,
            ),
        ]


def who(upload: RosterUpload) -> str:
    return str(upload.uploaded_by or _("Command line"))


def outcome(upload: RosterUpload) -> str:
    """Return in a few words what became of an upload."""
    if upload.applied_at is None:
        return _("Waits for confirmation")
    if upload.is_being_undone:
        return _("Being undone")
    if upload.undone_at is not None:
        return _("Undone")
    return _("%(created)d new, %(updated)d changed, %(unchanged)d unchanged") % upload.summary


class UploadView(RosterPage, FormView[RosterUploadForm]):
    template_name = "interop/roster/upload.html"
    form_class = RosterUploadForm
    page_title = gettext_lazy("Import a roster")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: RosterUploadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        upload = uploads.keep(
            filename=file.name,
            content=file.read(),
            by=self.request.user,
            at=timezone.now(),
            defaults=form.defaults,
        )
        return redirect("rosters:upload", upload.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            action_url=reverse("rosters:add"),
            submit_button_label=_("Look at the dry run"),
            submit_button_active_label=_("Reading…"),
            form_is_multipart=True,
            sample_url=reverse("rosters:sample"),
            **kwargs,
        )


class UploadMixin:
    """One upload that the person may see: own ones, and for administrators what was imported."""

    kwargs: dict[str, Any]
    request: Any

    @cached_property
    def upload(self) -> RosterUpload:
        user = self.request.user
        found = RosterUpload.objects.visible_to(user)
        found = found.filter(Q(uploaded_by=user) | Q(applied_at__isnull=False))
        return get_object_or_404(found, uuid=self.kwargs["uuid"])

    @cached_property
    def plan(self) -> Plan:
        content = bytes(self.upload.content)
        return dry_run(content, actor=self.request.user, defaults=self.upload.defaults)


class ReviewView(UploadMixin, RosterPage, TemplateView):
    """The dry run with its confirmation; afterwards the result."""

    def get_page_title(self) -> str:
        return self.upload.filename

    def get_template_names(self) -> list[str]:
        name = "review" if self.upload.applied_at is None else "result"
        return [f"interop/roster/{name}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(upload=self.upload, **kwargs)
        if self.upload.applied_at is None:
            context |= _review_context(self.plan)
            context["errors_url"] = reverse("rosters:errors", args=(self.upload.uuid,))
        else:
            context |= _result_context(self.upload, at=timezone.now())
        context["index_url"] = reverse(self.index_url_name)
        context["add_url"] = reverse("rosters:add")
        return context

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ConfirmationForm(self.request.POST)
        if self.upload.applied_at is not None:
            messages.info(self.request, _("This file has been imported already, and only once."))
        elif form.is_valid():
            self._confirm(**form.cleaned_data)
        return redirect("rosters:upload", self.upload.uuid)

    def _confirm(self, *, expected: str, good_rows_only: bool) -> None:
        try:
            done = uploads.confirm(
                self.upload, expected=expected, at=timezone.now(), good_rows_only=good_rows_only
            )
        except RosterChangedError:
            messages.warning(
                self.request,
                _(
                    "Nothing has been imported: the records have changed since you looked. "
                    "Below is what would happen now."
                ),
            )
        except RosterHasErrorsError:
            messages.error(self.request, _("Nothing has been imported: correct the errors first."))
        else:
            written = done.created + done.updated
            text = ngettext("%d placement imported.", "%d placements imported.", written)
            messages.success(self.request, text % written)


def _review_context(plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan,
        "counts": {str(action): number for action, number in plan.counts.items()},
        "error_table": tables.problem_table(plan.errors),
        "remark_table": tables.problem_table(plan.remarks),
        "change_table": tables.change_table(plan),
        "new_stay_table": tables.new_stay_table(plan),
        "exchange_table": tables.exchange_table(plan),
        "partner_table": tables.partner_table(plan),
        "shown_rows": tables.SHOWN_ROWS,
    }


def _result_context(upload: RosterUpload, *, at: dt.datetime) -> dict[str, Any]:
    context = {
        "can_undo": undoing.can_undo(upload, at=at),
        "is_large": undoing.is_large(upload),
        "undone_table": undone_table(upload),
    }
    if upload.is_being_undone:
        taken = sum(upload.undone.values())
        return context | {"taken": taken, "all_records": taken + undoing.left(upload)}
    if upload.undone_at is None:
        context["invite_url"] = reverse("rosters:invite", args=(upload.uuid,))
        context["progress"] = invitations.progress_of(upload, as_of=at)
    return context


class InviteView(UploadMixin, RosterDoor, View):
    """Invites the people whom an import has made, as many as go at once."""

    http_method_names = ["post"]

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.upload.undone_by_id is not None:
            messages.info(self.request, _("This import is undone: nobody is invited."))
            return redirect("rosters:upload", self.upload.uuid)
        outcome = invite(
            invitations.new_people(self.upload),
            by=self.request.user,
            at=timezone.now(),
            link_to=link_to_invitation(self.request),
        )
        say(self.request, outcome)
        return redirect("rosters:upload", self.upload.uuid)


class ErrorsView(UploadMixin, RosterDoor, View):
    """Every problem of a dry run as CSV."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="roster-errors.csv"'
        response.write("\ufeff")
        writer = csv.writer(response)
        writer.writerow([_("Row"), _("Column"), _("Value"), _("Why"), _("What to do")])
        for problem in self._problems():
            found = explain(problem)
            cells = (found.row, found.column, found.value, found.reason, found.cure)
            writer.writerow(neutralise(cell) for cell in cells)
        return response

    def _problems(self) -> Iterator[Problem]:
        sheet = sheet_of(bytes(self.upload.content), defaults=self.upload.defaults)
        yield from sheet.remarks
        for part in DryRun(sheet, actor=self.request.user).parts():
            for row in part.rows:
                yield from row.problems


class ExportView(RosterDoor, View):
    """The placements that the person answers for, as a roster."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        placements = Placement.objects.coordinated_by(self.request.user)
        response = StreamingHttpResponse(lines(placements), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="roster.csv"'
        return response


class SampleView(RosterDoor, View):
    def get(self, *args: Any, **kwargs: Any) -> FileResponse:
        return FileResponse(
            SAMPLE.open("rb"),
            as_attachment=True,
            filename="roster-sample.csv",
            content_type="text/csv; charset=utf-8",
        )
