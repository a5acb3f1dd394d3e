"""What a coordinator does with people of the overview: those ticked, or all that match.

A deed is one class with a page that says what will happen, a path in `viewsets.py`, and a
button in `people/results.html`.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exchanges.inviting import invite
from exchanges.views.invitations import say
from people.models import User
from people.views.invitations import link_to_invitation
from readiness import overview
from readiness.assigning import assign
from readiness.errands import begin
from readiness.errors import NotAllowedError
from readiness.forms import ExtendTogetherForm, WaiveTogetherForm
from readiness.models import Errand
from readiness.overview import Rows
from readiness.people_shown import names_asked
from readiness.views.addresses import mail_link
from readiness.views.coordinating import DEPARTURES, HOME, STYLES
from readiness.views.overview import PeopleMixin
from readiness.views.overview_filters import colleagues

NAMED = 20


class PeopleDeedView(PeopleMixin, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Says for how many and for whom; a POST to the same address does it."""

    template_name = "readiness/desk/people/deed.html"
    form_class: type[forms.Form] = forms.Form
    header_icon = "group"
    title: Promise
    consequence: Promise
    button: Promise

    def act(self, form: forms.Form) -> None:
        """Do it for `self.rows` and tell what was done.

        Raises:
            forms.ValidationError: if the form has to be filled in differently.
        """
        raise NotImplementedError

    @cached_property
    def rows(self) -> Rows:
        return self.ticked().filter(is_cancelled=False)

    @property
    def back(self) -> str:
        """The list as it was."""
        kept = self.request.GET.copy()
        for name in ("person", "all"):
            kept.pop(name, None)
        return f"{reverse('departures:people')}?{kept.urlencode()}"

    def get_page_title(self) -> str:
        return str(self.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        people = {"url": self.back, "label": _("People")}
        return [HOME, DEPARTURES, people, {"url": "", "label": self.button}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.rows.order_by("sort_name", "placement")
        found: dict[str, Any] = super().get_context_data(
            count=rows.count(),
            people=[str(row.participant) for row in rows.select_related("participant")[:NAMED]],
            consequence=self.consequence,
            button=self.button,
            back=self.back,
            **kwargs,
        )
        found["media"] = STYLES + found["form"].media
        return found

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.act(form)
        except forms.ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return HttpResponseRedirect(self.back)


class AssignForm(forms.Form):
    coordinator = forms.ModelChoiceField(
        label=gettext_lazy("Looked after by"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody"),
    )


class AssignView(PeopleDeedView):
    form_class = AssignForm
    title = gettext_lazy("Who looks after them")
    consequence = gettext_lazy(
        "The name stands in the lists, and the list can be narrowed down to it. "
        "Who may see and change what stays as it is."
    )
    button = gettext_lazy("Assign")

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["coordinator"].queryset = colleagues(self.request)
        return form

    def act(self, form: forms.Form) -> None:
        chosen = form.cleaned_data["coordinator"]
        placements = overview.placements_of(self.rows)
        try:
            done = assign(placements, coordinator=chosen, by=self.user, at=timezone.now())
        except NotAllowedError:
            raise forms.ValidationError(
                {"coordinator": _("This person does not answer for all of them.")}
            ) from None
        text = ngettext("Assigned %(count)s person.", "Assigned %(count)s people.", done)
        messages.success(self.request, text % {"count": done})


class ErrandDeedView(PeopleDeedView):
    """A deed that is done some people at a time; leads to the page that says how far it is."""

    deed: str

    def chosen(self, form: forms.Form) -> list[int]:
        """The placements that it is for."""
        raise NotImplementedError

    def wishes(self, form: forms.Form) -> dict[str, Any]:
        """What the deed has to know, as JSON can keep it."""
        return {}

    def act(self, form: forms.Form) -> None:
        self.errand: Errand = begin(
            self.deed,
            self.chosen(form),
            title=str(self.title),
            by=self.user,
            at=timezone.now(),
            wishes=self.wishes(form),
            back=self.back,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        answer = super().form_valid(form)
        if form.errors:
            return answer
        return HttpResponseRedirect(reverse("departures:errand", args=[self.errand.uuid]))


class LackedMixin:
    """About one requirement that somebody of them lacks."""

    now: Any
    rows: Rows

    def get_form_kwargs(self) -> dict[str, Any]:
        names = names_asked(self.now)
        lacked = overview.missing(self.rows, as_of=self.now)
        keys = dict.fromkeys(key for key, _turn, _people in lacked)
        found: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return found | {"choices": [(key, names.get(key, key)) for key in keys]}

    def chosen(self, form: forms.Form) -> list[int]:
        lacking = self.rows.filter(overview.lacking(form.cleaned_data["requirement"], self.now))
        ordered = lacking.order_by("departs_on", "placement")
        return list(ordered.values_list("placement", flat=True))

    def wishes(self, form: forms.Form) -> dict[str, Any]:
        given = form.cleaned_data
        until = given["until"]
        today = timezone.localdate()
        if until and until < today:
            raise forms.ValidationError(
                {"until": _("That day has passed. Choose today or a later day.")}
            )
        return {
            "requirement": given["requirement"],
            "reason": given["reason"],
            "until": until.isoformat() if until else None,
        }


class WaivePeopleView(LackedMixin, ErrandDeedView):
    form_class = WaiveTogetherForm
    title = gettext_lazy("Waive for several people")
    consequence = gettext_lazy(
        "They will no longer need it to be ready. The reason and your name stay in the history. "
        "Who has it done already gets no waiver."
    )
    button = gettext_lazy("Waive")
    deed = "readiness.together.waive"


class ExtendPeopleView(LackedMixin, ErrandDeedView):
    form_class = ExtendTogetherForm
    title = gettext_lazy("Give several people more time")
    consequence = gettext_lazy(
        "They have until that day, or until their own date if that is later. Who has asked for "
        "more time is answered by it. The reason and your name stay in the history."
    )
    button = gettext_lazy("Give more time")
    deed = "readiness.together.extend"


class InvitePeopleView(PeopleDeedView):
    title = gettext_lazy("Invite people")
    consequence = gettext_lazy(
        "Who has no password yet and no open invitation gets a letter with a link. "
        "A hundred letters go out at once; press again for the next."
    )
    button = gettext_lazy("Invite")

    def act(self, form: forms.Form) -> None:
        people = User.objects.filter(pk__in=self.rows.order_by().values("participant"))
        link = link_to_invitation(self.request)
        say(self.request, invite(people, by=self.user, at=timezone.now(), link_to=link))


class PeopleAddressesView(PeopleMixin, WagtailAdminTemplateMixin, TemplateView):
    """The addresses of these people, to write to them from one's own programme."""

    template_name = "readiness/desk/addresses.html"
    header_icon = "mail"
    page_title = gettext_lazy("E-mail addresses")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        people = {"url": reverse("departures:people"), "label": _("People")}
        return [HOME, DEPARTURES, people, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.ticked().filter(is_cancelled=False).order_by().values("participant__email")
        addresses = sorted({one["participant__email"] for one in found})
        return super().get_context_data(
            people=(), addresses=addresses, link=mail_link(addresses), media=STYLES, **kwargs
        )
