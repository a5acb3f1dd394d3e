"""What somebody has missed in an attempt, so that other rooms can say where to read it again.

Plain data: which page teaches it is known to the rooms above (`modules.rereading`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from quizzes.grading import PaperGrade
from quizzes.layouts import Layout, item_ids
from quizzes.papers import Paper


@dataclass(frozen=True, slots=True)
class MissedQuestion:
    """A question that did not earn its whole mark. `number` is its place in the attempt."""

    number: int
    item_id: UUID
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """`dimensions` are the keys of those that fell short as a whole; `names` has their names."""

    questions: tuple[MissedQuestion, ...]
    dimensions: tuple[str, ...]
    names: Mapping[str, str]


def missed(
    paper: Paper,
    layout: Layout,
    grade: PaperGrade,
    *,
    shows_keys: bool,
    shows_score: bool,
) -> Missed:
    """Return what was missed, and no more of it than may be seen.

    Which question was missed says something of its key; which dimension fell below
    the pass mark is no more than the score by dimension tells.
    """
    shares = {one.item_id: one.fraction for one in grade.items}
    return Missed(
        questions=tuple(
            MissedQuestion(number, item, tuple(paper.item_by_id[item].dimensions))
            for number, item in enumerate(item_ids(layout), start=1)
            if shows_keys and _fell_short(shares[item], Decimal(1))
        ),
        dimensions=tuple(
            key
            for key in paper.dimension_names
            if shows_score and _fell_short(grade.by_dimension.get(key), paper.pass_mark / 100)
        ),
        names=paper.dimension_names,
    )


def _fell_short(share: Decimal | None, of: Decimal) -> bool:
    return share is not None and share < of
