"""Sends invitations by mail, each in the language of the person it goes to."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import structlog
from allauth.account.adapter import get_adapter
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone, translation

from people.invitations import Letter
from people.languages import language_of

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why somebody is invited: the exchange, and the office that answers for it."""

    office: str
    exchange: str
    leaves_on: dt.date


def send(
    letters: Iterable[Letter],
    *,
    link_to: Callable[[str], str],
    occasions: Mapping[int, Occasion],
) -> list[Letter]:
    """Send the letters through one connection; return those that did not get away.

    Args:
        letters: what `people.invitations.write` has written.
        link_to: makes the address of the page out of a token.
        occasions: why, for each user's pk that has a reason.
    """
    stayed = []
    with mail.get_connection(fail_silently=True) as connection:
        for letter in letters:
            message = compose(letter, link=link_to(letter.token), why=occasions.get(_whom(letter)))
            message.connection = connection
            if message.send(fail_silently=True) != 1:
                stayed.append(letter)
    if stayed:
        logger.error("invitations_not_sent", letters=len(stayed))
    return stayed


def _whom(letter: Letter) -> int:
    return letter.invitation.user_id


def compose(letter: Letter, *, link: str, why: Occasion | None) -> EmailMessage:
    invitation = letter.invitation
    user = invitation.user
    context = {
        "user": user,
        "by": invitation.invited_by,
        "why": why,
        "link": link,
        "until": invitation.until,
    }
    with translation.override(language_of(user)), timezone.override(user.time_zone):
        message: EmailMessage = get_adapter().render_mail(
            "people/email/invitation", invitation.email, context
        )
    return message
