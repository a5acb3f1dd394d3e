"""Which options somebody ticks who gets a given number of questions wrong. Plain Python."""

from collections.abc import Mapping
from random import Random
from uuid import UUID

from quizzes.papers import MULTIPLE, RATING, Item, Paper

RATING_ODDS = (1, 3, 6, 7, 3)


def answers(paper: Paper, *, mistakes: int, rng: Random) -> Mapping[UUID, tuple[UUID, ...]]:
    """Return an answer to every question of the paper, `mistakes` of them not the best."""
    graded = [item for item in paper.items if item.kind != RATING]
    wrong = {item.id for item in rng.sample(graded, min(mistakes, len(graded)))}
    return {item.id: _answer(item, is_wrong=item.id in wrong, rng=rng) for item in paper.items}


def _answer(item: Item, *, is_wrong: bool, rng: Random) -> tuple[UUID, ...]:
    if item.kind == RATING:
        odds = RATING_ODDS[: len(item.options)]
        return (rng.choices([option.id for option in item.options[: len(odds)]], odds)[0],)
    best = max(option.weight for option in item.options)
    right = [option.id for option in item.options if option.weight == best]
    if not is_wrong:
        return tuple(right)
    others = [option.id for option in item.options if option.weight != best]
    slip = rng.choice(others)
    if item.kind != MULTIPLE:
        return (slip,)
    kept = {*right[:-1], slip}
    return tuple(option.id for option in item.options if option.id in kept)
