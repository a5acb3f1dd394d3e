import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exchanges.models import Placement
from home.demo.loading import load
from readiness import checking
from readiness.models import StateRow

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def test_without_the_demo_it_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="load_demo"):
        call_command("seed_demo", placements=10, stdout=StringIO())


def test_not_on_a_production_site(settings: Any) -> None:
    settings.ALLOW_DEMO = False
    with pytest.raises(CommandError, match="production"):
        call_command("seed_demo", placements=10, stdout=StringIO())


def test_the_demo_and_seeded_people_have_rows_that_agree_with_the_fold(home_page: Any) -> None:
    load(at=AT)
    before = Placement.objects.count()
    assert checking.check(at=AT) == (before, [])

    out = StringIO()
    call_command("seed_demo", placements=60, stdout=out)

    assert Placement.objects.count() == StateRow.objects.count() == before + 60
    assert "60 placements" in out.getvalue()
    seeded = StateRow.objects.filter(participant__email__startswith="seed-", is_cancelled=False)
    asked = {row.required + row.later_required for row in seeded}
    assert len(asked) == 1
    assert 0 < sum(row.met for row in seeded) < sum(row.required for row in seeded)
    with pytest.raises(CommandError, match="empty database"):
        call_command("seed_demo", placements=60, stdout=out)
