"""Links for partners: who may make one, what is kept of it, and when it opens nothing."""

import datetime as dt
import hashlib
import re
from typing import Any

import pytest
from django.db import IntegrityError, connection

from exchanges.models import Placement
from jobs.models import OutgoingMail
from jobs.sending import send_due
from people.models import User
from readiness import sharing
from readiness.errors import NotAllowedError, PastDateError, TooLongError
from readiness.models import PartnerLink, PartnerVisit
from tests.factories.exchanges import ExchangeFactory, OfficeFactory
from tests.factories.partners import TOKEN, PartnerLinkFactory
from tests.factories.people import CoordinatorFactory
from tests.readiness.moments import JANUARY

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def share(placement: Placement, by: User, **changes: Any) -> sharing.Shared:
    wanted = {
        "host": placement.exchange.host,
        "exchange": placement.exchange,
        "office": placement.office,
        "label": "Dr Lind",
        "until": JANUARY + 30 * DAY,
        "by": by,
        "at": JANUARY,
        "link_to": lambda token: f"https://sojourn.example/partner/{token}/",
    }
    return sharing.share(**wanted | changes)


def test_only_the_hash_of_a_token_of_256_bits_is_kept(
    placement: Placement, office_coordinator: User
) -> None:
    shared = share(placement, office_coordinator)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM readiness_partnerlink")
        kept = str(cursor.fetchall())

    assert len(shared.token) >= 43
    assert shared.token not in kept
    assert hashlib.sha256(shared.token.encode()).hexdigest() in kept
    assert share(placement, office_coordinator).token != shared.token


def test_whoever_does_not_answer_for_the_office_makes_and_revokes_nothing(
    placement: Placement, observer: User
) -> None:
    placement.office.observers.add(observer)
    link = PartnerLinkFactory.create(office=placement.office)
    for somebody in (observer, CoordinatorFactory.create(), placement.participant):
        with pytest.raises(NotAllowedError):
            share(placement, somebody)
        with pytest.raises(NotAllowedError):
            sharing.revoke(link=link, by=somebody, at=JANUARY)

    assert not PartnerLink.objects.exclude(pk=link.pk).exists()
    link.refresh_from_db()
    assert link.revoked_at is None


def test_an_office_above_ones_own_is_not_ones_own(placement: Placement) -> None:
    below = OfficeFactory.create(parent=placement.office)
    coordinator = CoordinatorFactory.create()
    below.memberships.create(user=coordinator)

    with pytest.raises(NotAllowedError):
        share(placement, coordinator)
    assert share(placement, coordinator, office=below).link.office == below


def test_a_link_is_for_the_host_that_the_exchange_goes_to(
    placement: Placement, office_coordinator: User
) -> None:
    with pytest.raises(NotAllowedError):
        share(placement, office_coordinator, exchange=ExchangeFactory.create())


def test_a_link_works_for_a_while_and_not_for_ever(
    placement: Placement, office_coordinator: User
) -> None:
    with pytest.raises(PastDateError):
        share(placement, office_coordinator, until=JANUARY)
    with pytest.raises(TooLongError):
        share(placement, office_coordinator, until=JANUARY + 401 * DAY)
    with pytest.raises(IntegrityError):
        PartnerLinkFactory.create(expires_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))


def test_a_token_opens_its_link_until_it_is_over(
    placement: Placement, office_coordinator: User
) -> None:
    shared = share(placement, office_coordinator)
    until = shared.link.expires_at

    assert sharing.open_with(shared.token, at=until - DAY) == shared.link
    assert sharing.open_with(shared.token, at=until) is None
    assert sharing.open_with(shared.token[:-1], at=JANUARY) is None
    assert sharing.open_with(shared.link.token_hash, at=JANUARY) is None


def test_a_revoked_link_opens_nothing_and_says_who_revoked_it(
    office_coordinator: User, placement: Placement
) -> None:
    link = PartnerLinkFactory.create(office=placement.office)
    sharing.revoke(link=link, by=office_coordinator, at=JANUARY)
    sharing.revoke(link=link, by=office_coordinator, at=JANUARY + DAY)

    link.refresh_from_db()
    assert (link.revoked_at, link.revoked_by) == (JANUARY, office_coordinator)
    assert sharing.open_with(TOKEN, at=JANUARY) is None
    with pytest.raises(IntegrityError):
        PartnerLink.objects.update(revoked_by=None)


def test_each_opening_is_written_down_by_its_time_alone() -> None:
    link = PartnerLinkFactory.create()
    for moment in (JANUARY, JANUARY + DAY):
        sharing.open_with(TOKEN, at=moment)
    sharing.open_with("guessed", at=JANUARY)

    assert [visit.at for visit in link.visits.all()] == [JANUARY + DAY, JANUARY]
    assert {field.name for field in PartnerVisit._meta.get_fields()} == {"id", "link", "at"}


def test_a_letter_brings_the_link_and_its_words_are_forgotten(
    placement: Placement, office_coordinator: User, mailoutbox: list[Any]
) -> None:
    shared = share(placement, office_coordinator, email="lind@host.example", language="es")
    waiting = OutgoingMail.objects.get()
    send_due(at=JANUARY)
    sent = OutgoingMail.objects.get()

    assert (waiting.to, waiting.is_secret) == ("lind@host.example", True)
    assert shared.token in mailoutbox[0].body
    assert re.search(r"https://sojourn\.example/partner/\S+/", mailoutbox[0].body)
    assert sent.sent_at is not None
    assert sent.text == ""


def test_without_an_address_no_letter_is_written(
    placement: Placement, office_coordinator: User
) -> None:
    share(placement, office_coordinator)

    assert not OutgoingMail.objects.exists()


def test_a_link_says_what_it_is() -> None:
    link = PartnerLinkFactory.create(label="Dr Lind")
    sharing.open_with(TOKEN, at=JANUARY)

    assert str(link) == f"Dr Lind ({link.host})"
    assert str(link.visits.get()) == f"{link.pk}: 2027-01-15 12:00"
    assert link.shows == str(link.exchange)
