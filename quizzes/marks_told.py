"""What a participant is told of the marks that count, in one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from quizzes.layouts import item_ids
from quizzes.models import Attempt, Mark
from quizzes.papers import Item, Paper
from quizzes.sitting.history import History


@dataclass(frozen=True)
class ToldMark:
    """`levels` has for each row of the rubric what is looked at, and the level reached."""

    number: int
    fraction: Decimal
    levels: tuple[tuple[str, str], ...]
    comments: tuple[str, ...]


def counting_marks(attempt: Attempt, told: History) -> dict[UUID, list[Mark]]:
    """Return for each question the marks that say what the answer is worth now."""
    found: dict[UUID, list[Mark]] = {}
    if not told.marks:
        return found
    for mark in Mark.objects.filter(attempt=attempt).order_by("number"):
        if told.marks.get(mark.item_id) == mark.fraction:
            found.setdefault(mark.item_id, []).append(mark)
    return found


def told_marks(attempt: Attempt, paper: Paper, found: Mapping[UUID, list[Mark]]) -> list[ToldMark]:
    """Return the marks as they are told, in the order of the questions; not who gave them."""
    return [
        _told(number, paper.item_by_id[item], found[item])
        for number, item in enumerate(item_ids(attempt.layout), start=1)
        if item in found
    ]


def _told(number: int, item: Item, marks: list[Mark]) -> ToldMark:
    reached = marks[-1].levels
    levels = [(row, reached.get(str(row.id))) for row in item.rubric]
    return ToldMark(
        number=number,
        fraction=marks[-1].fraction,
        levels=tuple((row.title, row.levels[at]) for row, at in levels if at is not None),
        comments=tuple(dict.fromkeys(mark.comment for mark in marks if mark.comment)),
    )
