"""The links by which a host sees who comes, for the page of the exchange."""

from typing import Any

from django import template
from django.db.models import Q
from django.utils import timezone

from exchanges.models import Exchange
from readiness.models import PartnerLink

register = template.Library()


@register.inclusion_tag("readiness/partners/of_exchange.html", takes_context=True)
def partner_links(context: Any, exchange: Any) -> dict[str, Any]:
    """The reader's links about this exchange, and those about everybody who goes to its host."""
    hosts = Exchange.objects.filter(pk=exchange.id).values("host")
    own = PartnerLink.objects.coordinated_by(context["request"].user)
    found = own.filter(Q(exchange=exchange.id) | Q(exchange=None, host__in=hosts))
    return {
        "exchange": exchange,
        "links": found.with_standing(timezone.now()).with_visits().select_related("created_by"),
    }
