"""Tells each coordinator once a week who leaves soon and is not ready, and whose turn it is."""

import datetime as dt
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from people.languages import language_of
from people.models import User
from people.roles import COORDINATE
from readiness import overview
from readiness.figures import Deadline
from readiness.people_shown import SHOWN, names_asked, people
from reminders.enums import LetterKind
from reminders.models import LetterWishes, Message
from reminders.sending import send
from reminders.timing import USUAL

AHEAD = dt.timedelta(days=28)
LISTED = 40
"""People whom a letter names; the others stand behind its link."""
AT_ONCE = 20
"""Coordinators who are written to in one run."""


def report_weekly(*, at: dt.datetime) -> int:
    """Write to coordinators who have had no report this week; a job of `settings.PERIODIC_JOBS`.

    From Monday on, when it is day where they are: a Monday on which nothing ran is made
    up for. Who has nobody to hear of gets none. Returns the number of letters.
    """
    sent = 0
    for one in _waiting(at):
        sent += _report(one, at=at)
        if sent >= AT_ONCE:
            break
    return sent


def coordinators() -> Iterator[User]:
    """Those who answer for an office and want the report."""
    unwilling = LetterWishes.objects.filter(weekly_report=False).values("user")
    may = Permission.objects.filter(
        content_type__app_label="people", codename=COORDINATE.partition(".")[2]
    )
    found = User.objects.filter(
        Q(groups__permissions__in=may) | Q(user_permissions__in=may) | Q(is_superuser=True),
        is_active=True,
        office_memberships__isnull=False,
    )
    yield from found.exclude(pk__in=unwilling).distinct().order_by("pk")


def key_of(user: User, at: dt.datetime) -> str:
    year, week, _day = at.astimezone(user.time_zone).isocalendar()
    return f"weekly:{user.uuid}:{year}-W{week:02}"


def _waiting(at: dt.datetime) -> list[User]:
    everybody = {
        key_of(one, at): one for one in coordinators() if USUAL.is_awake(at, one.time_zone)
    }
    known = set(Message.objects.filter(key__in=everybody).values_list("key", flat=True))
    return [one for key, one in everybody.items() if key not in known]


def leaving_unready(user: User, *, at: dt.datetime) -> overview.Rows:
    """Own people who leave within four weeks and are not ready."""
    today = at.astimezone(user.time_zone).date()
    rows = overview.rows_of(user).filter(
        overview.in_state("not_ready", at), departs_on__range=(today, today + AHEAD)
    )
    return rows.order_by("departs_on", "placement")


def late_later(user: User, *, at: dt.datetime) -> overview.Rows:
    """Own people who leave after that, and for whom something is overdue already."""
    day = at.astimezone(user.time_zone).date() + AHEAD
    late = overview.in_state("not_ready", at) & overview.at_deadline(Deadline.LATE, at)
    return overview.rows_of(user).filter(late, departs_on__gt=day)


def _report(user: User, *, at: dt.datetime) -> int:
    language = language_of(user)
    with translation.override(language), timezone.override(user.time_zone):
        message = _message(user, language, at=at)
    return int(message is not None and send(message=message, to=user, at=at))


def _message(user: User, language: str, *, at: dt.datetime) -> Message | None:
    rows = leaving_unready(user, at=at)
    total = rows.count()
    later = late_later(user, at=at).count()
    if not total and not later:
        return None
    shown = people(rows.select_related(*SHOWN)[:LISTED], names=names_asked(at), as_of=at)
    context: Mapping[str, object] = {
        "person": user,
        "people": shown,
        "total": total,
        "later": later,
        "late_link": _address(window="", state="", deadline="late"),
        "more": total - len(shown),
        "link": _address(),
        "file": _address(export="csv"),
        "profile": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('home:profile')}",
    }
    return Message(
        key=key_of(user, at),
        kind=LetterKind.WEEKLY,
        person=user,
        address=user.email,
        language=language,
        subject=_("Who leaves within four weeks and is not ready: %(count)s") % {"count": total},
        text=render_to_string("reminders/email/weekly.txt", context).strip() + "\n",
        posted_at=at,
    )


def _address(**more: str) -> str:
    asked = {"window": "28", "state": "not_ready"} | more
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('departures:people')}?{query}"
