import csv
import datetime as dt
import io

import pytest

from exchanges.models import Exchange, Placement
from home.course.ledger import Ledger
from home.course.reading import ContentError
from home.demo.institution import load_institution
from home.demo.roster import WRITTEN_FOR, load_roster, moved, sample
from people.models import User
from tests.factories.exchanges import PlacementFactory


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


TEXT = sample().read_text(encoding="utf-8")


@pytest.mark.parametrize("days", [0, 1, 6])
def test_in_its_own_week_the_roster_stays_as_it_is(days: int) -> None:
    assert rows(moved(TEXT, today=WRITTEN_FOR + dt.timedelta(days=days))) == rows(TEXT)


def test_later_the_dates_move_by_whole_weeks_and_the_labels_stay() -> None:
    [before, *_] = rows(TEXT)
    [after, *_] = rows(moved(TEXT, today=WRITTEN_FOR + dt.timedelta(days=24)))

    assert (before["start_date"], after["start_date"]) == ("2026-11-02", "2026-11-23")
    assert (before["end_date"], after["end_date"]) == ("2027-03-31", "2027-04-21")
    assert after["leaves_home_on"] == before["leaves_home_on"] == ""
    assert after["receiving_academic_year"] == before["receiving_academic_year"]


def test_a_year_later_years_and_terms_move_too() -> None:
    after = rows(moved(TEXT, today=WRITTEN_FOR.replace(year=2028)))

    assert {row["receiving_academic_year"] for row in after} == {
        "2028/2029",
        "2029/2029",
        "2029/2030",
    }
    assert {row["sending_academic_term"] for row in after} == {
        "",
        "2028/2029-2/2",
        "2029/2030-1/2",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("today", [WRITTEN_FOR, dt.date(2028, 6, 1)])
def test_the_whole_roster_is_imported_whenever_it_is_loaded(today: dt.date) -> None:
    ledger = Ledger()
    load_institution(ledger)

    load_roster(ledger, today=today)

    assert Placement.objects.count() == 224
    assert Exchange.objects.count() == 27
    assert ledger.made[-1] == "224 placements of 222 new people"
    assert not User.objects.exclude(email__endswith=".example").exists()


@pytest.mark.django_db
def test_a_site_with_placements_keeps_its_own() -> None:
    own = PlacementFactory.create()

    load_roster(Ledger(), today=WRITTEN_FOR)

    assert list(Placement.objects.all()) == [own]


@pytest.mark.django_db
def test_without_offices_nothing_is_imported() -> None:
    with pytest.raises(ContentError, match=r"roster\.csv"):
        load_roster(Ledger(), today=WRITTEN_FOR)

    assert not Placement.objects.exists()
