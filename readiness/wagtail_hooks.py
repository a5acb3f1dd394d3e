from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from people import roles
from readiness.views.panels import NextDeparturesPanel
from readiness.viewsets import ReadinessGroup


@hooks.register("register_admin_viewset")
def register_readiness() -> ReadinessGroup:
    return ReadinessGroup()


@hooks.register("construct_homepage_panels")
def show_next_departures(request: HttpRequest, panels: list[Any]) -> None:
    if roles.is_coordinator(request.user):
        panels.append(NextDeparturesPanel())
