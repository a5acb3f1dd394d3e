"""The outbox in the CMS: what was sent, what waits, and what a person has to look at."""

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy

from jobs.enums import MailState
from jobs.models import OutgoingMail
from jobs.sending import send_again


class LookingPolicy(ModelPermissionPolicy):
    """Nobody writes, changes or deletes a letter by hand; who may view them may resend them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


class MailFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        choices=MailState, label=gettext_lazy("State"), empty_label=gettext_lazy("All")
    )

    class Meta:
        model = OutgoingMail
        fields = ["state"]


class MailInspectView(generic.InspectView):
    def get_fields(self) -> list[str]:
        return [
            "to", "subject", "text", "state", "created_at", "sent_at", "due_at", "tries",
            "last_error", "message_id",
        ]  # fmt: skip

    def get_text_display_value(self) -> str:
        is_secret = self.object.is_secret
        return _("Not shown: these words let their reader in.") if is_secret else self.object.text

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        if self.object.state == MailState.DEAD:
            url = reverse("outbox:again", args=[self.object.pk])
            buttons.append(Button(_("Send again"), url=url, icon_name="mail"))
        return buttons


class SendAgainView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView[forms.Form]):
    """Asks once, then gives a letter that could not be sent another day of tries."""

    form_class = forms.Form
    template_name = "jobs/send_again.html"
    page_title = gettext_lazy("Send again")
    header_icon = "mail"
    permission_policy = LookingPolicy(OutgoingMail)
    permission_required = "view"

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.letter = get_object_or_404(OutgoingMail, pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(letter=self.letter, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if send_again(self.letter, at=timezone.now()):
            messages.success(self.request, _("The e-mail will be sent in a moment."))
        else:
            messages.info(self.request, _("Nothing to do: this e-mail is not stuck any more."))
        return HttpResponseRedirect(reverse("outbox:inspect", args=[self.letter.pk]))
