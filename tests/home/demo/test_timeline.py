"""What happened to whom: the same in every load, and nothing of it in the future."""

import datetime as dt
from collections import Counter
from uuid import UUID, uuid5

import pytest

from home.demo import timeline
from home.demo.timeline import Declared, Event, LessonStep, QuizStep, Read, Sat, began, events

STARTS_ON = dt.date(2027, 2, 1)
LONG_AFTER = dt.datetime(2027, 6, 1, tzinfo=dt.UTC)
PEOPLE = [uuid5(UUID(int=1), str(number)) for number in range(300)]
STEPS: list[timeline.Step] = [
    *(LessonStep("culture", UUID(int=number), 10) for number in range(4)),
    QuizStep("ratings", can_fail=False),
    *(LessonStep("safety", UUID(int=10 + number), 12) for number in range(4)),
    QuizStep("safety", can_fail=True),
]
DOCUMENTS = ["passport", "insurance", "emergency_contact"]


def person(pace: timeline.Pace) -> UUID:
    return next(each for each in PEOPLE if timeline.pace_of(each) is pace)


def done(omobility_id: UUID, *, until: dt.datetime = LONG_AFTER) -> list[Event]:
    return events(
        omobility_id=omobility_id,
        starts_on=STARTS_ON,
        steps=STEPS,
        documents=DOCUMENTS,
        until=until,
    )


def test_people_go_about_it_in_all_the_ways_there_are() -> None:
    paces = Counter(timeline.pace_of(each).name for each in PEOPLE)

    assert set(paces) == {pace.name for pace in timeline.PACES}
    assert sum(pace.odds for pace in timeline.PACES) == 100
    assert paces["steady"] > paces["stuck"] > 0


def test_the_same_person_does_the_same_in_every_load() -> None:
    assert done(PEOPLE[0]) == done(PEOPLE[0])
    assert done(PEOPLE[0]) != done(PEOPLE[1])


def test_early_people_have_done_everything_long_before_they_leave() -> None:
    found = done(person(timeline.EARLY))

    assert Counter(type(event) for event in found) == {Read: 8, Sat: 2, Declared: 3}
    assert found == sorted(found, key=began)
    assert all((STARTS_ON - began(event).date()).days >= 60 for event in found)
    assert [event.mistakes <= 1 for event in found if isinstance(event, Sat)] == [True, True]


def test_some_need_a_second_try() -> None:
    first, second = [
        event
        for event in done(person(timeline.SECOND_TRY))
        if isinstance(event, Sat) and event.quiz == "safety"
    ]

    assert first.mistakes >= 3
    assert second.mistakes <= 1
    assert second.started_at - first.started_at == dt.timedelta(days=3)


def test_some_get_stuck_and_some_are_never_heard_of() -> None:
    stuck = done(person(timeline.STUCK))

    assert len([event for event in stuck if isinstance(event, Read)]) < 8
    assert done(person(timeline.SILENT)) == []


@pytest.mark.parametrize("days_before", [130, 100, 80, 60, 40, 20, 5])
def test_nothing_lies_after_the_moment_of_loading(days_before: int) -> None:
    until = dt.datetime.combine(STARTS_ON, dt.time(12), dt.UTC) - dt.timedelta(days=days_before)

    for each in PEOPLE[:40]:
        for event in done(each, until=until):
            ends = {
                Read: lambda event: event.completed_at,
                Sat: lambda event: event.submitted_at,
                Declared: lambda event: event.verified_at,
            }[type(event)](event)
            assert began(event) <= until
            assert ends is None or ends <= until


def test_a_lesson_half_read_and_a_tick_not_yet_confirmed_are_shown_as_such() -> None:
    everything = done(person(timeline.EARLY))
    read = next(event for event in everything if isinstance(event, Read))
    declared = next(event for event in everything if isinstance(event, Declared))

    half_read = done(person(timeline.EARLY), until=read.opened_at + dt.timedelta(minutes=1))
    unconfirmed = done(person(timeline.EARLY), until=declared.declared_at + dt.timedelta(hours=1))

    assert [e.completed_at for e in half_read if isinstance(e, Read) and e.key == read.key] == [
        None
    ]
    assert [
        event.verified_at
        for event in unconfirmed
        if isinstance(event, Declared) and event.kind == declared.kind
    ] == [None]
