"""How one person sits a quiz: its terms, with what was granted to that person.

Plain Python, no Django: moments are arguments.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from quizzes.terms import CLOSED, DURING, GRACE, REVIEWED, SUBMITTED, Bound, Terms

DEPARTS, STARTS, ENDS = "departs", "starts", "ends"


@dataclass(frozen=True)
class Journey:
    """The dates of the exchange that a person prepares, and where its days begin."""

    departs_on: dt.date
    starts_on: dt.date
    ends_on: dt.date
    time_zone: dt.tzinfo = dt.UTC

    def day(self, event: str) -> dt.date:
        return {DEPARTS: self.departs_on, STARTS: self.starts_on, ENDS: self.ends_on}[event]


@dataclass(frozen=True)
class Allowance:
    """What was granted to a person for a quiz, all grants together."""

    time_factor: Decimal = Decimal(1)
    extra_attempts: int = 0
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None


def together(allowances: Iterable[Allowance]) -> Allowance:
    """Return one allowance in which of each grant the most generous holds."""
    every = list(allowances)
    opens = [one.opens_at for one in every if one.opens_at]
    closes = [one.closes_at for one in every if one.closes_at]
    return Allowance(
        time_factor=max((one.time_factor for one in every), default=Decimal(1)),
        extra_attempts=max((one.extra_attempts for one in every), default=0),
        opens_at=min(opens, default=None),
        closes_at=max(closes, default=None),
    )


@dataclass(frozen=True)
class Conditions:
    """The terms as they hold for one person.

    A bound that follows the exchange of somebody without one does not hold: nobody is
    kept from learning because a date is missing.
    """

    terms: Terms
    max_attempts: int | None = None
    allowance: Allowance = field(default_factory=Allowance)
    journey: Journey | None = None

    @property
    def attempts_allowed(self) -> int | None:
        if self.max_attempts is None:
            return None
        return self.max_attempts + self.allowance.extra_attempts

    @property
    def plain_limit(self) -> dt.timedelta | None:
        """The time that everybody has."""
        limit = self.terms.time_limit
        return None if limit is None else dt.timedelta(minutes=limit)

    @property
    def limit(self) -> dt.timedelta | None:
        """The time that this person has."""
        plain = self.plain_limit
        if plain is None:
            return None
        seconds = int(plain.total_seconds()) * self.allowance.time_factor
        return dt.timedelta(seconds=round(seconds))

    @property
    def extra(self) -> dt.timedelta:
        return (self.limit or dt.timedelta()) - (self.plain_limit or dt.timedelta())

    @property
    def opens(self) -> dt.datetime | None:
        plain = self._moment(self.terms.opens, dt.time.min)
        moved = self.allowance.opens_at
        return min(plain, moved) if plain and moved else plain

    @property
    def plain_close(self) -> dt.datetime | None:
        return self._moment(self.terms.closes, dt.time.max)

    @property
    def closes(self) -> dt.datetime | None:
        """When the quiz closes for this person: extra time moves the close, too."""
        plain = self.plain_close
        if plain is None:
            return None
        later = plain + self.extra
        return max(later, self.allowance.closes_at or later)

    def deadline(self, started_at: dt.datetime) -> dt.datetime | None:
        """Return by when an attempt that starts then has to be handed in; None: at any time."""
        ends = [started_at + self.limit] if self.limit is not None else []
        return min([*ends, self.closes] if self.closes else ends, default=None)

    def clock_acts_at(self, deadline: dt.datetime | None) -> dt.datetime | None:
        """Return when an attempt with that deadline is closed without its participant."""
        if deadline is None:
            return None
        return deadline + dt.timedelta(seconds=self.terms.grace_seconds)

    def abandoned_at(self, deadline: dt.datetime) -> dt.datetime:
        """Return until when an overdue attempt can still be handed in."""
        minutes = self.terms.overdue_minutes if self.terms.at_deadline == GRACE else 0
        return deadline + dt.timedelta(minutes=minutes)

    def visible(self, *, handed_in: bool, at: dt.datetime) -> frozenset[str]:
        """Return what may be seen of an attempt: score, answers, keys, feedback."""
        moments = {DURING}
        if handed_in:
            moments.add(SUBMITTED)
        if handed_in and self.closes and at >= self.closes:
            moments.add(CLOSED)
        review = self.terms.review
        return frozenset(name for name in REVIEWED if getattr(review, name) in moments)

    def result_counts_from(self) -> dt.datetime | None:
        """Return until when the result is held back; None if it is not."""
        return self.closes if self.terms.review.score == CLOSED else None

    def _moment(self, bound: Bound, time: dt.time) -> dt.datetime | None:
        if bound.at or not bound.event:
            return bound.at
        if self.journey is None:
            return None
        day = self.journey.day(bound.event) + dt.timedelta(days=bound.days)
        return dt.datetime.combine(day, time, tzinfo=self.journey.time_zone)
