"""The people of the overview as lines of a file: the words of the list, for very many."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from exchanges.country_names import country_name
from exchanges.enums import Audience
from library.cells import disarmed
from readiness import overview
from readiness.figures import Standing
from readiness.overview import Lack, Rows
from readiness.people_shown import DEADLINE_LABELS, PROGRESS_LABELS, turns_in_words
from readiness.wording import STATE_LABELS

CHUNK = 1000
Value = str | int | dt.date
Line = tuple[Value, ...]

HEADINGS = {
    "number": _("Number"),
    "name": _("Name"),
    "email": _("E-mail"),
    "audience": _("Participant is"),
    "office": _("Unit"),
    "programme": _("Programme"),
    "host": _("Host"),
    "country": _("Host country"),
    "term": _("Term"),
    "departs_on": _("Leaves home"),
    "days_to_departure": _("Days to departure"),
    "state": _("State"),
    "progress": _("Progress"),
    "deadline": _("Deadline"),
    "done": _("Done"),
    "required": _("Required"),
    "missing": _("Missing"),
    "turn": _("Whose turn"),
    "next_due": _("Next due"),
    "coordinator": _("Looked after by"),
}


class _Row(NamedTuple):
    """What is read of a row, in the order of `READ`."""

    pk: int
    first_name: str
    last_name: str
    email: str
    audience: str
    office: str
    time_zone: dt.tzinfo
    programme: str
    host: str
    country: str
    term: str
    departs_on: dt.date
    leaves_at: dt.datetime
    is_cancelled: bool
    required: int
    first_activity_at: dt.datetime | None
    unready_from: dt.datetime
    late_from: dt.datetime
    risk_from: dt.datetime
    coordinator_first_name: str | None
    coordinator_last_name: str | None
    coordinator_email: str | None


READ = (
    "pk", "participant__first_name", "participant__last_name", "participant__email", "audience",
    "office__name", "office__time_zone", "programme__name", "host__name", "country", "term",
    "departs_on", "leaves_at", "is_cancelled", "required", "first_activity_at", "unready_from",
    "late_from", "risk_from", "coordinator__first_name", "coordinator__last_name",
    "coordinator__email",
)  # fmt: skip


def lines(rows: Rows, *, names: Mapping[str, str], as_of: dt.datetime) -> Iterator[Line]:
    """One for each row, in the order of `HEADINGS`; memory does not grow with their number.

    `names` tell what is asked by its key. Text is disarmed (`library.cells.disarmed`).
    Two queries for each thousand, the rows' own is one.
    """
    write = _writer(names, as_of)
    coming = rows.values_list(*READ).iterator(chunk_size=CHUNK)
    while some := [_Row(*one) for one in islice(coming, CHUNK)]:
        lacks = overview.lacks_of([row.pk for row in some], as_of=as_of)
        for row in some:
            values = write(row, lacks[row.pk])
            yield tuple(map(disarmed, values))


def _writer(names: Mapping[str, str], as_of: dt.datetime) -> Callable[[_Row, list[Lack]], Line]:
    """Looks up words once for all lines."""
    audiences = {one.value: str(one.label) for one in Audience}
    states = {one: str(label) for one, label in STATE_LABELS.items()}
    deadlines = {one: str(label) for one, label in DEADLINE_LABELS.items()}
    progress = {one: str(label) for one, label in PROGRESS_LABELS.items()}

    def write(row: _Row, lacks: list[Lack]) -> Line:
        standing = Standing(row.first_activity_at, row.unready_from, row.late_from, row.risk_from)
        state = standing.state(as_of, leaves_at=row.leaves_at, cancelled=row.is_cancelled)
        return (
            row.pk,
            _name(row.first_name, row.last_name, row.email),
            row.email,
            audiences[row.audience],
            row.office,
            row.programme,
            row.host,
            country_name(row.country),
            row.term,
            row.departs_on,
            (row.departs_on - as_of.astimezone(row.time_zone).date()).days,
            states[state],
            progress[standing.progress(as_of)],
            deadlines[standing.deadline(as_of)],
            row.required - len(lacks),
            row.required,
            "; ".join(names.get(one.key, one.key) for one in lacks),
            turns_in_words(lacks),
            lacks[0].due_at.astimezone(row.time_zone).date() if lacks else "",
            _name(row.coordinator_first_name, row.coordinator_last_name, row.coordinator_email),
        )

    return write


def _name(first: str | None, last: str | None, email: str | None) -> str:
    """What `User` says as text; empty for nobody."""
    return f"{first or ''} {last or ''}".strip() or email or ""
