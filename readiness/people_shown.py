"""One person of the overview as lists and files show them: a row, put into words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exchanges.country_names import country_name
from readiness import overview, states
from readiness.demands import demands
from readiness.figures import OFFICE_DAYS, Deadline, Figures, Progress, days_needed
from readiness.models import StateRow
from readiness.overview import Lack
from readiness.verdicts import PlacementState, Turn
from readiness.wording import STATE_LABELS, TURN_LABELS

SHOWN = ("placement", "participant", "exchange", "programme", "host", "office", "coordinator")

DEADLINE_LABELS = {
    Deadline.ON_TRACK: gettext_lazy("On track"),
    Deadline.AT_RISK: gettext_lazy("At risk"),
    Deadline.LATE: gettext_lazy("Late"),
}
PROGRESS_LABELS = {
    Progress.NOT_STARTED: gettext_lazy("Not started"),
    Progress.IN_PROGRESS: gettext_lazy("In progress"),
    Progress.COMPLETE: gettext_lazy("Complete"),
}


@dataclass(frozen=True)
class Person:
    """A row with what the person lacks, as of a moment. `names` tell what is asked by key.

    Days are those of the person's office, wherever the reader is.
    """

    row: StateRow
    lacks: Sequence[Lack]
    names: Mapping[str, str]
    as_of: dt.datetime

    @cached_property
    def figures(self) -> Figures:
        return states.figures_of(self.row)

    @property
    def name(self) -> str:
        return str(self.row.participant)

    @property
    def email(self) -> str:
        return self.row.participant.email

    @property
    def country_name(self) -> str:
        return country_name(self.row.country)

    @property
    def days_to_departure(self) -> int:
        return (self.row.departs_on - self._day(self.as_of)).days

    @cached_property
    def state(self) -> PlacementState:
        return self.figures.state(
            self.as_of, leaves_at=self.row.leaves_at, cancelled=self.row.is_cancelled
        )

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[self.state])

    @property
    def deadline(self) -> Deadline:
        return self.figures.deadline(self.as_of)

    @property
    def deadline_label(self) -> str:
        return str(DEADLINE_LABELS[self.deadline])

    @property
    def progress_label(self) -> str:
        return str(PROGRESS_LABELS[self.figures.progress(self.as_of)])

    @property
    def done(self) -> int:
        """Settled of what blocks; a waiver that has ended since does not count."""
        return self.row.required - len(self.lacks)

    @property
    def missing(self) -> list[str]:
        return [self.names.get(line.key, line.key) for line in self.lacks]

    @property
    def missing_in_words(self) -> str:
        return "; ".join(self.missing)

    @property
    def next_due(self) -> dt.date | None:
        return self._day(self.lacks[0].due_at) if self.lacks else None

    @property
    def turn_label(self) -> str:
        return turns_in_words(self.lacks)

    @property
    def why(self) -> str:
        """Why the person is late or at risk, in words; empty where neither is so."""
        if self.deadline == Deadline.ON_TRACK:
            return ""
        return self._why_late() if self.deadline == Deadline.LATE else self._why_at_risk()

    def _day(self, moment: dt.datetime) -> dt.date:
        return moment.astimezone(self.row.office.time_zone).date()

    def _why_late(self) -> str:
        if self.next_due is None:
            return ""
        day = date_format(self.next_due, "DATE_FORMAT")
        return _("Something was due by %(day)s and is still open.") % {"day": day}

    def _why_at_risk(self) -> str:
        own = [line for line in self.lacks if line.turn == Turn.PARTICIPANT.value]
        minutes = sum(line.minutes for line in own)
        needed = days_needed(minutes, self.figures.pace)
        first = self.lacks[0].due_at if self.lacks else self.row.leaves_at
        left = max((first - self.as_of).days, 0)
        found = [
            ngettext("%(days)s day is left.", "%(days)s days are left.", left) % {"days": left}
        ]
        if own:
            found.append(
                _(
                    "%(minutes)s minutes of work at %(pace)s minutes a day, as so far or as "
                    "usual, take %(needed)s days."
                )
                % {"minutes": minutes, "pace": round(self.figures.pace), "needed": needed}
            )
        if len(own) < len(self.lacks):
            found.append(
                _("Something waits for the office, which needs %(days)s days.")
                % {"days": OFFICE_DAYS}
            )
        return " ".join(found)


def turns_in_words(lacks: Sequence[Lack]) -> str:
    """Whose turn it is; both where both have something to do."""
    turns = {line.turn for line in lacks}
    named = [one for one in (Turn.PARTICIPANT, Turn.OFFICE) if one.value in turns]
    return ", ".join(str(TURN_LABELS[one]) for one in named)


def names_asked(as_of: dt.datetime) -> dict[str, str]:
    """What each requirement is called, by its key."""
    return {line.key: line.name for line in demands(as_of=as_of).all_lines()}


def people(
    rows: Iterable[StateRow], *, names: Mapping[str, str], as_of: dt.datetime
) -> list[Person]:
    """These rows put into words: one query for what they lack."""
    found = list(rows)
    lacks = overview.lacks_of([row.pk for row in found], as_of=as_of)
    return [Person(row, lacks[row.pk], names, as_of) for row in found]
