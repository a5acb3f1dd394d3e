"""The files to print: the figures of the report, complete, on pages that can be read."""

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import translation

from exchanges.models import Placement
from readiness import files, report
from readiness.enums import ApprovingRole, DeclarationKind, Occasion
from readiness.models import Approval, RequirementSet, Snapshot
from readiness.shapes import ExchangeReadiness
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory, TrainerFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    ExtensionFactory,
    RequirementFactory,
    SnapshotFactory,
    WaiverFactory,
)
from tests.pdfs import facts_of, places_of, text_of, unpacked
from tests.readiness.moments import IN_MARCH, JANUARY

pytestmark = pytest.mark.django_db

MIDDLE = 841.89 / 2
A4_ACROSS, A4_UPRIGHT = "841.89 x 595.276 pts (A4)", "595.276 x 841.89 pts (A4)"


@pytest.fixture
def asked(everybody: RequirementSet) -> RequirementSet:
    """A passport and a visa."""
    for kind in (DeclarationKind.PASSPORT, DeclarationKind.VISA):
        DeclarationRequirementFactory.create(requirement_set=everybody, declaration=kind)
    return everybody


def people(placement: Placement, number: int) -> None:
    for count in range(number):
        PlacementFactory.create(
            exchange=placement.exchange,
            office=placement.office,
            participant__first_name="Person",
            participant__last_name=f"Number{count:03}",
        )


def built(placement: Placement, as_of: dt.datetime = IN_MARCH) -> ExchangeReadiness:
    return report.build(placement.exchange, as_of=as_of)


@pytest.mark.usefixtures("asked")
def test_the_exchange_says_figures_turns_statuses_and_reasons(placement: Placement) -> None:
    DeclarationFactory.create(placement=placement, declared_at=JANUARY)
    WaiverFactory.create(
        placement=placement, requirement_key="declaration:visa", reason="Is a citizen there."
    )
    people(placement, 2)
    shown = built(placement)
    made = files.exchange_pdf(shown)
    words, facts = text_of(made), facts_of(made)

    assert facts["Title"] == shown.exchange.title
    assert (facts["Tagged"], facts["Page size"]) == ("yes", A4_ACROSS)
    assert "1 of 3 ready" in words
    assert "As it stood on 10 March 2027" in words
    assert f"Page 1 / {facts['Pages']}" in words
    for person in shown.active:
        assert person.participant_name in words
        for cell in person.missing:
            assert cell.verdict.why in words
    assert "Participant: 2" in words
    assert "Nobody is signed off yet." in words
    assert "Not everybody" not in words


@pytest.mark.usefixtures("asked")
def test_who_lacks_a_thing_for_the_same_reason_stands_together(placement: Placement) -> None:
    people(placement, 3)
    DeclarationFactory.create(placement=placement, declared_at=JANUARY)
    visa, passport = files.lacking(built(placement))

    assert (visa.requirement.name, visa.status, visa.turn) == ("Visa", "Overdue", "Participant")
    assert visa.names == ("Ada Byron", "Person Number000", "Person Number001", "Person Number002")
    assert passport.names == visa.names[1:]
    assert visa.why == "Not declared yet."


@pytest.mark.usefixtures("asked")
def test_a_long_matrix_repeats_its_head_on_every_page(placement: Placement) -> None:
    people(placement, 60)
    made = files.exchange_pdf(built(placement))
    rows = [text_of(made, page=number) for number in range(1, int(facts_of(made)["Pages"]) + 1)]
    with_people = [page for page in rows if "Departed unready" in page and "Number" in page]

    assert len(with_people) > 1
    for page in with_people:
        assert "Passport" in page
        assert "Visa" in page
    assert len(set(re.findall(r"Number\d{3}", " ".join(rows)))) == 60


def test_many_requirements_go_on_in_another_table(
    placement: Placement, everybody: RequirementSet
) -> None:
    for number in range(files.COLUMNS_ACROSS + 2):
        RequirementFactory.create(
            requirement_set=everybody,
            kind="approval",
            role=ApprovingRole.TRAINER,
            subject=f"Interview {number:02}",
        )
    shown = built(placement)
    found = list(files.parts(shown))

    assert [len(part.requirements) for part in found] == [files.COLUMNS_ACROSS, 2]
    assert [len(part.rows) for part in found] == [1, 1]
    words = text_of(files.exchange_pdf(shown))
    assert all(f"Interview {number:02}" in words for number in range(files.COLUMNS_ACROSS + 2))


