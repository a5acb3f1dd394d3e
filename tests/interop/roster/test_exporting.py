"""What goes out as a roster comes in again as the same records."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from exchanges.models import Institution, Placement
from interop.roster.applying import apply
from interop.roster.columns import NAMES
from interop.roster.dry_run import dry_run
from interop.roster.exporting import lines
from interop.roster.parsing import parse
from people.models import User
from tests.factories.exchanges import PlacementFactory

pytestmark = pytest.mark.django_db


def exported() -> bytes:
    return "".join(lines(Placement.objects.all())).encode()


@pytest.fixture
def imported(sample: bytes, northfield: Institution) -> None:
    plan = dry_run(sample, actor=None)
    apply(parse(sample), expected=plan.fingerprint, actor=None)


@pytest.mark.usefixtures("imported")
def test_importing_an_export_changes_nothing() -> None:
    plan = dry_run(exported(), actor=None)

    assert plan.errors == plan.remarks == []
    assert len(plan.rows) == 224
    assert not plan.changes_anything


@pytest.mark.usefixtures("imported")
def test_an_export_has_the_cells_of_the_file_it_came_from(sample: bytes) -> None:
    before = {row.cells["omobility_id"]: row.cells for row in parse(sample).rows}
    after = {row.cells["omobility_id"]: row.cells for row in parse(exported()).rows}

    assert tuple(parse(exported()).rows[0].cells) == NAMES
    languages = {key: sorted(cells["languages"].split(";")) for key, cells in before.items()}
    assert {key: sorted(cells["languages"].split(";")) for key, cells in after.items()} == languages
    for cells in (*before.values(), *after.values()):
        del cells["languages"]  # type: ignore[attr-defined]  # a dict behind the Mapping
    assert after == before


def test_no_cell_can_run_as_a_formula_and_the_original_comes_back() -> None:
    placement = PlacementFactory.create(iia_id="=cmd|' /C calc'!A0", receiving_ounit="'=x")
    User.objects.update(first_name="+1", last_name="@SUM(A1)")
    Placement.objects.update(own_end_date=dt.date(2027, 5, 1))
    text = exported().decode()

    assert "'=cmd|" in text
    cells = parse(exported()).rows[0].cells
    assert cells["iia_id"] == placement.iia_id
    assert cells["receiving_ounit"] == "'=x"
    assert (cells["given_names"], cells["family_name"]) == ("+1", "@SUM(A1)")
    for line in text.splitlines()[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line.split(","))


def test_an_empty_export_is_a_header() -> None:
    assert exported().decode().lstrip("\ufeff").strip() == ",".join(NAMES)


@pytest.mark.parametrize("size", [1, 12])
def test_exporting_takes_the_same_queries_for_any_number(
    size: int, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    PlacementFactory.create_batch(size)

    with django_assert_num_queries(2):  # placements with all they point to, languages
        exported()
