from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from people.panels import TwoStepPanel
from people.roles import is_signed_in


@hooks.register("construct_homepage_panels")
def recommend_two_steps(request: HttpRequest, panels: list[Component]) -> None:
    if is_signed_in(request.user):
        panels.append(TwoStepPanel(request.user))
