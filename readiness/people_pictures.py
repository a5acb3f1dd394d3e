"""What the overview's pictures show: weeks, where people get stuck, lead time, trend."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charts.distributions import Bin, Distribution
from charts.lines import Lines, Series
from readiness.lines import RequirementLine
from readiness.overview import Lead
from readiness.pictures import Week, in_a_row, week_of
from readiness.shapes import Missing
from readiness.verdicts import Turn

LEAD_EDGES = (0, 7, 14, 28, 56, 112)
TREND_WEEKS = tuple(range(12, -1, -1))


def weeks_of(days: Iterable[tuple[dt.date, int, int]]) -> tuple[Week, ...]:
    """Days of departure added up to weeks, empty ones between them included."""
    ready: Counter[dt.date] = Counter()
    not_ready: Counter[dt.date] = Counter()
    for day, ready_then, others in days:
        ready[week_of(day)] += ready_then
        not_ready[week_of(day)] += others
    return in_a_row(ready, not_ready)


def stuck_at(
    found: Iterable[tuple[str, str, int]], lines: Mapping[str, RequirementLine]
) -> tuple[Missing, ...]:
    """What is missing most, first; what nobody is asked any more is left out."""
    turns: dict[str, Counter[Turn]] = {}
    for key, turn, people in found:
        if key in lines:
            turns.setdefault(key, Counter())[Turn(turn)] += people
    return tuple(
        sorted(
            (
                Missing(lines[key], counts.total(), tuple(sorted(counts.items())))
                for key, counts in turns.items()
            ),
            key=lambda one: (-one.count, one.requirement.name),
        )
    )


def lead_time(leads: Iterable[Lead]) -> Distribution:
    """Days between being ready and leaving home, of those who are ready."""
    days = [max((one.leaves_at - one.ready_at).days, 0) for one in leads if one.ready_at]
    edges = [*LEAD_EDGES, max([LEAD_EDGES[-1] + 1, *(day + 1 for day in days)])]
    bins = [Bin(low, high, sum(low <= day < high for day in days)) for low, high in pairwise(edges)]
    return Distribution(
        name="lead-time",
        title=_("Lead time"),
        about=ngettext(
            "Days from being ready to leaving home, of %(count)s person.",
            "Days from being ready to leaving home, of %(count)s people.",
            len(days),
        )
        % {"count": len(days)},
        head=_("Days before departure"),
        unit=_("People"),
        bins=tuple(bins),
    )


def trend(leads: Iterable[Lead], terms: Sequence[str], *, now: dt.datetime) -> Lines:
    """How many in a hundred were ready so many weeks before leaving, for each term.

    Only people for whom that week has come are counted, so that a term that is still
    running can be held against the one before.
    """
    people: dict[str, Counter[int]] = {term: Counter() for term in terms}
    ready: dict[str, Counter[int]] = {term: Counter() for term in terms}
    for one in leads:
        if one.term not in people:
            continue
        for number in TREND_WEEKS:
            then = one.leaves_at - dt.timedelta(weeks=number)
            if then > now:
                break
            people[one.term][number] += 1
            ready[one.term][number] += one.ready_at is not None and one.ready_at <= then
    return Lines(
        name="trend",
        title=_("Ready before departure, by term"),
        about=_("Of those for whom that week has come, how many were ready then."),
        head=_("Weeks before departure"),
        labels=tuple(str(number) for number in TREND_WEEKS),
        series=tuple(
            Series(term, tuple(_share(ready[term], people[term], week) for week in TREND_WEEKS))
            for term in terms
        ),
        suffix="%",
    )


def _share(ready: Counter[int], people: Counter[int], week: int) -> float | None:
    return round(100 * ready[week] / people[week], 1) if people[week] else None
