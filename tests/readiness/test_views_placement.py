"""One person's page in the CMS, and what the coordinator can do there."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from people.models import User
from readiness.models import Declaration, RequirementSet, RequirementSetVersion, Waiver
from tests.factories.exchanges import PlacementFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    WaiverFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
KEY = "declaration:passport"


@pytest.fixture(autouse=True)
def passport(everybody: RequirementSet) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)


def url(placement: Placement, deed: str = "") -> str:
    if deed:
        return reverse(f"departures:{deed}", args=[placement.omobility_id, KEY])
    return reverse("departures:placement", args=[placement.omobility_id])


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_page_says_everything_about_each_requirement(
    desk: Client, placement: Placement
) -> None:
    page = text(desk.get(url(placement)))

    assert "Passport Declaration ticked From: Everybody" in page
    assert "Not declared yet." in page
    assert "Participant" in page
    assert "0 of 1 done" in page
    assert "Waive : Passport" in page


def test_the_page_says_that_nothing_is_frozen_or_recorded_yet(
    desk: Client, placement: Placement
) -> None:
    page = text(desk.get(url(placement)))

    assert "Frozen states None yet. This page is kept as it stands" in page
    assert "Results of outside tests None yet. Language tests" in page


def test_an_open_requirement_can_be_waived_with_a_reason(
    desk: Client, placement: Placement, office_coordinator: User
) -> None:
    asked = text(desk.get(url(placement, "waive")))
    until = timezone.localdate() + dt.timedelta(days=30)
    response = desk.post(
        url(placement, "waive"),
        {"reason": "Identity card is enough.", "until": until.isoformat()},
        follow=True,
    )
    made = placement.waivers.get()

    assert "Waive “Passport” for Ada Byron" in asked
    assert "will no longer need" in asked
    assert (made.reason, made.until, made.granted_by) == (
        "Identity card is enough.",
        until,
        office_coordinator,
    )
    assert "“Passport” is waived for Ada Byron." in text(response)
    assert "Waived by" in text(response)
    assert "1 of 1 done" in text(response)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"reason": "", "until": ""}, "This field is required."),
        ({"reason": "   ", "until": ""}, "This field is required."),
        ({"reason": "So.", "until": "2020-01-01"}, "That day has passed."),
        ({"reason": "So.", "until": "soon"}, "Enter a valid date."),
    ],
)
def test_a_waiver_that_makes_no_sense_is_refused_in_words(
    desk: Client, placement: Placement, data: dict[str, str], message: str
) -> None:
    response = desk.post(url(placement, "waive"), data)

    assert response.status_code == 200
    assert message in text(response)
    assert not Waiver.objects.exists()


def test_a_waiver_can_be_withdrawn_after_a_question(
    desk: Client, placement: Placement, office_coordinator: User
) -> None:
    waiver = WaiverFactory.create(placement=placement, granted_at=LONG_AGO)
    offered = text(desk.get(url(placement)))
    asked = text(desk.get(url(placement, "unwaive")))
    response = desk.post(url(placement, "unwaive"), follow=True)
    waiver.refresh_from_db()

    assert "Withdraw waiver : Passport" in offered
    assert "will need “Passport” again" in asked
    assert waiver.withdrawn_by == office_coordinator
    assert "withdrawn by" in text(response)


def test_looking_at_a_deed_does_not_do_it(desk: Client, placement: Placement) -> None:
    DeclarationFactory.create(placement=placement, declared_at=LONG_AGO)
    for deed in ("waive", "unwaive", "verify"):
        assert desk.get(url(placement, deed)).status_code == 200

    assert not Waiver.objects.exists()
    assert placement.declarations.get().verified_at is None


def test_a_declaration_can_be_confirmed(
    desk: Client, placement: Placement, office_coordinator: User
) -> None:
    DeclarationFactory.create(placement=placement, declared_at=LONG_AGO)
    offered = text(desk.get(url(placement)))
    response = desk.post(url(placement, "verify"), follow=True)

    assert "Confirm : Passport" in offered
    assert placement.declarations.get().verified_by == office_coordinator
    assert "Declared, and confirmed by" in text(response)
    assert "Confirm : Passport" not in text(response)


def test_what_was_withdrawn_meanwhile_cannot_be_confirmed(
    desk: Client, placement: Placement
) -> None:
    response = desk.post(url(placement, "verify"), follow=True)

    assert "Nothing was done: things have changed" in text(response)
    assert not Declaration.objects.exists()


def test_a_requirement_that_is_not_asked_has_no_deeds(desk: Client, placement: Placement) -> None:
    for deed in ("waive", "unwaive", "verify"):
        address = reverse(f"departures:{deed}", args=[placement.omobility_id, "declaration:visa"])
        assert desk.post(address, {"reason": "So."}).status_code == 404


def test_only_a_declaration_can_be_confirmed(
    desk: Client, placement: Placement, everybody: RequirementSet, module: Any
) -> None:
    everybody.requirements.create(kind="module", module=module)
    address = reverse(
        "departures:verify", args=[placement.omobility_id, f"module:{module.translation_key}"]
    )

    assert desk.post(address).status_code == 404


def test_a_past_day_is_shown_without_deeds(desk: Client, placement: Placement) -> None:
    DeclarationFactory.create(placement=placement, declared_at=LONG_AGO)
    page = text(desk.get(url(placement), {"as_of": "2025-12-31"}))

    assert "Not declared yet." in page
    assert "Waive : Passport" not in page


def test_a_cancelled_placement_says_so(desk: Client, placement: Placement) -> None:
    Placement.objects.update(status=PlacementStatus.CANCELLED)

    assert "nothing is asked any more" in text(desk.get(url(placement)))
    assert desk.post(url(placement, "waive"), {"reason": "So."}).status_code == 404


def test_a_person_of_whom_nothing_is_asked_leads_to_the_sets(
    desk: Client, placement: Placement
) -> None:
    RequirementSetVersion.objects.all().delete()

    assert "Look at the requirement sets" in text(desk.get(url(placement)))


@pytest.mark.parametrize("deed", ["", "waive", "unwaive", "verify"])
def test_people_of_other_offices_do_not_exist(
    desk: Client, deed: str, placement: Placement
) -> None:
    stranger = PlacementFactory.create(exchange=placement.exchange)
    DeclarationFactory.create(placement=stranger, declared_at=LONG_AGO)
    WaiverFactory.create(placement=stranger, granted_at=LONG_AGO)

    assert desk.get(url(stranger, deed)).status_code == 404
    if deed:
        assert desk.post(url(stranger, deed), {"reason": "So."}).status_code == 404
    assert stranger.declarations.get().verified_at is None
    assert stranger.waivers.get().withdrawn_at is None


@pytest.mark.parametrize("deed", ["", "waive", "unwaive", "verify"])
def test_for_others_the_pages_do_not_exist(
    deed: str, placement: Placement, trainer: User, signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(trainer).get(url(placement, deed)).status_code == 404
    own = signed_in(placement.participant)
    assert own.get(url(placement, deed)).status_code in {302, 403, 404}
    if deed:
        own.post(url(placement, deed), {"reason": "I want to."})
    assert not Waiver.objects.exists()
