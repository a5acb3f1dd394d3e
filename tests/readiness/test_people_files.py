"""A file of people says what their list says, and asks the same number of times for any size."""

from typing import Any

import pytest

from exchanges.models import Placement
from readiness import people_files, states
from readiness.models import RequirementSet, StateRow
from readiness.people_shown import SHOWN, names_asked, people
from tests.factories.exchanges import PlacementFactory
from tests.factories.readiness import DeclarationFactory, DeclarationRequirementFactory
from tests.readiness.moments import IN_MARCH, JANUARY

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(everybody: RequirementSet) -> list[Placement]:
    """One who has declared, one who has not, and one without a name."""
    DeclarationRequirementFactory.create(requirement_set=everybody)
    placements = [
        PlacementFactory.create(),
        PlacementFactory.create(),
        PlacementFactory.create(participant__first_name="", participant__last_name=""),
    ]
    DeclarationFactory.create(placement=placements[0], declared_at=JANUARY)
    states.refresh([one.pk for one in placements], at=JANUARY)
    return placements


@pytest.mark.parametrize("moment", [JANUARY, IN_MARCH])
def test_a_file_says_what_the_list_says(three: list[Placement], moment: Any) -> None:
    rows, names = StateRow.objects.order_by("pk"), names_asked(moment)
    lines = list(people_files.lines(rows, names=names, as_of=moment))
    shown = people(rows.select_related(*SHOWN), names=names, as_of=moment)

    for line, one in zip(lines, shown, strict=True):
        said = dict(zip(people_files.HEADINGS, line, strict=True))
        assert said["number"] == one.row.placement_id
        assert (said["name"], said["email"]) == (one.name, one.email)
        assert (said["audience"], said["country"]) == (
            one.row.get_audience_display(),
            one.country_name,
        )
        assert (said["state"], said["progress"]) == (one.state_label, one.progress_label)
        assert (said["deadline"], said["done"]) == (one.deadline_label, one.done)
        assert (said["missing"], said["turn"]) == (one.missing_in_words, one.turn_label)
        assert said["next_due"] == (one.next_due or "")
        assert said["days_to_departure"] == one.days_to_departure


@pytest.mark.parametrize("more", [0, 20])
def test_two_queries_whatever_the_number_of_people(
    three: list[Placement], django_assert_num_queries: Any, more: int
) -> None:
    made = PlacementFactory.create_batch(more, exchange=three[0].exchange)
    states.refresh([one.pk for one in made], at=JANUARY)
    names = names_asked(JANUARY)
    with django_assert_num_queries(2):  # rows with all their names; what they lack
        found = list(people_files.lines(StateRow.objects.all(), names=names, as_of=JANUARY))

    assert len(found) == 3 + more
