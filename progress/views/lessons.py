"""What happens when somebody opens a lesson or presses one of its buttons."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from modules.models import LessonPage
from people.models import User
from people.roles import is_signed_in
from progress.reading import Reading, look_at, read
from progress.recording import complete_lesson, is_recorded, remember_position

KEPT_ON_REQUEST = "_sojourn_reading"


def reading_for(request: HttpRequest, lesson: LessonPage) -> Reading | None:
    """Return the reading that was recorded for this request, or look without recording."""
    known: Reading | None = getattr(request, KEPT_ON_REQUEST, None)
    if known:
        return known
    user = request.user
    if is_signed_in(user):
        return look_at(participant=user, lesson=lesson, at=timezone.now())
    return None


def open_page(request: HttpRequest, lesson: LessonPage, user: User) -> None:
    """Record a look at a published lesson and keep for the template what was read for it."""
    known = read(participant=user, lesson=lesson, at=timezone.now())
    setattr(request, KEPT_ON_REQUEST, known)


def press_button(request: HttpRequest, lesson: LessonPage, user: User) -> HttpResponse:
    """Do what the form asks for: keep the place, or count the lesson as read and go on.

    People who are not recorded go on, too, and leave no trace.
    """
    at = timezone.now()
    recorded = is_recorded(user)
    if request.POST.get("deed") == "pause":
        return _pause(request, lesson, user if recorded else None, at)
    if recorded:
        complete_lesson(participant=user, lesson=lesson, at=at)
    reading = look_at(participant=user, lesson=lesson, at=at)
    if recorded and reading.way.completed_at == at:
        messages.success(
            request, _("You have completed “%(module)s”.") % {"module": reading.outline.title}
        )
    return HttpResponseRedirect((reading.following or reading.outline).url)


def _pause(
    request: HttpRequest, lesson: LessonPage, participant: User | None, at: dt.datetime
) -> HttpResponse:
    if participant:
        remember_position(
            participant=participant,
            lesson=lesson,
            position=request.POST.get("position", ""),
            at=at,
        )
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    if participant:
        messages.success(request, _("Your place is kept. Go on whenever you like."))
    return HttpResponseRedirect(lesson.module.url)
