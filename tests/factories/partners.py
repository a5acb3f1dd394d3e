import datetime as dt

import factory

from readiness.models import PartnerLink
from readiness.sharing import hash_of
from tests.factories.exchanges import ExchangeFactory, OfficeFactory
from tests.factories.people import CoordinatorFactory

TOKEN = "the-token-of-the-tests"


class PartnerLinkFactory(factory.django.DjangoModelFactory[PartnerLink]):
    """A link for one exchange that works until 2099; its token is `token`."""

    class Meta:
        model = PartnerLink
        exclude = ("token",)

    token = TOKEN
    exchange = factory.SubFactory(ExchangeFactory)
    host = factory.LazyAttribute(lambda link: link.exchange.host)
    office = factory.SubFactory(OfficeFactory)
    label = "Dr Lind"
    token_hash = factory.LazyAttribute(lambda link: hash_of(link.token))
    created_by = factory.SubFactory(CoordinatorFactory)
    created_at = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    expires_at = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
