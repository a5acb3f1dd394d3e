"""Exchanges without guides, and guides to review: who sees which, and as a file."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import User
from tests.factories.exchanges import ExchangeFactory
from tests.factories.modules import (
    CountryGuidePageFactory,
    GuidesPageFactory,
    InstitutionGuidePageFactory,
)

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
TODAY = timezone.localdate()
COMING = {
    "start_date": TODAY + dt.timedelta(days=30),
    "end_date": TODAY + dt.timedelta(days=130),
}


def exchanges_shown(client: Client, **wishes: str) -> list[str]:
    html = client.get(reverse("guideless_report"), wishes).content.decode()
    return re.findall(r'data-exchange="([^"]+)"', html)


def guides_shown(client: Client, **wishes: str) -> list[int]:
    html = client.get(reverse("guides_report"), wishes).content.decode()
    return [int(key) for key in re.findall(r'data-guide="(\d+)"', html)]


def test_exchanges_without_a_guide_of_their_own_are_listed(
    trainer: User, signed_in: SignIn
) -> None:
    guide = InstitutionGuidePageFactory.create(institution__country="SE")
    CountryGuidePageFactory.create(country="SE")
    CountryGuidePageFactory.create(country="PL", title="Poland", live=False)
    ExchangeFactory.create(code="whole", host=guide.institution, **COMING)
    ExchangeFactory.create(code="no-host", host__country="SE", **COMING)
    ExchangeFactory.create(
        code="no-country", host=guide.institution, destination_country="PL", **COMING
    )
    ExchangeFactory.create(code="neither", host__country="PL", **COMING)
    ExchangeFactory.create(
        code="over", start_date=dt.date(2020, 1, 1), end_date=dt.date(2020, 5, 1)
    )
    client = signed_in(trainer)

    assert sorted(exchanges_shown(client)) == ["neither", "no-country", "no-host"]
    assert sorted(exchanges_shown(client, missing="country")) == ["neither", "no-country"]
    assert sorted(exchanges_shown(client, missing="institution")) == ["neither", "no-host"]
    assert exchanges_shown(client, missing="both") == ["neither"]


def test_guides_are_listed_from_the_day_of_their_review(trainer: User, signed_in: SignIn) -> None:
    index = GuidesPageFactory.create(review_on=TODAY + dt.timedelta(days=1))
    due = CountryGuidePageFactory.create(review_on=TODAY)
    undated = InstitutionGuidePageFactory.create()
    client = signed_in(trainer)

    assert guides_shown(client) == [undated.pk, due.pk]
    assert guides_shown(client, layer="country") == [due.pk]
    assert guides_shown(client, everything="true") == [undated.pk, due.pk, index.pk]


@pytest.mark.parametrize("name", ["guideless_report", "guides_report"])
def test_both_are_for_who_writes_pages(
    name: str, coordinator: User, trainer: User, signed_in: SignIn
) -> None:
    GuidesPageFactory.create()

    assert signed_in(coordinator).get(reverse(name)).status_code == 302
    assert signed_in(trainer).get(reverse(name)).status_code == 200
    assert reverse(name) in signed_in(trainer).get(reverse("wagtailadmin_home")).content.decode()


def test_both_leave_as_files(trainer: User, signed_in: SignIn) -> None:
    CountryGuidePageFactory.create(title="=Sum", reviewed_on=dt.date(2026, 2, 3))
    ExchangeFactory.create(programme__name="=Sum", host__country="PL", **COMING)
    client = signed_in(trainer)

    guides = b"".join(client.get(reverse("guides_report"), {"export": "csv"})).decode()
    exchanges = b"".join(client.get(reverse("guideless_report"), {"export": "csv"})).decode()

    assert guides.splitlines()[0] == "Title,Layer,Kept by,Last reviewed,Review by"
    assert "'=Sum" in guides
    assert exchanges.splitlines()[0] == (
        "Exchange,Stay starts,Country,Guide to the country,Guide to the host"
    )
    assert exchanges.splitlines()[1].startswith("\"'=Sum")
    assert exchanges.splitlines()[1].endswith("PL,missing,missing")


def test_queries_of_both_do_not_grow(
    trainer: User, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(trainer)
    GuidesPageFactory.create()
    for name in ("guideless_report", "guides_report"):
        for number in range(2):
            ExchangeFactory.create(host__country="PL", **COMING)
            InstitutionGuidePageFactory.create(title=f"{name} {number}")
        client.get(reverse(name))
        with django_assert_max_num_queries(100) as few:
            client.get(reverse(name))
        for number in range(2, 12):
            ExchangeFactory.create(host__country="PL", **COMING)
            InstitutionGuidePageFactory.create(title=f"{name} {number}")
        with django_assert_max_num_queries(len(few)):
            client.get(reverse(name))
