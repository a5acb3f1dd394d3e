"""Reminding people of the overview: to whom, in which words, and then how far it has got."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from readiness.views.people_deeds import NAMED, ErrandDeedView
from reminders.asking import DEED, chosen, preview


class RemindPeopleView(ErrandDeedView):
    template_name = "reminders/remind.html"
    header_icon = "mail"
    title = _("Remind people")
    consequence = _(
        "Each gets one e-mail, in the own language, with all that is their turn and still open "
        "before they leave. At night it leaves in the morning."
    )
    button = _("Remind")
    deed = DEED

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = preview(self.rows, by=self.user, at=self.now, most=NAMED)
        return super().get_context_data(preview=shown, **kwargs)

    def chosen(self, form: forms.Form) -> list[int]:
        return chosen(self.rows)
