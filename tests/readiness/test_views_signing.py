"""More time, sign-offs and outside results, through the doors of both sides."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.models import Placement
from people.models import User
from readiness import approvals, extensions, report
from readiness.enums import ApprovingRole, RequirementKind
from readiness.errors import AlreadyDecidedError, NotAllowedError
from readiness.models import Approval, Extension, ExternalResult, RequirementSet
from readiness.verdicts import VerdictStatus
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.readiness import (
    DeclarationRequirementFactory,
    ExtensionFactory,
    ExternalResultFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db

KEY = "declaration:passport"
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def passport(everybody: RequirementSet) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)


@pytest.fixture
def mine(placement: Placement) -> Client:
    """A browser of the participant's own, beside the desk's."""
    client = Client()
    client.force_login(placement.participant)
    return client


def soon(days: int = 10) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def asks(placement: Placement) -> str:
    return reverse("readiness:more_time", args=[placement.omobility_id, KEY])


def desk_url(name: str, placement: Placement, *more: Any) -> str:
    return reverse(f"departures:{name}", args=[placement.omobility_id, *more])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_wish_for_more_time_is_asked_decided_and_read_on_both_sides(
    mine: Client, desk: Client, placement: Placement
) -> None:
    wish = {"wished_for": soon(2000), "reason": "The office is closed."}
    asked = mine.post(asks(placement), wish)
    waiting = text(mine.get(asks(placement)))
    page = text(desk.get(desk_url("placement", placement)))
    form = text(desk.get(desk_url("time", placement, KEY)))
    desk.post(
        desk_url("time", placement, KEY),
        {"answer": "grant", "until": soon(200), "decision": "We know that office."},
    )
    decided = text(mine.get(asks(placement)))
    cell = report.for_placement(placement, as_of=timezone.now()).cell(KEY)

    assert asked.status_code == 302
    assert "has not decided yet" in waiting
    assert "Decide about more time" in page
    assert "The office is closed." in form
    assert "You have time until" in decided
    assert "We know that office." in decided
    assert "We know that office." in text(desk.get(desk_url("placement", placement)))
    assert cell is not None
    assert cell.due_on >= soon(200)


def test_a_refusal_needs_a_reason_and_leaves_the_date(desk: Client, placement: Placement) -> None:
    wish = ExtensionFactory.create(placement=placement)
    url = desk_url("time", placement, KEY)
    silent = desk.post(url, {"answer": "refuse", "until": soon(), "decision": " "})
    without_day = desk.post(url, {"answer": "grant", "decision": "Fine."})
    desk.post(url, {"answer": "refuse", "until": soon(), "decision": "It takes a day."})
    wish.refresh_from_db()

    assert (silent.status_code, without_day.status_code) == (200, 200)
    assert (wish.is_open, wish.is_granted) == (False, False)
    assert desk.get(url).status_code == 404  # there is nothing left to decide


@pytest.mark.parametrize(
    "data",
    [
        {"wished_for": "2020-01-01", "reason": "So."},
        {"wished_for": "", "reason": "So."},
        {"wished_for": "2099-01-01", "reason": ""},
    ],
)
def test_a_wish_needs_a_day_to_come_and_a_reason(
    mine: Client, placement: Placement, data: dict[str, str]
) -> None:
    response = mine.post(asks(placement), data)

    assert response.status_code == 200
    assert "Something needs your attention" in text(response)
    assert not Extension.objects.exists()


def test_a_wish_for_a_day_that_brings_no_more_time_is_not_taken(
    mine: Client, placement: Placement
) -> None:
    cell = report.for_placement(placement, as_of=timezone.now()).cell(KEY)
    assert cell is not None
    assert cell.due_on > timezone.localdate()

    response = mine.post(asks(placement), {"wished_for": cell.due_on, "reason": "I need it."})

    assert "Choose a day after the one that stands now." in text(response)
    assert not Extension.objects.exists()


def test_nobody_asks_for_others_or_for_what_is_not_asked(
    mine: Client, placement: Placement, participant: User, signed_in: SignIn
) -> None:
    elsewhere = reverse("readiness:more_time", args=[placement.omobility_id, "declaration:visa"])

    assert signed_in(participant).get(asks(placement)).status_code == 404
    assert mine.get(elsewhere).status_code == 404


def test_a_wish_is_decided_once_and_only_by_its_office(
    placement: Placement, office_coordinator: User
) -> None:
    wish = ExtensionFactory.create(placement=placement)
    answer: dict[str, Any] = {"until": None, "decision": "No.", "at": timezone.now()}
    with pytest.raises(NotAllowedError):
        extensions.decide(extension=wish, by=CoordinatorFactory.create(), **answer)
    extensions.decide(extension=wish, by=office_coordinator, **answer)
    with pytest.raises(AlreadyDecidedError):
        extensions.decide(extension=wish, by=office_coordinator, **answer)


@pytest.fixture
def interview(everybody: RequirementSet) -> str:
    RequirementFactory.create(
        requirement_set=everybody,
        kind=RequirementKind.APPROVAL,
        subject="Interview",
        role=ApprovingRole.COORDINATOR,
    )
    return "approval:"


def test_the_office_signs_off_and_takes_it_back(
    desk: Client, placement: Placement, interview: str
) -> None:
    def cell() -> Any:
        cells = report.for_placement(placement, as_of=timezone.now()).cells
        return next(one for one in cells if one.requirement.kind == RequirementKind.APPROVAL)

    key = cell().requirement.key
    page = text(desk.get(desk_url("placement", placement)))
    desk.post(desk_url("sign", placement, key), {"note": "Well prepared."})
    signed = cell()
    desk.post(desk_url("unsign", placement, key))

    assert desk_url("sign", placement, key) in page
    assert signed.status == VerdictStatus.MET
    assert cell().status == VerdictStatus.WAITING
    assert Approval.objects.get().note == "Well prepared."
    assert "Interview signed off by" in text(desk.get(desk_url("placement", placement)))


@pytest.mark.parametrize(
    ("role", "who", "may"),
    [
        (ApprovingRole.COORDINATOR, "office_coordinator", True),
        (ApprovingRole.COORDINATOR, "trainer", False),
        (ApprovingRole.TRAINER, "trainer", True),
        (ApprovingRole.TRAINER, "office_coordinator", False),
        (ApprovingRole.ADMINISTRATOR, "administrator", True),
        (ApprovingRole.ADMINISTRATOR, "office_coordinator", False),
    ],
)
def test_each_role_signs_for_itself(
    role: str, who: str, may: bool, placement: Placement, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)

    assert approvals.may_approve(user, role, placement) is may
    if not may:
        with pytest.raises(NotAllowedError):
            approvals.approve(
                placement=placement, role=role, subject="X", by=user, at=timezone.now()
            )


def form(**fields: Any) -> dict[str, Any]:
    return {
        "instrument": "Language test",
        "phase": "before",
        "scale": "CEFR",
        "value": "B2",
        "taken_on": timezone.localdate().isoformat(),
        "administered_by": "Language centre",
        **fields,
    }


def test_a_result_is_recorded_read_by_its_holder_and_withdrawn(
    desk: Client, mine: Client, placement: Placement
) -> None:
    desk.post(desk_url("result", placement), form())
    result = ExternalResult.objects.get()
    own = reverse("readiness:results", args=[placement.omobility_id])
    recorded = text(mine.get(own))
    page = text(desk.get(desk_url("placement", placement)))
    desk.post(desk_url("withdraw_result", placement, result.pk))
    result.refresh_from_db()

    assert "B2" in recorded
    assert "B2" in page
    assert result.withdrawn_by is not None
    assert "No result is recorded yet" in text(mine.get(own))


def test_the_office_sees_that_there_is_a_confidential_result_and_not_which(
    desk: Client, placement: Placement, trainer: User
) -> None:
    ExternalResultFactory.create(
        placement=placement, value="SECRET-7", is_confidential=True, named_person=trainer
    )
    page = text(desk.get(desk_url("placement", placement)))

    assert "Language test" in page
    assert "SECRET-7" not in page


@pytest.mark.parametrize(
    "fields", [{"taken_on": "2099-01-01"}, {"is_confidential": "on"}, {"value": ""}]
)
def test_a_result_that_makes_no_sense_is_refused_in_words(
    desk: Client, placement: Placement, fields: dict[str, str]
) -> None:
    assert desk.post(desk_url("result", placement), form(**fields)).status_code == 200
    assert not ExternalResult.objects.exists()


def test_people_of_other_offices_do_not_exist_here_either(
    desk: Client, placement: Placement
) -> None:
    stranger = PlacementFactory.create(exchange=placement.exchange)
    wish = ExtensionFactory.create(placement=stranger)
    result = ExternalResultFactory.create(placement=stranger)
    urls = [
        desk_url("time", stranger, KEY),
        desk_url("sign", stranger, KEY),
        desk_url("result", stranger),
        desk_url("withdraw_result", stranger, result.pk),
    ]

    assert {desk.get(url).status_code for url in urls} == {404}
    assert {desk.post(url, form()).status_code for url in urls} == {404}
    wish.refresh_from_db()
    assert wish.is_open
