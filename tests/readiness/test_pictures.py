"""Departures by week and where people get stuck: the figures behind the pictures."""

import datetime as dt
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from readiness.people_pictures import weeks_of
from readiness.pictures import Week, added_up, by_week, stuck, week_of, weeks
from readiness.shapes import Missing
from readiness.verdicts import Turn

MONDAY = dt.date(2027, 3, 1)


def leaving(*days_and_ready: tuple[int, bool]) -> Any:
    people = [
        SimpleNamespace(departs_on=MONDAY + dt.timedelta(days=day), is_ready=ready)
        for day, ready in days_and_ready
    ]
    return SimpleNamespace(active=people)


def lacking(**turns: Counter[Turn]) -> Any:
    """An exchange on which each of these requirements is missing so often."""
    return SimpleNamespace(
        missing=tuple(
            Missing(
                SimpleNamespace(key=name, name=name.title(), kind_label="Declaration ticked"),  # type: ignore[arg-type]
                counts.total(),
                tuple(sorted(counts.items())),
            )
            for name, counts in turns.items()
        )
    )


MINE, OURS = Turn.PARTICIPANT, Turn.OFFICE


def test_people_are_counted_in_the_week_they_leave_in() -> None:
    found = weeks([leaving((0, True), (6, False), (7, True)), leaving((3, True))])

    assert found == (
        Week(MONDAY, ready=2, not_ready=1),
        Week(MONDAY + dt.timedelta(days=7), ready=1, not_ready=0),
    )


def test_who_has_left_is_not_counted_where_only_the_coming_are_asked_for() -> None:
    since = MONDAY + dt.timedelta(days=3)

    assert weeks([leaving((2, True), (3, False))], since=since) == (Week(MONDAY, 0, 1),)


def test_weeks_without_departures_are_shown_as_gaps() -> None:
    assert [week.total for week in weeks([leaving((0, True), (21, True))])] == [1, 0, 0, 1]


def test_a_span_of_years_leaves_out_the_empty_weeks() -> None:
    assert [week.total for week in weeks([leaving((0, True), (2000, True))])] == [1, 1]


@pytest.mark.parametrize("day", range(7))
def test_every_day_of_a_week_belongs_to_its_monday(day: int) -> None:
    assert week_of(MONDAY + dt.timedelta(days=day)) == MONDAY


def test_each_week_with_people_leads_on_and_the_chosen_one_is_marked() -> None:
    later = MONDAY + dt.timedelta(days=7)
    picture = by_week(
        (Week(MONDAY, 1, 2), Week(later, 0, 0)), address=lambda day: f"?week={day}", chosen=MONDAY
    )

    assert [column.url for column in picture.columns] == ["?week=2027-03-01", ""]
    assert [column.is_chosen for column in picture.columns] == [True, False]
    assert picture.columns[0].words == "Week of 1 March 2027: 1 ready, 2 not ready"
    assert picture.about == "1 of 3 people who leave are ready."


def test_no_departures_make_no_picture() -> None:
    assert weeks([]) == ()
    assert by_week((), address=str).highest == 0


def test_what_is_missing_is_added_up_over_exchanges_most_first() -> None:
    found = added_up(
        [
            lacking(visa=Counter({MINE: 2}), passport=Counter({MINE: 1})),
            lacking(passport=Counter({MINE: 1, OURS: 3})),
        ]
    )

    assert [(one.requirement.key, one.count) for one in found] == [("passport", 5), ("visa", 2)]
    assert dict(found[0].by_turn) == {MINE: 2, OURS: 3}


def test_the_bars_say_how_many_wait_for_the_office() -> None:
    some = added_up([lacking(passport=Counter({MINE: 2, OURS: 3}), visa=Counter({MINE: 1}))])
    rows = stuck(some, address=lambda key: f"?missing={key}").rows

    assert [(row.label, row.value, row.note, row.url) for row in rows] == [
        ("Passport", 5, "Declaration ticked; Office: 3", "?missing=passport"),
        ("Visa", 1, "Declaration ticked", "?missing=visa"),
    ]


def test_what_is_chosen_is_shown_although_it_is_not_among_the_most() -> None:
    some = added_up([lacking(**{f"r{n}": Counter({MINE: 9 - n}) for n in range(9)})])
    rows = stuck(some, address=str, chosen="r8", most=3).rows

    assert [row.label for row in rows] == ["R0", "R1", "R2", "R8"]
    assert [row.is_chosen for row in rows] == [False, False, False, True]


def test_the_overview_leaves_no_week_between_two_out() -> None:
    first, last = dt.date(2027, 3, 1), dt.date(2027, 3, 17)
    found = weeks_of([(last, 0, 2), (first, 1, 0)])

    assert [(week.starts_on.day, week.ready, week.not_ready) for week in found] == [
        (1, 1, 0),
        (8, 0, 0),
        (15, 0, 2),
    ]


def test_a_bar_says_whoever_else_is_waited_for() -> None:
    some = added_up([lacking(visa=Counter({MINE: 2, OURS: 1, Turn.TRAINER: 1}))])
    (row,) = stuck(some, address=str).rows

    assert row.note == "Declaration ticked; Office: 1; Trainer: 1"
