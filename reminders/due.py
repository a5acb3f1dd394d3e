"""What people are to be told now: open, their own turn, and not told yet at this step.

Asks what is due and not yet told, never what is due in exactly so many days, so that a
day on which nothing ran is made up for.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, SmallIntegerField, Value, When

from people.models import User
from readiness.holding import holds
from readiness.models import OpenRequirement
from readiness.verdicts import Turn
from reminders.enums import REMINDING
from reminders.models import LetterWishes, Message, Pause, Reminder
from reminders.timing import Plan, reach

BETWEEN = dt.timedelta(hours=24)
"""Nobody gets two reminders within so long."""

Lines = QuerySet[OpenRequirement]


def open_now(*, asked: str, at: dt.datetime) -> Lines:
    """What is the participants' own turn before they leave, by rows that hold.

    Args:
        asked: the fingerprint of what is asked now (`readiness.states.fingerprint`).
        at: the moment.
    """
    return OpenRequirement.objects.filter(
        holds(asked=asked, at=at, through="row__"),
        blocks=True,
        turn=Turn.PARTICIPANT.value,
        open_from__lte=at,
        row__is_cancelled=False,
        row__leaves_at__gt=at,
        row__participant__is_active=True,
    )


def rested(lines: Lines, *, at: dt.datetime) -> Lines:
    """Without people who had a letter within the last day."""
    fresh = Message.objects.filter(
        kind__in=REMINDING, person=OuterRef("row__participant"), posted_at__gt=at - BETWEEN
    )
    return lines.exclude(Exists(fresh))


def due(lines: Lines, *, plans: Mapping[Plan, Sequence[int]], at: dt.datetime) -> Lines:
    """Those of the lines that the clock tells now, each with the `step` that it has reached."""
    zones = _zones()
    awake, steps = Q(pk__in=[]), []
    for plan, offices in plans.items():
        if plan.is_paused or not plan.steps:
            continue
        own = Q(row__office__in=offices)
        up = [zone for zone in zones if plan.is_awake(at, zone)]
        awake |= own & Q(row__participant__time_zone__in=up)
        steps += [
            When(own & Q(due_at__lte=at + reach(step)), then=Value(step)) for step in plan.steps
        ]
    step = Case(*steps, default=None, output_field=SmallIntegerField())
    told = Reminder.objects.filter(
        placement=OuterRef("row"),
        requirement_key=OuterRef("key"),
        due_at=OuterRef("due_at"),
        step=OuterRef("step"),
    )
    paused = Pause.objects.filter(placement=OuterRef("row"), ended_at=None)
    found = lines.filter(awake).annotate(step=step).filter(step__isnull=False)
    unwilling = LetterWishes.objects.filter(user=OuterRef("row__participant"), before_due=False)
    willing = found.exclude(Exists(unwilling), step__gte=0)
    return willing.exclude(Exists(told)).exclude(Exists(paused))


def _zones() -> list[dt.tzinfo]:
    people = User.objects.filter(is_active=True).order_by()
    return [zone for (zone,) in people.values_list("time_zone").distinct()]
