"""An office's own words for letters: written, looked at before they hold, and given up again."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from exchanges.views.records import OwnEditView, OwnIndexView, OwnObjectMixin
from readiness.views.coordinating import STYLES
from reminders.enums import WRITTEN_BY_OFFICES
from reminders.letters import sample
from reminders.models import LetterText
from reminders.places import PLACES, fill
from reminders.texts import ours
from reminders.views.plans import OwnOfficesMixin


class LetterTextForm(WagtailAdminModelForm):
    class Meta:
        model = LetterText
        fields = ["office", "kind", "language", "subject", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 14, "dir": "auto"})}


class LetterTextsView(OwnIndexView):
    results_template_name = "reminders/letters_results.html"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("office")

    @cached_property
    def beginnings(self) -> list[Button]:
        """Begin with our words, for each letter and language."""
        add = reverse("letter_texts:add")
        return [
            Button(
                _("Change our words: %(letter)s, %(language)s")
                % {"letter": label, "language": language},
                url=f"{add}?kind={kind}&language={code}",
                icon_name="edit",
            )
            for kind, label in WRITTEN_BY_OFFICES
            for code, language in settings.LANGUAGES
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *self.beginnings]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "beginnings": self.beginnings}


class LookMixin(OwnOfficesMixin):
    """Shows the letter as it would be sent; what is only looked at is not saved."""

    request: Any
    template_name = "reminders/letter_text.html"

    def form_valid(self, form: Any) -> HttpResponse:
        if "look" not in self.request.POST:
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            return answer
        shown: HttpResponse = self.render_to_response(  # type: ignore[attr-defined]
            self.get_context_data(form=form, letter=seen(form.cleaned_data))
        )
        return shown

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context["media"] += STYLES
        return context | {"places": PLACES.items()}


def seen(words: dict[str, Any]) -> dict[str, str]:
    """The letter with what it would say to somebody."""
    language = words["language"]
    with translation.override(language):
        values = sample(words["office"], words["kind"], at=timezone.now())
    return {
        "language": language,
        "subject": fill(words["subject"], values),
        "text": fill(words["text"], values),
    }


class AddTextView(LookMixin, generic.CreateView):
    def get_initial(self) -> dict[str, Any]:
        """Our words for what the address asks for, to begin with."""
        asked = self.request.GET
        kind, language = asked.get("kind", ""), asked.get("language", "")
        if kind not in dict(WRITTEN_BY_OFFICES) or language not in dict(settings.LANGUAGES):
            return {}
        subject, text = ours(None, kind, language)
        return {"kind": kind, "language": language, "subject": subject, "text": text}


class EditTextView(LookMixin, OwnEditView):
    pass


class DeleteTextView(OwnObjectMixin, generic.DeleteView):
    """Gives up the own words."""

    reached_by = ("delete",)
    page_title = gettext_lazy("Send the words of Sojourn again")

    @property
    def confirmation_message(self) -> str:
        return _("Your words are deleted, and this letter goes out in the words of Sojourn again.")

    @confirmation_message.setter
    def confirmation_message(self, _words: str) -> None:
        """Wagtail's own sentence is not used."""
