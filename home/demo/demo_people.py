"""The two participants whose accounts visitors use: begun, and far from done."""

import datetime as dt

from exchanges.models import Placement
from home.demo.history_in_bulk import Story
from home.demo.syllabus import steps_by_module
from home.demo.timeline import LessonStep, Read, Sat

WRONG_OF_EIGHT = 3
"""Five of eight right: 62.5 %, just short of what the safety quiz needs."""


def student_story(placement: Placement, *, at: dt.datetime) -> Story:
    """One module done, one half done, and the safety quiz once, not yet passed."""
    first = _read("culture-and-self", None, begun=_ago(at, 9))
    second = _read("communication-styles", 2, begun=_ago(at, 4))
    third = _read("safety-law-and-ethics", 3, begun=_ago(at, 2), last_is_open=True)
    return Story(
        placement.participant_id,
        placement.omobility_id,
        (*first, *second, *third),
        (
            _sat("where-i-stand", 0, _ago(at, 8)),
            _sat("safety", WRONG_OF_EIGHT, _ago(at, 1)),
        ),
    )


def faculty_story(placement: Placement, *, at: dt.datetime) -> Story:
    """Has looked in once."""
    readings = _read("joint-projects", 1, begun=_ago(at, 5), last_is_open=True)
    return Story(placement.participant_id, placement.omobility_id, readings, ())


def _ago(at: dt.datetime, days: int) -> dt.datetime:
    return at.replace(hour=9, minute=10, second=0, microsecond=0) - dt.timedelta(days=days)


def _read(
    module: str, count: int | None, *, begun: dt.datetime, last_is_open: bool = False
) -> tuple[Read, ...]:
    """The first `count` lessons of the module or all, one after the other on the same day."""
    lessons = [step for step in steps_by_module()[module] if isinstance(step, LessonStep)]
    readings = []
    moment = begun
    for place, lesson in enumerate(lessons[:count], start=1):
        ends = moment + dt.timedelta(minutes=lesson.minutes)
        is_open = last_is_open and place == count
        readings.append(Read(module, lesson.key, moment, None if is_open else ends))
        moment = ends
    return tuple(readings)


def _sat(quiz: str, mistakes: int, started_at: dt.datetime) -> Sat:
    return Sat(quiz, mistakes, started_at, started_at + dt.timedelta(minutes=8))
