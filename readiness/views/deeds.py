"""What a coordinator can do about one requirement of one person, each on a page of its own."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from readiness import declarations, waivers
from readiness.enums import DeclarationKind, RequirementKind
from readiness.errors import (
    CancelledError,
    NotAllowedError,
    NotAskedError,
    NothingDeclaredError,
    PastDateError,
)
from readiness.forms import WaiverForm
from readiness.shapes import Cell
from readiness.views.coordinating import STYLES
from readiness.views.placement import PlacementMixin


class DeedView(PlacementMixin, FormView):  # type: ignore[type-arg]
    """Says what will happen and asks; a POST does it and returns to the placement.

    Subclasses say it in words, with %(what)s for the requirement and %(name)s for
    the person, and do it in `act`.
    """

    template_name = "readiness/desk/deed.html"
    form_class: type[forms.Form] = forms.Form
    question: Promise
    consequence: Promise
    button: Promise
    done: Promise

    def act(self, form: forms.Form) -> None:
        """Do it.

        Raises:
            forms.ValidationError: if the form has to be filled in differently.
            CancelledError, NotAskedError, NothingDeclaredError: if things have
                changed since the page was shown.
        """
        raise NotImplementedError

    @cached_property
    def cell(self) -> Cell:
        found = self.readiness.cell(self.kwargs["key"])
        if found is None:
            raise Http404
        return found

    @property
    def words(self) -> dict[str, str]:
        return {"what": self.cell.requirement.name, "name": self.readiness.participant_name}

    def get_page_title(self) -> str:
        return str(self.question) % self.words

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.trail(), {"url": "", "label": self.button}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(
            one=self.readiness,
            cell=self.cell,
            consequence=str(self.consequence) % self.words,
            button=self.button,
            back=self.own_url,
            **kwargs,
        )
        found["media"] = STYLES + found["form"].media
        return found

    def form_valid(self, form: forms.Form) -> HttpResponse:
        title = self.words
        try:
            self.act(form)
        except forms.ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        except (CancelledError, NotAllowedError, NotAskedError, NothingDeclaredError):
            messages.error(
                self.request, _("Nothing was done: things have changed since you opened the page.")
            )
        else:
            messages.success(self.request, str(self.done) % title)
        return HttpResponseRedirect(self.own_url)


class WaiveView(DeedView):
    form_class = WaiverForm
    question = _("Waive “%(what)s” for %(name)s")
    consequence = _(
        "%(name)s will no longer need “%(what)s” to be ready. The reason and your name stay "
        "in the history."
    )
    button = _("Waive")
    done = _("“%(what)s” is waived for %(name)s.")

    def act(self, form: forms.Form) -> None:
        try:
            waivers.grant(
                placement=self.placement,
                requirement_key=self.cell.requirement.key,
                reason=form.cleaned_data["reason"],
                until=form.cleaned_data["until"],
                does_not_apply=form.cleaned_data["does_not_apply"],
                by=self.user,
                at=timezone.now(),
            )
        except PastDateError:
            raise forms.ValidationError(
                {"until": _("That day has passed. Choose today or a later day.")}
            ) from None


class WithdrawWaiverView(DeedView):
    question = _("Withdraw the waiver of “%(what)s” for %(name)s")
    consequence = _(
        "%(name)s will need “%(what)s” again to be ready. That it was waived stays in the history."
    )
    button = _("Withdraw waiver")
    done = _("“%(what)s” is no longer waived for %(name)s.")

    def act(self, form: forms.Form) -> None:
        waivers.withdraw(
            placement=self.placement,
            requirement_key=self.cell.requirement.key,
            by=self.user,
            at=timezone.now(),
        )


class VerifyView(DeedView):
    question = _("Confirm “%(what)s” for %(name)s")
    consequence = _(
        "You confirm that you have seen it. Sojourn keeps your name and the date, no document."
    )
    button = _("Confirm")
    done = _("“%(what)s” is confirmed for %(name)s.")

    def act(self, form: forms.Form) -> None:
        declarations.verify(
            placement=self.placement,
            kind=self.declared_kind,
            by=self.user,
            at=timezone.now(),
        )

    @property
    def declared_kind(self) -> DeclarationKind:
        if self.cell.requirement.kind != RequirementKind.DECLARATION:
            raise Http404
        return DeclarationKind(str(self.cell.requirement.asked.target))
