from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from people import roles
from readiness.authoring import requirements_without_aim
from readiness.models import PartnerLink
from readiness.permissions import LinkPolicy
from readiness.views.panels import NextDeparturesPanel, WaitingSignOffsPanel
from readiness.viewsets import DeskMenuItem, ReadinessGroup, SignersMenuItem

register_permission_policy(PartnerLink, LinkPolicy(PartnerLink))


@hooks.register("register_admin_viewset")
def register_readiness() -> ReadinessGroup:
    return ReadinessGroup()


@hooks.register("register_admin_menu_item")
def register_people() -> DeskMenuItem:
    """Everybody who leaves, beside the group: the list that the day begins with."""
    return DeskMenuItem(
        _("People"),
        reverse("departures:people"),
        name="people-leaving",
        icon_name="group",
        order=205,
    )


@hooks.register("register_admin_menu_item")
def register_sign_offs() -> SignersMenuItem:
    """For trainers, too, who have no other page of the desk."""
    return SignersMenuItem(
        _("Sign-offs"),
        reverse("departures:sign_offs"),
        name="sign-offs",
        icon_name="circle-check",
        order=207,
    )


@hooks.register("construct_homepage_panels")
def show_waiting_sign_offs(request: HttpRequest, panels: list[Any]) -> None:
    if roles.is_trainer(request.user):
        panels.append(WaitingSignOffsPanel())


@hooks.register("construct_homepage_panels")
def show_next_departures(request: HttpRequest, panels: list[Any]) -> None:
    if roles.is_observer(request.user):
        panels.append(NextDeparturesPanel())


@hooks.register("register_log_actions")
def name_what_is_kept_of_notes(actions: Any) -> None:
    actions.register_action("readiness.note_written", _("Write a note"), _("Note written"))
    actions.register_action("readiness.note_withdrawn", _("Withdraw a note"), _("Note withdrawn"))


hooks.register("authoring_checks", requirements_without_aim)
