"""Accepted answers and what a written answer earns among them. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.papers import Accepted, Item
from quizzes.texts import fold, matches


@dataclass(frozen=True)
class WrittenReview:
    """`right` are the answers that earn everything; of an open question there are none."""

    answer: str
    right: tuple[str, ...]
    feedback: str
    strength: str


def found_among(item: Item, answer: str, accepted: Iterable[Accepted]) -> Accepted | None:
    """Return the first accepted answer, in the author's order, that this one is."""
    if not answer:
        return None
    written = folded(item, answer)
    return next((one for one in accepted if matches(folded(item, one.text), written)), None)


def folded(item: Item, text: str) -> str:
    return fold(text, case_matters=item.case_matters, accents_matter=item.accents_matter)


def without_wildcards(text: str) -> str:
    """Return an answer that the pattern accepts: `*` stands for anything, so for nothing."""
    return text.replace(r"\*", "\0").replace("*", "").replace("\0", "*").strip()


def full(accepted: Iterable[Accepted]) -> list[Accepted]:
    return [one for one in accepted if one.fraction == 1]
