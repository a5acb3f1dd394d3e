"""Which questions an attempt has, and in which order one participant sees them.

Plain Python, no Django: chance is an argument.
"""

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Any
from uuid import UUID

from quizzes.kinds import kind_of
from quizzes.papers import Item, Paper
from quizzes.terms import QUESTION, Section

Layout = Sequence[Mapping[str, Any]]


def lay_out(paper: Paper, *, rng: Random, earlier: Iterable[UUID] = ()) -> list[dict[str, Any]]:
    """Draw the questions of one attempt, and return them in the order to be seen.

    Fixed questions come before drawn ones. Of a pool those are drawn that stand least
    often in `earlier`, the questions of the person's attempts so far; none stands
    twice in an attempt.
    """
    used = list(earlier)
    taken = {item for part in paper.parts for item in part.item_ids}
    layout = []
    for number, part in enumerate(paper.parts):
        chosen = [*part.item_ids, *_drawn(part, taken, used, rng)]
        if paper.shuffle_questions:
            rng.shuffle(chosen)
        for item_id in chosen:
            options = _parts(paper.item_by_id[item_id], paper, rng)
            layout.append({"item": str(item_id), "options": options, "section": number})
    return layout


def item_ids(layout: Layout) -> list[UUID]:
    """Return the questions of an attempt, in its order."""
    return [UUID(line["item"]) for line in layout]


def pages(layout: Layout, paging: str) -> list[list[int]]:
    """Return the places (from 0) of the questions that stand on each page."""
    if paging == QUESTION:
        return [[place] for place in range(len(layout))]
    found: dict[int, list[int]] = {}
    for place, line in enumerate(layout):
        found.setdefault(line.get("section", 0), []).append(place)
    return list(found.values())


def page_of(layout: Layout, paging: str, item_id: UUID) -> int:
    """Return the page (from 0) on which the question stands."""
    place = item_ids(layout).index(item_id)
    return next(n for n, page in enumerate(pages(layout, paging)) if place in page)


def _drawn(part: Section, taken: set[UUID], used: Sequence[UUID], rng: Random) -> list[UUID]:
    """Draw for one section, and add to `taken` what was drawn."""
    drawn: list[UUID] = []
    for draw in part.draws:
        free = [item for item in draw.pool if item not in taken]
        rng.shuffle(free)
        free.sort(key=used.count)
        drawn += free[: draw.count]
        taken.update(free[: draw.count])
    return drawn


def _parts(item: Item, paper: Paper, rng: Random) -> list[str]:
    """Order what the question shows.

    What a kind shuffles always (pairs, an order to find) or never (a scale) does not
    ask the quiz.
    """
    kind = kind_of(item)
    parts = [str(part) for part in kind.parts(item)]
    if kind.must_shuffle or (paper.shuffle_options and kind.may_shuffle):
        rng.shuffle(parts)
    return parts
