"""The e-mail addresses of chosen people, to write to them with one's own programme."""

import uuid
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exchanges.models import Exchange
from readiness import report
from readiness.shapes import PlacementReadiness
from readiness.views.coordinating import DEPARTURES, HOME, STYLES, CoordinatorOnly

LONGEST_LINK = 1800
"""Characters that every browser and e-mail programme takes in a mailto link."""


class AddressesView(CoordinatorOnly, WagtailAdminTemplateMixin, TemplateView):
    """Of ticked exchanges (`only`) those who are not ready; ticked people (`person`) all."""

    template_name = "readiness/desk/addresses.html"
    header_icon = "mail"
    page_title = _("E-mail addresses")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, DEPARTURES, {"url": "", "label": self.page_title}]

    def people(self) -> list[PlacementReadiness]:
        people = uuids(self.request.GET.getlist("person"))
        if people:
            among = self.own_placements.filter(omobility_id__in=people)
            exchanges = Exchange.objects.filter(pk__in=among.values("exchange"))
        else:
            among = self.own_placements
            exchanges = Exchange.objects.filter(
                uuid__in=uuids(self.request.GET.getlist("only")), pk__in=among.values("exchange")
            )
        folded = report.build_many(list(exchanges), as_of=timezone.now(), among=among)
        return [one for found in folded for one in found.active if people or not one.is_ready]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = self.people()
        addresses = sorted({one.participant_email for one in people})
        return super().get_context_data(
            people=people,
            addresses=addresses,
            link=mail_link(addresses),
            media=STYLES,
            **kwargs,
        )


def mail_link(addresses: Iterable[str]) -> str:
    """Opens a letter to all of them, unseen by each other; empty where they are too many."""
    link = f"mailto:?bcc={quote(','.join(addresses), safe='@,')}"
    return link if len(link) <= LONGEST_LINK else ""


def uuids(words: Iterable[str]) -> list[uuid.UUID]:
    """Those of the words that are UUIDs."""
    found = []
    for word in words:
        try:
            found.append(uuid.UUID(word))
        except ValueError:
            continue
    return found
