"""What happens when somebody opens a lesson or presses one of its buttons."""

import datetime as dt
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from modules.models import LessonPage
from people.models import User
from people.roles import is_signed_in
from progress.opening import Bar
from progress.reading import Reading, look_at, read
from progress.recording import AsksForMore, complete_lesson, remember_position, tick

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


def open_page(request: HttpRequest, lesson: LessonPage, user: User) -> HttpResponse | None:
    """Record a look at a published lesson and keep for the template what was read for it.

    Returns:
        What to answer instead, where something else comes first.
    """
    known = read(participant=user, lesson=lesson, at=timezone.now())
    if known.bar:
        return refuse(request, lesson, known.bar)
    setattr(request, KEPT_ON_REQUEST, known)
    return None


def press_button(request: HttpRequest, lesson: LessonPage, user: User) -> HttpResponse:
    """Do what the form asks for: keep the place or the ticks, or count the lesson as read.

    People who are not recorded go on, too, and leave no trace.
    """
    at = timezone.now()
    known = look_at(participant=user, lesson=lesson, at=at)
    if known.bar:
        return refuse(request, lesson, known.bar)
    participant = user if known.is_recorded else None
    deed = request.POST.get("deed")
    if deed == "pause":
        return _pause(request, lesson, participant, at)
    if deed == "tick":
        return _tick(request, lesson, participant, at)
    return _go_on(request, lesson, user, is_recorded=known.is_recorded, at=at)


def refuse(request: HttpRequest, lesson: LessonPage, bar: Bar) -> HttpResponse:
    """Say in words what comes first."""
    context = {"bar": bar, "lesson": lesson}
    return render(request, "progress/not_yet.html", context, status=HTTPStatus.FORBIDDEN)


def _go_on(
    request: HttpRequest, lesson: LessonPage, user: User, *, is_recorded: bool, at: dt.datetime
) -> HttpResponse:
    if is_recorded and not lesson.is_task:
        try:
            complete_lesson(participant=user, lesson=lesson, at=at)
        except AsksForMore:
            messages.info(request, _("Not done yet: the end of the page says what it takes."))
            return HttpResponseRedirect(f"{request.path}#lesson-end")
    reading = look_at(participant=user, lesson=lesson, at=at)
    if is_recorded and reading.way.completed_at == at:
        _congratulate(request, reading)
    following = reading.following
    if following is None or (is_recorded and following.after):
        return HttpResponseRedirect(reading.outline.url)
    return HttpResponseRedirect(following.step.url)


def _congratulate(request: HttpRequest, reading: Reading) -> None:
    messages.success(
        request, _("You have completed “%(module)s”.") % {"module": reading.outline.title}
    )


def _tick(
    request: HttpRequest, lesson: LessonPage, participant: User | None, at: dt.datetime
) -> HttpResponse:
    if participant:
        tick(participant=participant, lesson=lesson, points=request.POST.getlist("tick"), at=at)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if participant:
        messages.success(request, _("Your ticks are kept."))
        reading = look_at(participant=participant, lesson=lesson, at=at)
        if reading.way.completed_at == at:
            _congratulate(request, reading)
    return HttpResponseRedirect(f"{request.path}#lesson-end")


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
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if participant:
        messages.success(request, _("Your place is kept. Go on whenever you like."))
    return HttpResponseRedirect(lesson.module.url)
