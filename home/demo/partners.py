"""A host that may see who comes: a link whose address is public, like the demo's password."""

import datetime as dt

from django.db.models import QuerySet

from exchanges.models import Office, Placement
from home.course.ledger import Ledger
from home.demo import accounts
from readiness.models import PartnerLink, PartnerVisit
from readiness.sharing import hash_of

TOKEN = "sojourn-demo-2026"  # noqa: S105  public: it is printed and documented.
LASTS = dt.timedelta(days=365)
OPENED_DAYS_AGO = (1, 6)


def load_partner_link(ledger: Ledger, *, at: dt.datetime) -> None:
    """Make the link of the student's host once: a site that has links keeps its own."""
    placement = _of_the_student().first()
    if placement is None or PartnerLink.objects.exists():
        return
    link = PartnerLink.objects.create(
        host=placement.exchange.host,
        office=Office.objects.get(code="international-office"),
        label="Incoming desk",
        token_hash=hash_of(TOKEN),
        created_by=accounts.person(accounts.COORDINATOR),
        created_at=at,
        expires_at=at + LASTS,
    )
    PartnerVisit.objects.bulk_create(
        PartnerVisit(link=link, at=at - dt.timedelta(days=days)) for days in OPENED_DAYS_AGO
    )
    ledger.made.append("partner link")


def _of_the_student() -> QuerySet[Placement]:
    own = Placement.objects.filter(participant__email=accounts.STUDENT.email)
    return own.select_related("exchange__host")


def line() -> str:
    """Return where the page of the link is."""
    return f"  a host's page  /partner/{TOKEN}/"
