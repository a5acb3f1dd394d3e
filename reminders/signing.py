"""Tells people who sign off what waits for them: one letter a week at most."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import ngettext

from exchanges.models import Office
from people.languages import language_of
from people.models import User
from people.roles import COORDINATE, TEACH
from readiness.demands import Demands, demands
from readiness.signing_queue import SHOWN, Waiting, lines_waiting, waiting
from reminders.enums import LetterKind
from reminders.letters import link_to_queue, signing_line
from reminders.models import LetterWishes, Message
from reminders.places import fill
from reminders.planning import upward
from reminders.sending import send
from reminders.texts import Words, ours, words_of_offices
from reminders.timing import USUAL

BETWEEN = dt.timedelta(days=7)
"""Nobody gets two of these letters within so long."""
LISTED = 40
"""Sign-offs that a letter names; the others stand behind its link."""
AT_ONCE = 20
"""People who are written to in one run."""


def tell_signers(*, at: dt.datetime) -> int:
    """Write to those for whom a sign-off waits; a job of `settings.PERIODIC_JOBS`.

    By day where they are, a week after the last such letter. Returns the number of letters.
    """
    asked, words, sent = demands(as_of=at), words_of_offices(), 0
    for one in _rested(at):
        sent += _tell(one, asked, words, at=at)
        if sent >= AT_ONCE:
            break
    return sent


def signers() -> Iterator[User]:
    """Those who have a role that signs off, and want to be told.

    A superuser has every permission, and is one of them only as a member of an office.
    """
    unwilling = LetterWishes.objects.filter(sign_offs=False).values("user")
    may = Permission.objects.filter(
        content_type__app_label="people",
        codename__in=[role.partition(".")[2] for role in (TEACH, COORDINATE)],
    )
    found = User.objects.filter(
        Q(groups__permissions__in=may)
        | Q(user_permissions__in=may)
        | Q(is_superuser=True, office_memberships__isnull=False),
        is_active=True,
    )
    yield from found.exclude(pk__in=unwilling).distinct().order_by("pk")


def _rested(at: dt.datetime) -> list[User]:
    told = Message.objects.filter(kind=LetterKind.SIGNING, posted_at__gt=at - BETWEEN)
    lately = set(told.values_list("person", flat=True))
    return [one for one in signers() if one.pk not in lately and USUAL.is_awake(at, one.time_zone)]


def _tell(user: User, asked: Demands, words: Words, *, at: dt.datetime) -> int:
    language = language_of(user)
    with translation.override(language), timezone.override(user.time_zone):
        message = _message(user, language, asked, words, at=at)
    return int(message is not None and send(message=message, to=user, at=at))


def _message(
    user: User, language: str, asked: Demands, words: Words, *, at: dt.datetime
) -> Message | None:
    lines, names = lines_waiting(user, at=at, asked_of_all=asked)
    total = lines.count()
    if not total:
        return None
    shown = waiting(lines.select_related(*SHOWN)[:LISTED], names, at=at)
    offices = lines.order_by().values_list("row__office__path", flat=True).distinct()
    office, named = _speaker(list(offices))
    kind = LetterKind.SIGNING
    subject, text = words(office, kind, language) if office else ours(None, kind, language)
    values = {
        "name": user.called or user.first_name or str(user),
        "list": _listed(shown, more=total - len(shown)),
        "link": link_to_queue(),
        "office": named,
        "sender": named,
    }
    year, week, _day = at.astimezone(user.time_zone).isocalendar()
    return Message(
        key=f"sign-offs:{user.uuid}:{year}-W{week:02}",
        kind=kind,
        person=user,
        address=user.email,
        language=language,
        subject=fill(subject, values)[:300],
        text=fill(text, values) + "\n",
        posted_at=at,
    )


def _speaker(paths: Sequence[str]) -> tuple[Office | None, str]:
    """The nearest office above everybody concerned, and the name that the letter ends with."""
    shared = (path for path in upward(paths[0]) if all(one.startswith(path) for one in paths))
    office = Office.objects.filter(path=next(shared, "")).first()
    if office:
        return office, office.name
    top = Office.objects.filter(path__in={path[: Office.steplen] for path in paths})
    return None, ", ".join(top.order_by("path").values_list("name", flat=True))


def _listed(shown: Sequence[Waiting], *, more: int) -> str:
    lines = [signing_line(one.asked.name, one.name, one.due_on) for one in shown]
    if more:
        lines.append(
            ngettext("and %(number)s more.", "and %(number)s more.", more) % {"number": more}
        )
    return "\n".join(lines)