def test_who_signed_off_and_what_stood_at_that_time(placement: Placement) -> None:
    coordinator = CoordinatorFactory.create(first_name="Carla", last_name="Office")
    later = IN_MARCH + dt.timedelta(days=1)
    SnapshotFactory.create(
        placement=placement,
        occasion=Occasion.SIGN_OFF,
        taken_at=JANUARY,
        taken_by=coordinator,
        note="Met in person.",
    )
    Approval.objects.create(
        placement=placement, role=ApprovingRole.TRAINER, subject="Interview",
        approved_by=TrainerFactory.create(first_name="Tom"), approved_at=JANUARY,
    )  # fmt: skip
    Approval.objects.create(
        placement=placement, role=ApprovingRole.TRAINER, subject="Too late",
        approved_by=TrainerFactory.create(), approved_at=later,
    )  # fmt: skip
    whole, single = files.signed_off(built(placement))

    assert (whole.name, whole.what, whole.by) == ("Ada Byron", "", "Carla Office")
    assert (single.what, single.at) == ("Interview", JANUARY)
    assert "Met in person." in text_of(files.exchange_pdf(built(placement)))

    Snapshot.objects.update(
        revoked_at=IN_MARCH, revoked_by=coordinator, revoked_because="A mistake"
    )
    assert [one.what for one in files.signed_off(built(placement))] == ["Interview"]
    before = files.signed_off(built(placement, IN_MARCH - dt.timedelta(days=1)))
    assert [one.what for one in before] == ["", "Interview"]


@pytest.mark.usefixtures("asked")
def test_one_person_has_every_verdict_and_decision_on_few_pages(placement: Placement) -> None:
    DeclarationFactory.create(placement=placement, declared_at=JANUARY)
    WaiverFactory.create(placement=placement, requirement_name="Visa", requirement_key="x:y")
    ExtensionFactory.create(placement=placement)
    SnapshotFactory.create(placement=placement)
    one = report.for_placement(placement, as_of=IN_MARCH)
    made = files.placement_pdf(one, as_of=IN_MARCH)
    words, facts = text_of(made), facts_of(made)

    assert facts["Title"] == f"Ada Byron: {one.exchange.title}"
    assert facts["Page size"] == A4_UPRIGHT
    assert int(facts["Pages"]) <= 3
    for cell in one.cells:
        assert cell.requirement.name in words
        assert cell.verdict.why in words
    assert "15 January 2027" in words
    assert "Visa waived by" in words
    assert "Travels with an identity card." in words
    assert "The town hall is closed." in words
    assert "SHA-256" in words


def test_what_came_later_is_not_in_the_file_of_a_day(placement: Placement) -> None:
    waiver = WaiverFactory.create(
        placement=placement,
        withdrawn_at=IN_MARCH,
        withdrawn_by=CoordinatorFactory.create(),
    )
    SnapshotFactory.create(placement=placement)

    def words(as_of: dt.datetime) -> str:
        one = report.for_placement(placement, as_of=as_of)
        return text_of(files.placement_pdf(one, as_of=as_of))

    day_before = words(waiver.granted_at - dt.timedelta(days=1))
    between, afterwards = words(JANUARY), words(IN_MARCH)
    assert waiver.reason not in day_before
    assert waiver.reason in between
    assert "withdrawn by" not in between
    assert "SHA-256" not in between
    assert "withdrawn by" in afterwards
    assert "SHA-256" in afterwards


def test_what_people_write_stays_text(placement: Placement) -> None:
    placement.participant.first_name = '<img src="file:///etc/hostname">&'
    placement.participant.save()
    one = report.for_placement(placement, as_of=IN_MARCH)

    assert '<img src="file:///etc/hostname">&' in text_of(files.placement_pdf(one, as_of=IN_MARCH))


@pytest.mark.usefixtures("asked")
def test_in_arabic_the_first_column_stands_on_the_right(placement: Placement) -> None:
    with translation.override("ar"):
        made = files.exchange_pdf(built(placement))
    left_to_right = files.exchange_pdf(built(placement))

    assert b"/Lang (ar)" in unpacked(made)
    assert places_of(made, "Byron")[0] > MIDDLE > places_of(left_to_right, "Byron")[0]


@pytest.mark.usefixtures("asked")
def test_the_number_of_queries_does_not_depend_on_the_people(
    placement: Placement, django_assert_num_queries: Any
) -> None:
    people(placement, 5)
    shown = built(placement)
    with django_assert_num_queries(2):  # sign-offs of people; of single requirements
        files.exchange_pdf(shown)
    one = report.for_placement(placement, as_of=IN_MARCH)
    with django_assert_num_queries(4):  # snapshots; waivers; wishes for time; changes of state
        files.placement_pdf(one, as_of=IN_MARCH)


def test_a_file_is_named_for_the_person_and_the_day(placement: Placement) -> None:
    def name(first: str, last: str) -> str:
        placement.participant.first_name, placement.participant.last_name = first, last
        placement.participant.save()
        one = report.for_placement(placement, as_of=IN_MARCH)
        return files.placement_file_name(one, as_of=IN_MARCH)

    assert name("Zoë / ..", 'O"Neil') == "readiness-zoë-oneil-2027-03-10.pdf"
    assert name("محمد", "") == "readiness-محمد-2027-03-10.pdf"
    assert name("💡", "") == f"readiness-{placement.omobility_id}-2027-03-10.pdf"
