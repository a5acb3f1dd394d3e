import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exchanges.models import Placement
from readiness import states
from readiness.models import RequirementSet, StateRow
from tests.factories.exchanges import OfficeFactory, PlacementFactory
from tests.factories.readiness import DeclarationFactory, DeclarationRequirementFactory
from tests.readiness.moments import JANUARY

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(everybody: RequirementSet, settings: Any, tmp_path: Path) -> list[Placement]:
    settings.DATA_DIR = tmp_path
    DeclarationRequirementFactory.create(requirement_set=everybody)
    return PlacementFactory.create_batch(3, office=OfficeFactory.create(code="mobility"))


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_it_makes_every_row_and_says_how_far_it_is(people: list[Placement]) -> None:
    said = run("rebuild_readiness")

    assert StateRow.objects.count() == 3
    assert "3 of 3" in said
    assert said.splitlines()[-1].startswith("3 rows in ")


def test_one_office_and_those_below_it(people: list[Placement]) -> None:
    below = PlacementFactory.create(office=OfficeFactory.create(parent=people[0].office))
    other = PlacementFactory.create()

    run("rebuild_readiness", "--office", "mobility")

    rows = set(StateRow.objects.values_list("placement", flat=True))
    assert rows == {one.pk for one in [*people, below]}
    assert other.pk not in rows


def test_an_unknown_office_is_named(people: list[Placement]) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        run("rebuild_readiness", "--office", "nowhere")


def test_interrupted_it_goes_on_where_it_was(people: list[Placement], tmp_path: Path) -> None:
    first = min(one.pk for one in people)
    (tmp_path / "rebuild-readiness-all").write_text(str(first), encoding="ascii")

    run("rebuild_readiness", "--resume")

    assert StateRow.objects.count() == 2
    assert not (tmp_path / "rebuild-readiness-all").exists()


def test_batches_follow_each_other(people: list[Placement], monkeypatch: Any) -> None:
    monkeypatch.setattr(states, "BATCH", 2)

    sizes = [size for _last, size in states.rebuild(Placement.objects.all(), at=JANUARY)]

    assert sizes == [2, 1]


def test_a_row_that_differs_is_named_and_the_command_fails(people: list[Placement]) -> None:
    run("rebuild_readiness")
    assert run("check_readiness", "--sample", "3") == "3 compared, 0 differ.\n"
    past_every_deed = DeclarationFactory.create(
        placement=people[0], declared_at=dt.datetime(2026, 1, 10, 12, tzinfo=dt.UTC)
    )

    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_readiness", stdout=out, stderr=StringIO())

    assert stopped.value.code == 1
    assert f"placement {past_every_deed.placement_id}: " in out.getvalue()
    assert "3 compared, 1 differ." in out.getvalue()
