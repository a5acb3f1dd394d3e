"""Doors for the staff's notes on a placement and on an exchange."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from exchanges.models import Exchange, Placement
from readiness import noting
from readiness.errors import NotAllowedError
from readiness.models import Note
from readiness.views.coordinating import DEPARTURES, HOME, STYLES, CoordinatorOnly


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_(
            "Staff of the offices concerned read it. Participants and partners never see it. "
            "It can be withdrawn, and then stays readable as withdrawn."
        ),
    )


def page_of(about: Placement | Exchange) -> str:
    if isinstance(about, Placement):
        return reverse("departures:placement", args=[about.omobility_id])
    return reverse("departures:exchange", args=[about.uuid])


def keep_in_history(about: Placement | Exchange, action: str, request: HttpRequest) -> None:
    """Wagtail's history of the record says who wrote when: without words and without a name."""
    title = about.exchange if isinstance(about, Placement) else about
    log(instance=about, action=action, user=request.user, title=str(title))


class NotePage(CoordinatorOnly, WagtailAdminTemplateMixin):
    header_icon = "comment"
    page_title: Any
    kwargs: dict[str, Any]

    @property
    def about(self) -> Placement | Exchange:
        raise NotImplementedError

    @property
    def back(self) -> str:
        return f"{page_of(self.about)}#notes"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        about = self.about
        name = about.participant if isinstance(about, Placement) else about.host
        own = {"url": page_of(about), "label": str(name)}
        return [HOME, DEPARTURES, own, {"url": "", "label": self.page_title}]


class WriteNoteView(NotePage, FormView):  # type: ignore[type-arg]
    """Takes the form of the section; a form that says nothing comes back on a page of its own."""

    template_name = "readiness/notes/write.html"
    form_class = NoteForm
    page_title = _("Write a note")

    @cached_property
    def about(self) -> Placement | Exchange:
        if "omobility_id" in self.kwargs:
            own = self.own_placements.select_related("participant", "exchange__host")
            placement: Placement = get_object_or_404(own, omobility_id=self.kwargs["omobility_id"])
            return placement
        exchanges = Exchange.objects.coordinated_by(self.user).select_related("host", "programme")
        return get_object_or_404(exchanges, uuid=self.kwargs["exchange_uuid"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.about, back=self.back, media=STYLES, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            noting.write(
                about=self.about, text=form.cleaned_data["text"], by=self.user, at=timezone.now()
            )
        except NotAllowedError:
            raise Http404 from None
        keep_in_history(self.about, "readiness.note_written", self.request)
        messages.success(self.request, _("The note is saved."))
        return HttpResponseRedirect(self.back)


class NoteMixin(NotePage):
    """Finds the note among those that the reader answers for."""

    @cached_property
    def note(self) -> Note:
        own = noting.readable(Note.objects.coordinated_by(self.user), self.user)
        named = own.select_related(
            "placement__participant", "placement__exchange__host", "exchange__host", "written_by"
        )
        return get_object_or_404(named, pk=self.kwargs["pk"])

    @property
    def about(self) -> Placement | Exchange:
        return noting.about(self.note)


class WithdrawNoteView(NoteMixin, FormView):  # type: ignore[type-arg]
    template_name = "readiness/notes/withdraw.html"
    form_class = forms.Form
    page_title = _("Withdraw a note")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(note=self.note, back=self.back, media=STYLES, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        noting.withdraw(note=self.note, by=self.user, at=timezone.now())
        keep_in_history(self.about, "readiness.note_withdrawn", self.request)
        messages.success(self.request, _("The note is withdrawn; it stays readable as that."))
        return HttpResponseRedirect(self.back)


class PinNoteView(NoteMixin, View):
    """Pins a note, or lets a pinned one go."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.note.pinned_at:
            noting.unpin(note=self.note, by=self.user)
        else:
            noting.pin(note=self.note, by=self.user, at=timezone.now())
        return HttpResponseRedirect(self.back)
