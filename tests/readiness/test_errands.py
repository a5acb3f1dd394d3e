"""One deed for many people: some at a time, each once, with what it came to."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from exchanges.models import Placement
from people.models import User
from readiness import errands, states
from readiness.models import Errand, Extension, RequirementSet, Waiver
from tests.factories.exchanges import PlacementFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    ErrandFactory,
    ExtensionFactory,
)

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2027, 1, 20, 12, tzinfo=dt.UTC)
PASSPORT = "declaration:passport"
WAIVE = "readiness.together.waive"
URL = "/admin/departures/people/"
TURNS: list[int] = []


def note(ids: list[int], **_rest: Any) -> Counter[str]:
    """A deed that writes down who had a turn."""
    TURNS.extend(ids)
    return Counter(reminded=len(ids))


def stumble(ids: list[int], **_rest: Any) -> Counter[str]:
    """A deed that does not get past the first ones."""
    if TURNS:
        raise RuntimeError("no further")
    return note(ids)


@pytest.fixture(autouse=True)
def nobody_yet(everybody: RequirementSet) -> None:
    TURNS.clear()
    DeclarationRequirementFactory.create(requirement_set=everybody)


def words(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def days(number: int) -> str:
    return (timezone.localdate() + dt.timedelta(days=number)).isoformat()


def crowd(placement: Placement, number: int) -> list[Placement]:
    """The placement and others of its exchange and office."""
    start = timezone.localdate() + dt.timedelta(days=60)
    placement.exchange.start_date, placement.exchange.end_date = start, start + dt.timedelta(90)
    placement.exchange.save()
    more = PlacementFactory.create_batch(
        number - 1, exchange=placement.exchange, office=placement.office
    )
    states.refresh(Placement.objects.values_list("pk", flat=True), at=timezone.now())
    return [placement, *more]


def test_each_has_one_turn_some_at_a_time(office_coordinator: User) -> None:
    errand = errands.begin(
        f"{__name__}.note", range(60), title="Note", by=office_coordinator, at=NOON
    )
    assert (errand.taken, errand.is_over, errand.counts) == (25, False, {"reminded": 25})

    assert errands.carry_on(at=NOON) == 2
    errand.refresh_from_db()
    assert (errand.taken, errand.finished_at, errand.counts) == (60, NOON, {"reminded": 60})
    assert list(range(60)) == TURNS
    assert errands.carry_on(at=NOON) == 0


def test_one_run_leaves_time_for_other_jobs(office_coordinator: User) -> None:
    errand = errands.begin(
        f"{__name__}.note", range(1000), title="Note", by=office_coordinator, at=NOON
    )

    assert errands.carry_on(at=NOON) == 8
    errand.refresh_from_db()
    assert errand.taken == 9 * 25


def test_what_fails_ends_and_says_how_far_it_was(
    desk: Client, office_coordinator: User, caplog: Any
) -> None:
    errand = errands.begin(
        f"{__name__}.stumble", range(60), title="Note", by=office_coordinator, at=NOON
    )
    errands.carry_on(at=NOON)

    assert "It broke off after 25 of 60 people." in words(desk.get(f"{URL}errands/{errand.uuid}/"))
    assert errands.carry_on(at=NOON) == 0


def test_nobody_to_do_it_for_is_over_at_once(office_coordinator: User) -> None:
    assert errands.begin(WAIVE, [], title="Waive", by=office_coordinator, at=NOON).is_over


def test_the_database_refuses_a_turn_too_many() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ErrandFactory.create(taken=2)


def test_progress_is_shown_and_comes_anew_until_it_is_over(
    desk: Client, office_coordinator: User
) -> None:
    errand = ErrandFactory.create(
        asked_by=office_coordinator, total=60, taken=20, counts={"waived": 20}, finished_at=None
    )
    page = words(desk.get(f"{URL}errands/{errand.uuid}/"))
    assert "20 of 60 people are done." in page
    assert "Waived for 20 people." in page
    assert "<progress-watch" in page

    Errand.objects.update(taken=60, finished_at=NOON)
    assert "<progress-watch" not in words(desk.get(f"{URL}errands/{errand.uuid}/"))


def test_nobody_looks_at_anothers_errand(desk: Client) -> None:
    assert desk.get(f"{URL}errands/{ErrandFactory.create().uuid}/").status_code == 404


# Waiving and giving more time


def test_a_waiver_for_more_than_a_hundred(
    desk: Client, placement: Placement, office_coordinator: User
) -> None:
    crowd(placement, 30)
    DeclarationFactory.create(placement=placement, declared_at=NOON - dt.timedelta(days=300))
    answer = desk.get(f"{URL}waive/?all=1")
    assert "For 30 people:" in words(answer)
    answer = desk.post(f"{URL}waive/?all=1", {"requirement": PASSPORT, "reason": "Cards do."})

    assert Waiver.objects.count() == 25
    errands.carry_on(at=timezone.now())
    assert Waiver.objects.count() == 29
    assert "Waived for 29 people." in words(desk.get(answer["Location"]))


def test_who_has_done_it_meanwhile_gets_no_waiver(
    placement: Placement, office_coordinator: User
) -> None:
    crowd(placement, 2)
    DeclarationFactory.create(placement=placement, declared_at=NOON - dt.timedelta(days=300))
    states.refresh([placement.pk], at=timezone.now())
    errand = errands.begin(
        WAIVE,
        list(Placement.objects.values_list("pk", flat=True)),
        title="Waive",
        by=office_coordinator,
        at=timezone.now(),
        wishes={"requirement": PASSPORT, "reason": "Cards do."},
    )

    assert errand.counts == {"waived": 1, "has_it": 1}


def test_people_of_others_are_never_touched(placement: Placement, coordinator: User) -> None:
    crowd(placement, 1)
    errand = errands.begin(
        WAIVE,
        [placement.pk],
        title="Waive",
        by=coordinator,
        at=timezone.now(),
        wishes={"requirement": PASSPORT, "reason": "Cards do."},
    )

    assert errand.counts == {"changed": 1}
    assert not Waiver.objects.exists()


def test_more_time_for_all_answers_who_has_asked(
    desk: Client, placement: Placement, office_coordinator: User
) -> None:
    ada, other = crowd(placement, 2)
    ExtensionFactory.create(placement=ada, asked_at=NOON - dt.timedelta(days=300))
    wish = {"requirement": PASSPORT, "until": days(50), "reason": "The town hall is closed."}
    answer = desk.post(f"{URL}extend/?all=1", wish)

    assert "2 people have more time." in words(desk.get(answer["Location"]))
    granted = Extension.objects.get(placement=ada)
    assert (str(granted.until), granted.decided_by) == (days(50), office_coordinator)
    assert Extension.objects.get(placement=other).asked_by == office_coordinator
    assert str(ada.state_row.next_due_at.date()) == days(50)


def test_more_time_until_a_day_that_has_passed_is_refused(
    desk: Client, placement: Placement
) -> None:
    crowd(placement, 1)
    wish = {"requirement": PASSPORT, "until": days(-2), "reason": "Late"}

    assert "That day has passed." in words(desk.post(f"{URL}extend/?all=1", wish))
    assert not Extension.objects.exists()
