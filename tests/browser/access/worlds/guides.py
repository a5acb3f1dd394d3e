"""Guides in three layers: one overdue, one of a host with a long name; a fact behind an advice."""

import datetime as dt

from exchanges.models import Exchange
from tests.browser.access.worlds.names import LONG, UNBROKEN, World
from tests.factories.exchanges import ExchangeFactory
from tests.factories.modules import (
    CountryGuidePageFactory,
    GuidesPageFactory,
    InstitutionGuidePageFactory,
    advice,
    fact,
)


def write_guides(world: World, exchange: Exchange, *, at: dt.datetime) -> None:
    GuidesPageFactory.create()
    country = CountryGuidePageFactory.create(
        review_on=at.date(), answers=[fact("emergency", "Call 112."), fact("doctor", UNBROKEN)]
    )
    InstitutionGuidePageFactory.create(
        title=LONG,
        institution=exchange.host,
        kept_by=UNBROKEN,
        answers=[advice("doctor", "Room 7.")],
    )
    ends_on = at.date() + dt.timedelta(days=9)
    ExchangeFactory.create(host__name=UNBROKEN, start_date=at.date(), end_date=ends_on)
    world.addresses["country_guide"] = country.url
