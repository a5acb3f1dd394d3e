"""When people leave for an exchange: what the list shows, asked of their rows."""

import datetime as dt
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from exchanges.models.exchanges import ExchangeQuerySet
from readiness.overview import Rows


def by_departure(exchanges: ExchangeQuerySet, *, among: Rows, today: dt.date) -> ExchangeQuerySet:
    """In order of `leaves_on`, which is `ExchangeRow.departs_on` of those people."""
    people = among.filter(is_cancelled=False, exchange=OuterRef("pk"))
    here = people.order_by("departs_on").values("departs_on")
    found: Any = exchanges.annotate(
        leaves_on=Coalesce(
            Subquery(here.filter(departs_on__gte=today)[:1]), Subquery(here[:1]), F("start_date")
        )
    )
    ordered: ExchangeQuerySet = found.order_by("leaves_on", "code")
    return ordered


def leaving(ordered: Any, *, first: dt.date, last: dt.date = dt.date.max) -> ExchangeQuerySet:
    """Those of `by_departure` whose departure lies between these days."""
    found: ExchangeQuerySet = ordered.filter(leaves_on__range=(first, last))
    return found


def away(exchanges: ExchangeQuerySet, *, among: Rows, today: dt.date) -> ExchangeQuerySet:
    """Somebody has left, or leaves today, and is not back."""
    people = among.filter(is_cancelled=False, departs_on__lte=today, ends_on__gte=today)
    return exchanges.filter(pk__in=people.order_by().values("exchange"))


def over(exchanges: ExchangeQuerySet, *, among: Rows, today: dt.date) -> ExchangeQuerySet:
    """The stay of everybody has ended; where nobody is left, the exchange's own."""
    people = among.filter(is_cancelled=False).order_by()
    staying = people.filter(ends_on__gte=today).values("exchange")
    return exchanges.exclude(pk__in=staying).filter(
        Q(end_date__lt=today) | Q(pk__in=people.values("exchange"))
    )
