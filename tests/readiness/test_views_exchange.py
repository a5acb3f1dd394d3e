"""The exchange's report in the CMS: the matrix, its day, its files."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.enums import Audience, PlacementStatus
from exchanges.models import Exchange, Placement
from people.models import User
from readiness.enums import DeclarationKind
from readiness.models import RequirementSet
from tests.factories.exchanges import ExchangeFactory, PlacementFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    RequirementFactory,
    WaiverFactory,
)
from tests.readiness.conftest import FreshClient

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def exchange(placement: Placement, everybody: RequirementSet) -> Exchange:
    """Passport is asked of everybody; of students a visa, too."""
    DeclarationRequirementFactory.create(requirement_set=everybody)
    return placement.exchange


def url(exchange: Exchange) -> str:
    return reverse("departures:exchange", args=[exchange.uuid])


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_matrix_has_a_row_for_each_person_and_a_column_for_each_requirement(
    desk: Client, exchange: Exchange, placement: Placement
) -> None:
    PlacementFactory.create(
        exchange=exchange, office=placement.office, participant__first_name="Grace"
    )
    DeclarationFactory.create(placement=placement, declared_at=LONG_AGO)
    response = desk.get(url(exchange))
    page = text(response)

    assert "1 of 2 ready" in page
    assert "Ada Byron" in page
    assert "Grace" in page
    assert "Met Declared." in page
    assert "Pending Not declared yet. due" in page or "Overdue Not declared yet. due" in page
    assert len(response.context["rows"]) == 2


def test_reasons_open_by_keyboard_and_without_hovering(desk: Client, exchange: Exchange) -> None:
    page = words(desk.get(url(exchange)))

    assert '<details> <summary title="Not declared yet.">' in page
    assert "<p>Not declared yet.</p>" in page


def test_a_name_leads_to_the_persons_own_page(
    desk: Client, exchange: Exchange, placement: Placement
) -> None:
    address = reverse("departures:placement", args=[placement.omobility_id])

    assert f'<a href="{address}">Ada Byron</a>' in words(desk.get(url(exchange)))


def test_the_summary_says_what_is_missing_most_and_whose_turn_it_is(
    desk: Client, exchange: Exchange, placement: Placement, everybody: RequirementSet
) -> None:
    RequirementFactory.create(requirement_set=everybody)
    PlacementFactory.create(exchange=exchange, office=placement.office)
    WaiverFactory.create(placement=placement, granted_at=LONG_AGO)
    page = text(desk.get(url(exchange))).replace("&#x27;", "'")

    assert "A deleted module Module completed; Office: 2 2 Passport Declaration ticked 1" in page


def test_somebody_of_another_audience_is_not_asked(
    desk: Client, exchange: Exchange, placement: Placement
) -> None:
    students = RequirementSet.objects.create(name="Students", audience=Audience.STUDENT)
    DeclarationRequirementFactory.create(requirement_set=students, declaration=DeclarationKind.VISA)
    PlacementFactory.create(exchange=exchange, office=placement.office, audience=Audience.FACULTY)

    assert text(desk.get(url(exchange))).count("Not asked") == 1


def test_people_of_other_offices_are_neither_shown_nor_counted(
    desk: Client, exchange: Exchange
) -> None:
    PlacementFactory.create(exchange=exchange, participant__last_name="Secret")
    for query in ({}, {"export": "csv"}):
        content = desk.get(url(exchange), query).content.decode()
        assert "Secret" not in content
        assert "Byron" in content
    assert "0 of 1 ready" in text(desk.get(url(exchange)))


def test_a_cancelled_person_is_shown_and_not_counted(
    desk: Client, exchange: Exchange, placement: Placement
) -> None:
    PlacementFactory.create(
        exchange=exchange, office=placement.office, status=PlacementStatus.CANCELLED
    )
    page = text(desk.get(url(exchange)))

    assert "0 of 1 ready" in page
    assert "Cancelled" in page


def test_a_state_can_be_picked(desk: Client, exchange: Exchange, placement: Placement) -> None:
    ready = PlacementFactory.create(
        exchange=exchange, office=placement.office, participant__last_name="Ready"
    )
    DeclarationFactory.create(placement=ready, declared_at=LONG_AGO)
    Exchange.objects.update(
        start_date=timezone.localdate() + dt.timedelta(days=9),
        end_date=timezone.localdate() + dt.timedelta(days=99),
    )

    found = desk.get(url(exchange), {"state": "ready"}).context["rows"]
    empty = text(desk.get(url(exchange), {"state": "departed_ready"}))

    assert [person.placement_id for person, _ in found] == [ready.pk]
    assert "Nobody is in this state." in empty
    assert "1 of 2 ready" in empty


def test_the_page_can_be_asked_how_it_stood(
    desk: Client, exchange: Exchange, placement: Placement
) -> None:
    DeclarationFactory.create(placement=placement, declared_at=LONG_AGO)
    before = text(desk.get(url(exchange), {"as_of": "2025-12-31"}))
    after = text(desk.get(url(exchange), {"as_of": "2026-01-01"}))

    assert "0 of 1 ready" in before
    assert "31 December 2025" in before
    assert "1 of 1 ready" in after


@pytest.mark.parametrize("day", ["2999-01-01", "yesterday", "2026-02-31"])
def test_a_day_that_cannot_be_asked_about_is_refused_in_words(
    desk: Client, exchange: Exchange, day: str
) -> None:
    response = desk.get(url(exchange), {"as_of": day})

    assert response.status_code == 200
    assert response.context["form"].errors["as_of"]
    assert response.context["is_now"]


def test_the_csv_has_the_figures_of_the_screen(
    desk: Client, exchange: Exchange, placement: Placement
) -> None:
    DeclarationFactory.create(placement=placement, declared_at=LONG_AGO)
    PlacementFactory.create(exchange=exchange, office=placement.office)
    report = desk.get(url(exchange)).context["shown"]
    response = desk.get(url(exchange), {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="readiness-{exchange.code}-' in response["Content-Disposition"]
    assert len(rows) == report.total
    for row, person in zip(rows, report.placements, strict=True):
        (cell,) = person.cells
        assert (row["Name"], row["State"]) == (person.participant_name, person.state_label)
        assert (row["Done"], row["Required"]) == (str(person.done), str(person.required))
        assert row["Leaves home"] == person.departs_on.isoformat()
        assert (row["Passport"], row["Passport: why"]) == (cell.status_label, cell.verdict.why)
        assert row["Passport: due"] == cell.due_on.isoformat()


def test_the_spreadsheet_has_the_figures_of_the_screen_as_figures(
    desk: Client, exchange: Exchange, placement: Placement
) -> None:
    report = desk.get(url(exchange)).context["shown"]
    response = desk.get(url(exchange), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    headings, row = list(sheet.iter_rows(values_only=True))
    found = dict(zip(headings, row, strict=True))
    (person,) = report.placements

    assert (found["Done"], found["Required"]) == (0, 1)
    assert found["Days to departure"] == person.days_to_departure
    assert found["Leaves home"] == person.departs_on
    assert found["Passport"] == person.cells[0].status_label


def test_files_hold_the_people_that_are_shown(
    desk: Client, exchange: Exchange, placement: Placement
) -> None:
    response = desk.get(url(exchange), {"export": "csv", "state": "cancelled"})

    assert "Byron" not in response.content.decode()


def test_downloads_keep_the_day_and_the_state(desk: Client, exchange: Exchange) -> None:
    page = words(desk.get(url(exchange), {"as_of": "2026-01-01", "state": "ready"}))

    assert "?as_of=2026-01-01&amp;state=ready&amp;export=csv" in page
    assert "?as_of=2026-01-01&amp;state=ready&amp;export=xlsx" in page


def test_without_requirements_the_page_says_what_to_do(desk: Client, placement: Placement) -> None:
    page = text(desk.get(url(placement.exchange)))

    assert "Nothing is asked of anybody here. Make a requirement set" in page


def test_an_exchange_without_people_says_so(
    administrator: User, signed_in: Callable[[User], Client]
) -> None:
    page = text(signed_in(administrator).get(url(ExchangeFactory.create())))

    assert "Nobody is on this exchange yet." in page


def test_other_peoples_exchanges_do_not_exist(
    desk: Client, exchange: Exchange, trainer: User, signed_in: Callable[[User], Client]
) -> None:
    other = PlacementFactory.create().exchange

    assert desk.get(url(other)).status_code == 404
    assert desk.get("/admin/departures/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert signed_in(trainer).get(url(exchange)).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_people(
    desk: FreshClient, exchange: Exchange, placement: Placement, django_assert_max_num_queries: Any
) -> None:
    desk.get(url(exchange))
    with django_assert_max_num_queries(100) as few:
        desk.get(url(exchange))
    count = len(few)
    PlacementFactory.create_batch(20, exchange=exchange, office=placement.office)
    desk.get(url(exchange))
    desk.is_fresh = True
    with django_assert_max_num_queries(count):
        response = desk.get(url(exchange))

    assert response.context["report"].total == 21
