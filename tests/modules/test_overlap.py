"""Whose hour is work and whose is night, in plain figures, as a block and as a page."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail import blocks

from modules.blocks.scheduling import TimeZonePlannerBlock
from modules.overlap import Hour, day_of, known_zones
from modules.templatetags.lessons import asked_for, hours_together
from people.models import User

TUESDAY = dt.date(2026, 11, 24)
SATURDAY = dt.date(2026, 11, 28)
SignIn = Callable[[User], Client]


def starts(zones: list[str], day: dt.date = TUESDAY) -> list[str]:
    found = day_of(zones, day, opens=9, closes=17)
    return [f"{row.cells[0].starts_at:%H:%M}" for row in found.best]


def test_hours_at_which_all_work() -> None:
    assert starts(["Europe/Madrid", "America/Mexico_City"]) == ["16:00"]
    assert starts(["Europe/Madrid", "Africa/Nairobi"]) == [
        "09:00", "10:00", "11:00", "12:00", "13:00", "14:00",
    ]  # fmt: skip


def test_an_hour_of_half_hour_zones_has_to_lie_within_work_as_a_whole() -> None:
    row = day_of(["UTC", "Asia/Kolkata"], TUESDAY, opens=9, closes=17).rows[11]

    assert (f"{row.cells[1].starts_at:%H:%M}", row.cells[1].hour) == ("16:30", Hour.AWAKE)


def test_without_common_work_nobody_has_to_get_up_at_night() -> None:
    found = day_of(["Europe/Madrid", "Asia/Tokyo"], TUESDAY, opens=9, closes=17)

    assert {row.hour for row in found.best} == {Hour.AWAKE}


def test_every_hour_may_be_somebody_s_night() -> None:
    assert starts(["Europe/Madrid", "America/Los_Angeles", "Asia/Tokyo"]) == []


def test_nobody_works_on_a_saturday() -> None:
    found = day_of(["UTC"], SATURDAY, opens=9, closes=17)

    assert {row.hour for row in found.rows} == {Hour.NIGHT, Hour.AWAKE}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(known_zones()), min_size=1, max_size=6), st.dates(
    min_value=dt.date(2020, 1, 1), max_value=dt.date(2035, 12, 31)))  # fmt: skip
def test_a_row_is_one_moment_and_as_good_as_its_worst_cell(zones: list[str], day: dt.date) -> None:
    found = day_of(zones, day, opens=8, closes=18)

    assert len(found.rows) == 24
    for row in found.rows:
        assert len({cell.starts_at.timestamp() for cell in row.cells}) == 1
        assert all(cell.hour >= row.hour for cell in row.cells)


def planner(**changes: Any) -> Any:
    block = TimeZonePlannerBlock()
    value = block.get_prep_value(block.get_preview_value()) | changes
    return block.clean(block.to_python(value))


def test_the_block_shows_the_day_and_leads_to_the_page_with_its_places() -> None:
    value = planner()

    day = hours_together(value, at=dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC))
    html = TimeZonePlannerBlock().render(value, context={"anchor": "part-1"})

    assert day.rows[0].cells[0].starts_at.date() == dt.date(2026, 11, 25)  # It is late in Madrid.
    assert "America/Mexico_City" in html
    assert "zone_1=Europe%2FMadrid&amp;zone_2=America%2FMexico_City" in html
    assert asked_for(value).endswith("opens=9&closes=17")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"zones": ["UTC", "UTC"]}, "zones"), ({"opens": 17, "closes": 9}, "closes")],
)
def test_a_planner_that_makes_no_sense_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(blocks.StructBlockValidationError) as refused:
        planner(**changes)

    assert list(refused.value.block_errors) == [field]


@pytest.mark.django_db
def test_the_page_begins_at_home_and_keeps_what_was_asked(
    participant: User, signed_in: SignIn
) -> None:
    participant.time_zone = "Europe/Madrid"
    participant.save()
    client = signed_in(participant)

    page = client.get("/learning/time-zones/").content.decode()
    assert '<option value="Europe/Madrid" selected>' in page

    query = {"zone_2": "America/Mexico_City", "day": "2026-11-24"}
    page = client.get("/learning/time-zones/", query).content.decode()
    assert "during 1 hour of this day" in page
    assert page.count("at work") == 8 + 8 + 1

    page = client.get("/learning/time-zones/", query | {"zone_3": "Asia/Tokyo"}).content.decode()
    assert "Every hour is night for somebody" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"opens": "17", "closes": "9"}, "Work ends before it begins."),
        ({"zone_1": "Nowhere/Atall"}, "Select a valid choice"),
        ({"day": "soon"}, "Enter a valid date"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(
    query: dict[str, str], words: str, participant: User, signed_in: SignIn
) -> None:
    page = signed_in(participant).get("/learning/time-zones/", query).content.decode()

    assert words in page
    assert "All 24 hours" not in page
