"""Matching: to each prompt its match, among more matches than needed. Plain Python.

The response maps a pair's id to the id of the chosen match. Two pairs with the same
match share one choice, so that either is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from quizzes.kinds.base import ALL, NOTHING, Fields, Kind, Response, UnreadableAnswer, strength
from quizzes.kinds.choices import as_id
from quizzes.kinds.parts import Part, known_keys, last_of, together
from quizzes.papers import MATCHING, Item, Pair
from quizzes.texts import fold, plain_text

FIELD = "match-"


@dataclass(frozen=True)
class MatchChoice:
    id: UUID
    text: str


@dataclass(frozen=True)
class PromptLine:
    id: UUID
    prompt: str
    chosen: UUID | None


@dataclass(frozen=True)
class MatchingSheet:
    prompts: tuple[PromptLine, ...]
    choices: tuple[MatchChoice, ...]


@dataclass(frozen=True)
class PairReview:
    prompt: str
    answer: str
    right: str
    feedback: str
    strength: str


@dataclass(frozen=True)
class MatchingReview:
    pairs: tuple[PairReview, ...]


class Matching(Kind):
    name = MATCHING
    must_shuffle = True

    def read(self, item: Item, fields: Fields) -> Response:
        return {
            name.removeprefix(FIELD): last_of(values)
            for name, values in fields.items()
            if name.startswith(FIELD)
        }

    def fields(self, item: Item, response: Response) -> list[tuple[str, str]]:
        return [(f"{FIELD}{pair}", choice) for pair, choice in (response or {}).items()]

    def normalise(self, item: Item, value: Any) -> Response:
        given = known_keys(value, [pair.id for pair in _prompted(item)])
        chosen = {pair: as_id(choice) for pair, choice in given.items()}
        if not _choices(item).keys() >= set(chosen.values()):
            raise UnreadableAnswer("strange_part")
        return {str(pair): str(choice) for pair, choice in chosen.items()}

    def grade(self, item: Item, response: Response) -> Fraction:
        given = response or {}
        parts = [Part(_share(item, pair, given), str(pair.id) in given) for pair in _prompted(item)]
        return together(item.scoring, parts)

    def best(self, item: Item) -> Response:
        by_text = _choice_by_text(item)
        return {str(pair.id): str(by_text[_key(pair)]) for pair in _prompted(item)}

    def response_words(self, item: Item, response: Response) -> str:
        choices = _choices(item)
        return "; ".join(
            f"{plain_text(pair.prompt)} → {choices[UUID(response[str(pair.id)])]}"
            for pair in _prompted(item)
            if str(pair.id) in response
        )

    def right_words(self, item: Item) -> str:
        return "; ".join(f"{plain_text(pair.prompt)} → {pair.match}" for pair in _prompted(item))

    def parts(self, item: Item) -> list[UUID]:
        return list(_choices(item))

    def sheet(self, item: Item, order: Sequence[UUID], response: Response) -> MatchingSheet:
        given = response or {}
        choices = _choices(item)
        return MatchingSheet(
            prompts=tuple(
                PromptLine(
                    id=pair.id,
                    prompt=pair.prompt,
                    chosen=UUID(given[str(pair.id)]) if str(pair.id) in given else None,
                )
                for pair in _prompted(item)
            ),
            choices=tuple(MatchChoice(choice, choices[choice]) for choice in order),
        )

    def review(self, item: Item, order: Sequence[UUID], response: Response) -> MatchingReview:
        given = response or {}
        choices = _choices(item)
        return MatchingReview(
            tuple(
                PairReview(
                    prompt=pair.prompt,
                    answer=choices[UUID(given[str(pair.id)])] if str(pair.id) in given else "",
                    right=pair.match,
                    feedback=pair.feedback,
                    strength=strength(_share(item, pair, given)),
                )
                for pair in _prompted(item)
            )
        )


def _prompted(item: Item) -> list[Pair]:
    """Return the pairs to be matched; a match without a prompt only distracts."""
    return [pair for pair in item.pairs if plain_text(pair.prompt)]


def _key(pair: Pair) -> str:
    return fold(pair.match)


def _choice_by_text(item: Item) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for pair in item.pairs:
        found.setdefault(_key(pair), pair.choice_id)
    return found


def _choices(item: Item) -> dict[UUID, str]:
    """Return each different match once, by the id of the first pair that has it."""
    texts = {pair.choice_id: pair.match for pair in item.pairs}
    return {choice: texts[choice] for choice in _choice_by_text(item).values()}


def _share(item: Item, pair: Pair, given: Response) -> Fraction:
    right = str(_choice_by_text(item)[_key(pair)])
    return ALL if given.get(str(pair.id)) == right else NOTHING
