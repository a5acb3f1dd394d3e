"""Links by which a host sees who comes and whether they are ready: made, revoked, opened."""

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from exchanges.models import Exchange, Institution, Office
from exchanges.visibility import answers_for
from jobs.posting import Letter, post
from people.models import User
from readiness.enums import LinkStanding
from readiness.errors import NotAllowedError, PastDateError, TooLongError
from readiness.models import PartnerLink, PartnerVisit

TOKEN_BYTES = 32
LONGEST = dt.timedelta(days=400)
"""A link works for little more than a year at most; then somebody makes a new one."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A link that was made, with the token that nobody will know again."""

    link: PartnerLink
    token: str


def share(
    *,
    host: Institution,
    office: Office,
    label: str,
    until: dt.datetime,
    by: User,
    at: dt.datetime,
    link_to: Callable[[str], str],
    exchange: Exchange | None = None,
    email: str = "",
    language: str = "",
) -> Shared:
    """Make a link that shows the office's people (and those of offices below) to the host.

    With an `email` a letter with the link is put into the outbox, which forgets the words
    once it is sent.

    Args:
        link_to: makes the address of the page out of a token.
        language: that of the letter; the site's own if empty.

    Raises:
        NotAllowedError: `by` does not answer for the office, or the exchange goes elsewhere.
        PastDateError: `until` is over.
        TooLongError: `until` is further away than `LONGEST`.
    """
    _check(host=host, exchange=exchange, office=office, by=by)
    _check_term(until, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        link = PartnerLink.objects.create(
            host=host, exchange=exchange, office=office, label=label, email=email,
            token_hash=hash_of(token), created_by=by, created_at=at, expires_at=until,
        )  # fmt: skip
        if email:
            post([_letter(link, link_to(token), language or settings.LANGUAGE_CODE)], at=at)
    return Shared(link, token)


def _check(*, host: Institution, exchange: Exchange | None, office: Office, by: User) -> None:
    if not Office.objects.filter(answers_for(by), pk=office.pk).exists():
        raise NotAllowedError
    if exchange is not None and exchange.host_id != host.pk:
        raise NotAllowedError


def _check_term(until: dt.datetime, *, at: dt.datetime) -> None:
    if until <= at:
        raise PastDateError
    if until - at > LONGEST:
        raise TooLongError


def _letter(link: PartnerLink, address: str, language: str) -> Letter:
    with translation.override(language), timezone.override(link.office.time_zone):
        subject = _("Who comes to you from %(institution)s, and who is ready") % {
            "institution": link.office.institution
        }
        text = render_to_string(
            "readiness/email/partner_link.txt", {"link": link, "address": address}
        )
    return Letter(
        key=f"partner-link:{link.pk}", to=link.email, subject=subject, text=text, is_secret=True
    )


def revoke(*, link: PartnerLink, by: User, at: dt.datetime) -> None:
    """Make the link open nothing from now on; a second time changes nothing.

    Raises:
        NotAllowedError: `by` does not answer for the office whose people it shows.
    """
    if not PartnerLink.objects.coordinated_by(by).filter(pk=link.pk).exists():
        raise NotAllowedError
    PartnerLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at, revoked_by=by)


def hash_of(token: str) -> str:
    """256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_with(token: str, *, at: dt.datetime) -> PartnerLink | None:
    """The link that the token opens, with the visit written down; None if it opens nothing.

    The token's hash is looked up, so that the time it takes tells nothing about a token.
    """
    wanted = hash_of(token)
    found = PartnerLink.objects.with_standing(at).select_related(
        "host", "office__institution", "exchange__host", "exchange__programme"
    )
    link = found.filter(token_hash=wanted).first()
    if link is None or not hmac.compare_digest(link.token_hash, wanted):
        return None
    if link.standing != LinkStanding.OPEN:
        return None
    PartnerVisit.objects.create(link=link, at=at)
    return link
