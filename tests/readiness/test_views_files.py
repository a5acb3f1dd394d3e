"""Files to print, asked for at the desk: what the page shows, for whom it shows it."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from exchanges.models import Exchange, Placement
from library import printing
from people.models import User
from readiness import files
from readiness.models import RequirementSet
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.readiness import DeclarationFactory, DeclarationRequirementFactory
from tests.pdfs import text_of

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def exchange(placement: Placement, everybody: RequirementSet) -> Exchange:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    return placement.exchange


def url(exchange: Exchange) -> str:
    return reverse("departures:exchange", args=[exchange.uuid])


def of_person(placement: Placement) -> str:
    return reverse("departures:placement", args=[placement.omobility_id])


def pdf(desk: Client, address: str, **chosen: Any) -> str:
    response: Any = desk.get(address, {"export": "pdf", **chosen})
    assert response["Content-Type"] == "application/pdf"
    return text_of(response.content)


def test_the_file_of_an_exchange_has_the_people_of_the_screen(
    desk: Client, exchange: Exchange, placement: Placement
) -> None:
    PlacementFactory.create(exchange=exchange, office=placement.office)
    PlacementFactory.create(exchange=exchange, participant__last_name="Elsewhere")
    DeclarationFactory.create(placement=placement, declared_at=LONG_AGO)
    page = desk.get(url(exchange))
    words = pdf(desk, url(exchange))

    assert "export=pdf" in page.content.decode()
    assert 'value="pdf"' in page.content.decode()
    assert "1 of 2 ready" in words
    for one in page.context["shown"].placements:
        assert one.participant_name in words
    assert "Elsewhere" not in words


def test_the_file_says_by_what_people_were_chosen(
    desk: Client, exchange: Exchange, placement: Placement
) -> None:
    other = PlacementFactory.create(
        exchange=exchange, office=placement.office, participant__last_name="Lovelace"
    )
    DeclarationFactory.create(placement=placement, declared_at=LONG_AGO)
    lacking = pdf(desk, url(exchange), state="not_ready", missing="declaration:passport")
    ticked = pdf(desk, url(exchange), person=str(other.omobility_id))

    assert "Not everybody: only who was chosen by state: Not ready; missing: Passport" in lacking
    assert "chosen by name, one by one" in ticked
    for words in (lacking, ticked):
        assert "Lovelace" in words
        assert "Byron" not in words


def test_the_files_are_of_the_day_that_is_looked_at(
    desk: Client, exchange: Exchange, placement: Placement
) -> None:
    DeclarationFactory.create(placement=placement, declared_at=LONG_AGO)

    assert "1 of 1 ready" in pdf(desk, url(exchange))
    assert "0 of 1 ready" in pdf(desk, url(exchange), as_of="2025-12-31")
    assert "1 of 1 done" in pdf(desk, of_person(placement))
    before = pdf(desk, of_person(placement), as_of="2025-12-31")
    assert "0 of 1 done" in before
    assert "As it stood on 31 December 2025" in before


def test_a_persons_file_is_offered_on_the_page_and_named_for_the_person(
    desk: Client, exchange: Exchange, placement: Placement
) -> None:
    placement.participant.last_name = 'Çelik"; x='
    placement.participant.save()
    page = desk.get(of_person(placement), {"as_of": "2025-12-31"})
    response = desk.get(of_person(placement), {"export": "pdf"})

    assert "?as_of=2025-12-31&amp;export=pdf" in page.content.decode()
    assert f"filename*=utf-8''readiness-ada-{quote('ç')}elik-x-" in response["Content-Disposition"]


def test_people_of_other_offices_have_no_file_here(
    exchange: Exchange, placement: Placement, signed_in: Callable[[User], Client]
) -> None:
    for user in (CoordinatorFactory.create(), placement.participant):
        browser = signed_in(user)
        for address in (url(exchange), of_person(placement)):
            assert browser.get(address, {"export": "pdf"}).status_code in {302, 404}


def test_more_people_than_a_file_holds_are_to_be_chosen_first(
    desk: Client, exchange: Exchange, placement: Placement, monkeypatch: pytest.MonkeyPatch
) -> None:
    PlacementFactory.create(exchange=exchange, office=placement.office)
    monkeypatch.setattr(files, "MOST_PEOPLE", 1)
    response = desk.get(url(exchange), {"export": "pdf", "ordering": "name"}, follow=True)

    assert response.redirect_chain == [(f"{url(exchange)}?ordering=name", 302)]
    assert "A PDF holds at most 1 people." in response.content.decode()
    assert "Byron" in pdf(desk, url(exchange), person=str(placement.omobility_id))


def test_a_server_that_cannot_typeset_says_what_to_do(
    desk: Client, exchange: Exchange, placement: Placement, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Any:
        raise printing.PrintingUnavailableError

    monkeypatch.setattr(printing, "_typesetter", missing)
    for address in (url(exchange), of_person(placement)):
        response = desk.get(address, {"export": "pdf"}, follow=True)
        assert response.redirect_chain == [(address, 302)]
        assert "This server cannot make PDFs" in response.content.decode()
