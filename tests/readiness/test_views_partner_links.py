"""Making, listing, looking at and revoking links for partners, in the CMS."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.models import Placement
from jobs.models import OutgoingMail
from people.models import User
from readiness import sharing
from readiness.models import PartnerLink
from tests.factories.exchanges import PlacementFactory
from tests.factories.partners import TOKEN, PartnerLinkFactory
from tests.factories.people import CoordinatorFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def new(placement: Placement | None = None) -> str:
    page = reverse("partner_links:add")
    return f"{page}?exchange={placement.exchange.code}" if placement else page


def filled(placement: Placement, **changes: Any) -> dict[str, Any]:
    until = timezone.localdate() + dt.timedelta(days=60)
    given = {"office": placement.office.pk, "label": "Dr Lind", "until": until.isoformat()}
    return given | changes


def link_in(response: Any) -> str:
    found = re.search(r'value="http://testserver(/partner/[^"]+/)"', response.content.decode())
    assert found
    return found[1]


def test_the_page_of_the_exchange_leads_to_a_new_link_and_shows_it_once(
    desk: Client, placement: Placement, office_coordinator: User
) -> None:
    exchange = reverse("departures:exchange", args=[placement.exchange.uuid])
    before = desk.get(exchange).content.decode()
    response = desk.post(new(placement), filled(placement))
    address = link_in(response)
    after = desk.get(exchange).content.decode()
    link = PartnerLink.objects.get()

    assert new(placement) in before
    assert "None yet. With a link the host sees" in before
    assert "no-store" in response["Cache-Control"]
    assert (link.host, link.exchange) == (placement.exchange.host, placement.exchange)
    assert (link.created_by, link.office) == (office_coordinator, placement.office)
    assert Client().get(address).status_code == 200
    assert "Dr Lind" in after
    assert address not in after


def test_a_link_works_to_the_end_of_its_last_day_at_the_office(
    desk: Client, placement: Placement
) -> None:
    desk.post(new(placement), filled(placement))
    local = PartnerLink.objects.get().expires_at.astimezone(placement.office.time_zone)

    assert local.date() == timezone.localdate() + dt.timedelta(days=60)
    assert local.time() == dt.time(23, 59, 59)


def test_a_link_for_everybody_who_goes_to_a_host_is_sent_as_a_letter(
    desk: Client, placement: Placement
) -> None:
    host = placement.exchange.host
    given = filled(placement, host=host.pk, email="lind@host.example", language="es")
    response = desk.post(new(), given)
    letter = OutgoingMail.objects.get()

    assert PartnerLink.objects.get().exchange is None
    assert link_in(response) in letter.text
    assert letter.to == "lind@host.example"


def test_words_of_the_letter_are_not_in_the_outbox_that_administrators_see(
    desk: Client, placement: Placement, administrator: User, signed_in: SignIn
) -> None:
    response = desk.post(new(placement), filled(placement, email="lind@host.example"))
    token = link_in(response).split("/")[2]
    page = reverse("outbox:inspect", args=[OutgoingMail.objects.get().pk])
    shown = signed_in(administrator).get(page).content.decode()

    assert "lind@host.example" in shown
    assert token not in shown


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("until", "2020-01-01", "That day has passed"),
        ("until", "2199-01-01", "That is too far away"),
        ("label", "", "This field is required"),
        ("email", "no address", "Enter a valid email address"),
    ],
)
def test_a_form_that_does_not_fit_says_why(
    desk: Client, placement: Placement, field: str, value: str, words: str
) -> None:
    response = desk.post(new(placement), filled(placement, **{field: value}))

    assert words in response.content.decode()
    assert not PartnerLink.objects.exists()


def test_offices_and_exchanges_of_others_cannot_be_shared(
    desk: Client, placement: Placement
) -> None:
    other = PlacementFactory.create()

    assert desk.get(new(other)).status_code == 404
    desk.post(new(placement), filled(placement, office=other.office.pk))
    desk.post(new(), filled(placement, host=other.exchange.host.pk))
    assert not PartnerLink.objects.exists()


def test_the_list_says_what_each_link_shows_and_how_often_it_was_opened(
    desk: Client, placement: Placement
) -> None:
    link = PartnerLinkFactory.create(office=placement.office, label="Dr Lind")
    PartnerLinkFactory.create(label="Of others", token="another")
    sharing.open_with(TOKEN, at=timezone.now())
    page = desk.get(reverse("partner_links:index")).content.decode()
    file = desk.get(reverse("partner_links:index"), {"export": "csv"}).getvalue().decode()

    assert "Dr Lind" in page
    assert str(link.exchange) in page
    assert "Of others" not in page
    assert "Works" in page
    assert "Dr Lind" in file
    assert "Of others" not in file


@pytest.mark.parametrize(
    ("standing", "shown"), [("open", {"Lind"}), ("expired", {"Berg"}), ("revoked", {"Dahl"})]
)
def test_the_list_is_narrowed_down_by_state(
    desk: Client, placement: Placement, office_coordinator: User, standing: str, shown: set[str]
) -> None:
    office, past = placement.office, dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    PartnerLinkFactory.create(office=office, label="Lind")
    PartnerLinkFactory.create(office=office, label="Berg", token="b", expires_at=past)
    PartnerLinkFactory.create(
        office=office, label="Dahl", token="d", revoked_at=past, revoked_by=office_coordinator
    )
    page = desk.get(reverse("partner_links:index"), {"standing": standing}).content.decode()

    assert {name for name in ("Lind", "Berg", "Dahl") if name in page} == shown


def test_a_link_is_looked_at_with_its_visits_and_revoked(
    desk: Client, placement: Placement, office_coordinator: User
) -> None:
    link = PartnerLinkFactory.create(exchange=placement.exchange, office=placement.office)
    page = reverse("partner_links:inspect", args=[link.pk])
    before = desk.get(page).content.decode()
    Client().get(f"/partner/{TOKEN}/")
    opened = desk.get(page).content.decode()
    asked = desk.get(reverse("partner_links:revoke", args=[link.pk])).content.decode()
    after = desk.post(reverse("partner_links:revoke", args=[link.pk]), follow=True)

    assert "Not opened yet." in before
    assert "Not opened yet." not in opened
    assert "Only the time is kept" in opened
    assert "That cannot be undone" in asked
    assert "The link is revoked" in after.content.decode()
    assert Client().get(f"/partner/{TOKEN}/").status_code == 404
    link.refresh_from_db()
    assert link.revoked_by == office_coordinator


def test_links_of_other_offices_do_not_exist(signed_in: SignIn) -> None:
    link = PartnerLinkFactory.create()
    stranger = signed_in(CoordinatorFactory.create())

    for page in ("inspect", "revoke"):
        assert stranger.get(reverse(f"partner_links:{page}", args=[link.pk])).status_code == 404
    assert stranger.post(reverse("partner_links:revoke", args=[link.pk])).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


def test_an_observer_of_the_office_finds_no_links(
    signed_in: SignIn, observer: User, placement: Placement
) -> None:
    placement.office.observers.add(observer)
    link = PartnerLinkFactory.create(exchange=placement.exchange, office=placement.office)
    look = signed_in(observer)
    page = look.get(reverse("departures:exchange", args=[placement.exchange.uuid]))

    assert "Partner links" not in page.content.decode()
    assert look.get(reverse("partner_links:index")).status_code == 302
    assert look.get(reverse("partner_links:inspect", args=[link.pk])).status_code in {302, 404}


def test_an_administrator_sees_all_links_and_has_no_way_to_edit_one(
    signed_in: SignIn, administrator: User
) -> None:
    PartnerLinkFactory.create(label="Dr Lind")
    page = signed_in(administrator).get(reverse("partner_links:index")).content.decode()

    assert "Dr Lind" in page
    assert "/admin/partner-links/new/" in page
    assert "/admin/partner-links/edit/" not in page
    assert "/admin/partner-links/delete/" not in page
