"""Puts what is open into words: one letter for one person, in the person's language."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exchanges.models import Office
from people.languages import language_of
from people.models import User
from readiness.enums import DeclarationKind
from readiness.models import OpenRequirement
from reminders.enums import LetterKind
from reminders.places import fill
from reminders.texts import Words

Lines = Sequence[OpenRequirement]
JOINED = ("row__participant", "row__office", "row__placement", "row__programme", "row__host")
"""What `compose` reads of a line."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter as it is sent, and the language it is in."""

    subject: str
    text: str
    language: str


def compose(
    kind: LetterKind,
    lines: Lines,
    *,
    names: Mapping[str, str],
    words: Words,
    by: User | None,
    at: dt.datetime,
) -> Composed:
    """The letter about these lines, which are one person's, soonest first.

    Args:
        names: what is asked, by key, in the person's language.
        words: the office's own words, or ours.
    """
    row = lines[0].row
    language = language_of(row.participant)
    with translation.override(language):
        values = {
            "name": row.participant.called or row.participant.first_name or str(row.participant),
            "list": listed(lines, names=names, at=at),
            "link": link_to(lines[0]),
            "office": row.office.name,
            "sender": str(by or row.office.name),
        }
        subject, text = words(row.office, kind, language)
        return Composed(
            subject=fill(subject, values)[:300], text=fill(text, values) + "\n", language=language
        )


def sample(office: Office, kind: str, *, at: dt.datetime) -> dict[str, str]:
    """What a letter could say, in the language that is active: for looking at own words."""
    day = at.astimezone(office.time_zone).date() + dt.timedelta(days=3)
    due = date_format(day, "DATE_FORMAT")
    things = (DeclarationKind.PASSPORT.label, DeclarationKind.INSURANCE.label)
    lines = [_("- %(what)s: due by %(day)s") % {"what": one, "day": due} for one in things]
    is_queue = kind == LetterKind.SIGNING
    return {
        "name": "Ada",
        "list": signing_line(_("Interview"), "Grace Hopper", day) if is_queue else "\n".join(lines),
        "link": link_to_queue() if is_queue else f"{settings.WAGTAILADMIN_BASE_URL}/my/",
        "office": office.name,
        "sender": office.name,
    }


def signing_line(what: str, name: str, due_on: dt.date) -> str:
    """One sign-off that somebody waits for."""
    words = {"what": what, "name": name, "day": date_format(due_on, "DATE_FORMAT")}
    return _("- %(what)s: %(name)s, due by %(day)s") % words


def link_to_queue() -> str:
    """The page of sign-offs in the CMS."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('departures:sign_offs')}"


def link_to(line: OpenRequirement) -> str:
    """The person's own page of the exchange that it is about."""
    path = reverse("home:my_exchange", args=[line.row.placement.omobility_id])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def listed(lines: Lines, *, names: Mapping[str, str], at: dt.datetime) -> str:
    """One line for each thing; under its exchange where there are several."""
    rows = {line.row_id: line.row for line in lines}
    parts = []
    for pk, row in rows.items():
        own = [_in_words(line, names, at) for line in lines if line.row_id == pk]
        title = [f"{row.programme} – {row.host}:"] if len(rows) > 1 else []
        parts.append("\n".join([*title, *own]))
    return "\n\n".join(parts)


def _in_words(line: OpenRequirement, names: Mapping[str, str], at: dt.datetime) -> str:
    day = date_format(line.due_at.astimezone(line.row.office.time_zone).date(), "DATE_FORMAT")
    words = {"what": names.get(line.key, line.key), "day": day}
    if line.due_at <= at:
        return _("- %(what)s: was due by %(day)s") % words
    return _("- %(what)s: due by %(day)s") % words
