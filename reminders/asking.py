"""Reminders that the office sends itself: to people it has chosen, when it wants."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exchanges.models import Placement
from exchanges.visibility import answers_for
from people.languages import language_of
from people.models import User
from readiness import states
from readiness.demands import demands, names_in
from readiness.overview import Rows
from reminders.due import Lines, open_now, rested
from reminders.enums import LetterKind
from reminders.letters import JOINED, Composed, compose
from reminders.planning import plans
from reminders.reminding import Writer
from reminders.texts import words_of_offices

DEED = "reminders.asking.remind"


@dataclass(frozen=True, slots=True)
class Preview:
    """To whom letters would go, and how the first of them reads.

    Attributes:
        people: who would get a letter.
        written_today: who had one within the last day.
        nothing_open: who has nothing to do now.
        names: the first of those who would get one.
    """

    people: int
    written_today: int
    nothing_open: int
    names: Sequence[str] = ()
    letter: Composed | None = None


def chosen(rows: Rows) -> list[int]:
    """One placement for each person, first those who leave first: the letter tells of all."""
    pairs = rows.order_by("departs_on", "placement").values_list("participant", "placement")
    first: dict[int, int] = {}
    for person, placement in pairs:
        first.setdefault(person, placement)
    return list(first.values())


def remind(
    ids: Sequence[int], *, wishes: Mapping[str, Any], by: User, at: dt.datetime
) -> Counter[str]:
    """A deed of `readiness.errands`: remind the people of these placements of all they lack.

    Only of what `by` answers for. Who had a letter within the last day gets none.
    """
    asked = demands(as_of=at)
    own = Placement.objects.coordinated_by(by).filter(pk__in=ids)
    people = set(own.order_by().values_list("participant", flat=True))
    open_lines = _own(by, asked=states.fingerprint(asked), at=at)
    able = _people(open_lines, people)
    waiting = rested(open_lines, at=at)
    sent = Writer(asked, plans(), at=at, words=words_of_offices(), by=by).write(
        waiting, sorted(able)
    )
    return Counter(
        reminded=sent, written_today=len(able) - sent, nothing_open=len(people) - len(able)
    )


def preview(rows: Rows, *, by: User, at: dt.datetime, most: int) -> Preview:
    asked = demands(as_of=at)
    people = User.objects.filter(pk__in=rows.order_by().values("participant"))
    lines = _own(by, asked=states.fingerprint(asked), at=at).filter(row__participant__in=people)
    able = people.filter(pk__in=lines.order_by().values("row__participant"))
    waiting = rested(lines, at=at)
    fresh = able.filter(pk__in=waiting.order_by().values("row__participant"))
    first = fresh.order_by("last_name", "first_name", "pk").first()
    total, with_lines, without_letter = people.count(), able.count(), fresh.count()
    return Preview(
        people=without_letter,
        written_today=with_lines - without_letter,
        nothing_open=total - with_lines,
        names=[str(one) for one in fresh.order_by("last_name", "first_name", "pk")[:most]],
        letter=_letter(waiting, first, asked=asked, by=by, at=at) if first else None,
    )


def _letter(waiting: Lines, person: User, *, asked: Any, by: User, at: dt.datetime) -> Composed:
    own = waiting.filter(row__participant=person).select_related(*JOINED)
    language = language_of(person)
    return compose(
        LetterKind.ASKED,
        list(own.order_by("due_at", "row_id", "key")),
        names=names_in({language}, asked)[language],
        words=words_of_offices(),
        by=by,
        at=at,
    )


def _own(by: User, *, asked: str, at: dt.datetime) -> Lines:
    return open_now(asked=asked, at=at).filter(answers_for(by, through="row__office__"))


def _people(lines: Lines, among: set[int]) -> set[int]:
    found = lines.filter(row__participant__in=among).order_by()
    return set(found.values_list("row__participant", flat=True))
