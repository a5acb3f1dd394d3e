"""A row either holds, or its time is over, or it was made by what other sets asked."""

import datetime as dt

import pytest

from exchanges.models import Placement
from readiness import states
from readiness.holding import asked_otherwise, holds, overtaken
from readiness.models import StateRow
from tests.factories.exchanges import PlacementFactory
from tests.readiness.moments import JANUARY

pytestmark = pytest.mark.django_db

NOW = "8888888888888888"
MOMENT = dt.timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("asked", "until", "is_holding"),
    [
        (NOW, JANUARY + MOMENT, True),
        (NOW, JANUARY, False),
        ("1111111111111111", JANUARY + MOMENT, False),
        ("ffffffffffffffff", JANUARY + MOMENT, False),
    ],
)
def test_a_row_holds_or_is_found_to_be_made_anew(
    asked: str, until: dt.datetime, is_holding: bool
) -> None:
    placement = PlacementFactory.create()
    states.refresh([placement.pk], at=JANUARY)
    StateRow.objects.filter(pk=placement.pk).update(asked=asked, holds_until=until)
    rows, placements = StateRow.objects.all(), Placement.objects.all()

    assert rows.filter(holds(asked=NOW, at=JANUARY)).exists() == is_holding
    through = holds(asked=NOW, at=JANUARY, through="state_row__")
    assert placements.filter(through).exists() == is_holding
    anew = overtaken(at=JANUARY) | asked_otherwise(NOW)
    assert rows.filter(anew).exists() != is_holding
