"""What the coordinator looks at: departures by week, and where people get stuck."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charts.rows import Row, Rows
from charts.stacks import Column, Stacks
from readiness.exchange_rows import ExchangeRow
from readiness.lines import RequirementLine
from readiness.shapes import ExchangeReadiness, Missing
from readiness.verdicts import Turn
from readiness.wording import TURN_LABELS

WEEKS_IN_A_ROW = 60
MOST_STUCK = 4

Address = Callable[[str], str]
Counted = ExchangeReadiness | ExchangeRow


@dataclass(frozen=True, slots=True)
class Week:
    """People who leave home in the week that starts on this Monday."""

    starts_on: dt.date
    ready: int
    not_ready: int

    @property
    def total(self) -> int:
        return self.ready + self.not_ready


def week_of(day: dt.date) -> dt.date:
    """The Monday of its week."""
    return day - dt.timedelta(days=day.weekday())


def weeks(reports: Iterable[Counted], *, since: dt.date | None = None) -> tuple[Week, ...]:
    """Weeks in order, empty ones between included unless the span is very long.

    Who left before `since` is not counted.
    """
    ready: Counter[dt.date] = Counter()
    not_ready: Counter[dt.date] = Counter()
    for report in reports:
        for one in report.active:
            if since is None or one.departs_on >= since:
                (ready if one.is_ready else not_ready)[week_of(one.departs_on)] += 1
    return in_a_row(ready, not_ready)


def in_a_row(ready: Mapping[dt.date, int], not_ready: Mapping[dt.date, int]) -> tuple[Week, ...]:
    """The weeks of these Mondays in order, empty ones between unless the span is very long."""
    found = sorted({*ready, *not_ready})
    if found and (found[-1] - found[0]).days // 7 < WEEKS_IN_A_ROW:
        span = (found[-1] - found[0]).days // 7
        found = [found[0] + dt.timedelta(weeks=number) for number in range(span + 1)]
    return tuple(Week(day, ready.get(day, 0), not_ready.get(day, 0)) for day in found)


def by_week(some: Sequence[Week], *, address: Address, chosen: dt.date | None = None) -> Stacks:
    """The picture of these weeks; `address` says where each leads, by its Monday."""
    return Stacks(
        name="departures-by-week",
        title=_("Departures by week"),
        about=_about(some),
        head=_("Week of"),
        parts=(_("Ready"), _("Not ready")),
        columns=tuple(_column(week, address, chosen) for week in some),
    )


def _column(week: Week, address: Address, chosen: dt.date | None) -> Column:
    day = date_format(week.starts_on, "DATE_FORMAT")
    return Column(
        label=day,
        short=date_format(week.starts_on, "j M"),
        parts=(week.ready, week.not_ready),
        words=_("Week of %(day)s: %(ready)s ready, %(open)s not ready")
        % {"day": day, "ready": week.ready, "open": week.not_ready},
        url=address(week.starts_on.isoformat()) if week.total else "",
        is_chosen=week.starts_on == chosen,
    )


def _about(some: Sequence[Week]) -> str:
    total = sum(week.total for week in some)
    ready = sum(week.ready for week in some)
    return ngettext(
        "%(ready)s of %(total)s person who leaves is ready.",
        "%(ready)s of %(total)s people who leave are ready.",
        total,
    ) % {"ready": ready, "total": total}


def added_up(reports: Iterable[Counted]) -> tuple[Missing, ...]:
    """What is missing on all these exchanges together, most often missing first."""
    lines: dict[str, RequirementLine] = {}
    turns: dict[str, Counter[Turn]] = {}
    for report in reports:
        for missing in report.missing:
            lines[missing.requirement.key] = missing.requirement
            turns.setdefault(missing.requirement.key, Counter()).update(dict(missing.by_turn))
    found = [
        Missing(lines[key], counts.total(), tuple(sorted(counts.items())))
        for key, counts in turns.items()
    ]
    return tuple(sorted(found, key=lambda missing: (-missing.count, missing.requirement.name)))


def stuck(
    some: Sequence[Missing], *, address: Address, chosen: str = "", most: int = MOST_STUCK
) -> Rows:
    """What is missing most, as bars; `address` says where each leads, by its key."""
    return Rows(
        name="stuck",
        title=_("Where people get stuck"),
        head=_("Not done yet"),
        unit=_("People"),
        rows=tuple(
            Row(
                label=one.requirement.name,
                value=one.count,
                note=_note(one),
                url=address(one.requirement.key),
                is_chosen=one.requirement.key == chosen,
            )
            for place, one in enumerate(some)
            if place < most or one.requirement.key == chosen
        ),
    )


def _note(one: Missing) -> str:
    """The kind; and for how many it is not their own turn but somebody else's."""
    others = [(turn, count) for turn, count in one.by_turn if turn != Turn.PARTICIPANT]
    waiting = [
        _("%(turn)s: %(count)s") % {"turn": TURN_LABELS[turn], "count": count}
        for turn, count in others
    ]
    return "; ".join([one.requirement.kind_label, *waiting])
