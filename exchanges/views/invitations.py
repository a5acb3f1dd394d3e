"""Inviting people in the CMS: one by one, and many from the list of people."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction

from exchanges.inviting import Outcome, invitable_by, invite
from people import roles
from people.invitations import Standing, standing_of
from people.models import User
from people.views.invitations import link_to_invitation


def say(request: HttpRequest, outcome: Outcome) -> None:
    """Tell what became of it: who got a letter, who could not, who is still to come."""
    if outcome.sent:
        text = ngettext(
            "%(sent)d invitation is on its way.", "%(sent)d invitations are on their way.",
            outcome.sent,
        )  # fmt: skip
        messages.success(request, text % {"sent": outcome.sent})
    if outcome.failed:
        text = ngettext(
            "%(failed)d invitation could not be sent. Try again later; if it fails again, ask "
            "whoever runs the site to look at the mail server.",
            "%(failed)d invitations could not be sent. Try again later; if it fails again, ask "
            "whoever runs the site to look at the mail server.",
            outcome.failed,
        )
        messages.error(request, text % {"failed": outcome.failed})
    if outcome.left:
        text = ngettext(
            "%(left)d person is still to be invited: send the next letters.",
            "%(left)d people are still to be invited: send the next letters.",
            outcome.left,
        )
        messages.info(request, text % {"left": outcome.left})
    if outcome == Outcome():
        messages.info(request, _("Nobody was invited: nobody of them waits for an invitation."))


class InvitationView(WagtailAdminTemplateMixin, FormView[forms.Form]):
    """How it stands with one person's invitation, what went before, and the button to invite."""

    template_name = "exchanges/invitation.html"
    form_class = forms.Form
    header_icon = "mail"
    request: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user = request.user
        if not roles.is_signed_in(user) or not roles.works_in_cms(user):
            raise Http404
        self.person: User = get_object_or_404(invitable_by(user), uuid=kwargs["person"])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.person, self.person.invitations.first(), as_of=timezone.now())

    def get_page_title(self) -> str:
        return _("Invitation of %(name)s") % {"name": self.person}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            person=self.person,
            standing=self.standing,
            invitations=self.person.invitations.select_related("invited_by"),
            **kwargs,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        one = User.objects.filter(pk=self.person.pk)
        outcome = invite(
            one,
            by=self.request.user,
            at=timezone.now(),
            link_to=link_to_invitation(self.request),
            again=True,
        )
        if outcome == Outcome() and self.standing.can_be_invited:
            messages.info(self.request, _("An invitation went out just now; one is enough."))
        else:
            say(self.request, outcome)
        return HttpResponseRedirect(reverse("invitation", args=[self.person.uuid]))


class InviteBulkAction(UserBulkAction):
    """Invites those of the chosen people who have neither a password nor an open invitation."""

    display_name = gettext_lazy("Invite")
    action_type = "invite"
    aria_label = gettext_lazy("Invite the chosen people")
    template_name = "exchanges/confirm_bulk_invite.html"
    action_priority = 10
    classes = {"button-secondary"}

    def check_perm(self, obj: User) -> bool:
        return roles.is_administrator(self.request.user)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Invite outside of Wagtail's transaction: sending mail is slow."""
        people, _without_access = self.get_actionable_objects()
        outcome = invite(
            User.objects.filter(pk__in=[user.pk for user in people]),
            by=self.request.user,
            at=timezone.now(),
            link_to=link_to_invitation(self.request),
        )
        say(self.request, outcome)
        return redirect(self.next_url)
