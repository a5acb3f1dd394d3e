from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from exchanges.permissions import CoordinatedPolicy
from reminders.models import LetterText, Message, OfficePlan
from reminders.permissions import LookingPolicy
from reminders.views.asking import RemindPeopleView
from reminders.views.pausing import GoOnView, PauseView
from reminders.viewsets import RemindersGroup

register_permission_policy(Message, LookingPolicy(Message))
register_permission_policy(OfficePlan, CoordinatedPolicy(OfficePlan))
register_permission_policy(LetterText, CoordinatedPolicy(LetterText))


@hooks.register("register_admin_viewset")
def register_reminders() -> RemindersGroup:
    return RemindersGroup()


@hooks.register("register_admin_urls")
def register_doors() -> list[URLPattern]:
    person = "departures/placements/<uuid:omobility_id>/reminders/"
    return [
        path("departures/people/remind/", RemindPeopleView.as_view(), name="remind_people"),
        path(f"{person}pause/", PauseView.as_view(), name="pause_reminders"),
        path(f"{person}go-on/", GoOnView.as_view(), name="go_on_reminding"),
    ]
