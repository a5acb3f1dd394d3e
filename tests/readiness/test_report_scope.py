import datetime as dt

import pytest

from exchanges.enums import Audience
from exchanges.models import Placement
from readiness import report
from readiness.enums import DeclarationKind
from readiness.models import RequirementSet
from readiness.verdicts import VerdictStatus
from tests.factories.exchanges import ExchangeFactory, PlacementFactory
from tests.factories.readiness import (
    DeclarationRequirementFactory,
    RequirementSetFactory,
    WaiverFactory,
)
from tests.readiness.moments import DAY_AFTER, DAY_DUE, JANUARY, only_cell

pytestmark = pytest.mark.django_db


def test_a_waiver_settles_until_the_end_of_its_last_day(
    placement: Placement, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    WaiverFactory.create(placement=placement, until=dt.date(2027, 2, 1))

    assert only_cell(placement, DAY_DUE).status == VerdictStatus.WAIVED
    assert only_cell(placement, DAY_AFTER).status == VerdictStatus.OVERDUE


def test_a_waiver_that_was_withdrawn_held_before(
    placement: Placement, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    coordinator = WaiverFactory.create(placement=placement).granted_by
    placement.waivers.update(withdrawn_at=DAY_DUE, withdrawn_by=coordinator)

    assert only_cell(placement, JANUARY).status == VerdictStatus.WAIVED
    assert only_cell(placement, DAY_DUE).status == VerdictStatus.PENDING


def test_the_union_of_the_matching_sets_each_requirement_once(placement: Placement) -> None:
    matching = [
        RequirementSetFactory.create(name="Everybody"),
        RequirementSetFactory.create(name="Students", audience=Audience.STUDENT),
        RequirementSetFactory.create(name="This one", programme=placement.exchange.programme),
    ]
    for days, one in enumerate(matching, start=20):
        DeclarationRequirementFactory.create(requirement_set=one, offset_days=-days)
    DeclarationRequirementFactory.create(
        requirement_set=matching[2], declaration=DeclarationKind.VISA
    )
    for other in (
        RequirementSetFactory.create(audience=Audience.FACULTY),
        RequirementSetFactory.create(programme=ExchangeFactory.create().programme),
        RequirementSetFactory.create(is_active=False),
    ):
        DeclarationRequirementFactory.create(
            requirement_set=other, declaration=DeclarationKind.INSURANCE
        )

    visa, passport = report.for_placement(placement, as_of=JANUARY).cells

    assert (visa.requirement.name, visa.requirement.sets) == ("Visa", ("This one",))
    assert passport.requirement.sets == ("Everybody", "Students", "This one")
    assert passport.due_on == dt.date(2027, 2, 7)


def test_each_person_has_the_cells_of_their_own_audience(placement: Placement) -> None:
    teacher = PlacementFactory.create(exchange=placement.exchange, audience=Audience.FACULTY)
    for audience, kind in (
        (Audience.STUDENT, DeclarationKind.VISA),
        (Audience.FACULTY, DeclarationKind.INSURANCE),
    ):
        DeclarationRequirementFactory.create(
            requirement_set=RequirementSetFactory.create(audience=audience), declaration=kind
        )

    found = report.build(placement.exchange, as_of=JANUARY)
    by_id = {one.placement_id: one for one in found.placements}

    assert [one.name for one in found.requirements] == ["Visa", "Insurance"]
    assert by_id[placement.pk].cell("declaration:visa") is not None
    assert by_id[placement.pk].cell("declaration:insurance") is None
    assert by_id[teacher.pk].cell("declaration:insurance") is not None
