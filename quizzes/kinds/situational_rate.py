"""Situational judgement where each option is rated. Plain Python.

The response maps an option's id to a step from 1 to 5. An option earns 1 on the step
nearest to its author's weight, and less the further away, down to 0 at the far end of
the scale; the question earns the mean of its options.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any
from uuid import UUID

from quizzes.kinds.base import ALL, NOTHING, Fields, Kind, Response, UnreadableAnswer, strength
from quizzes.kinds.choices import in_order
from quizzes.kinds.parts import known_keys, last_of
from quizzes.papers import SITUATIONAL, Item, PaperOption
from quizzes.texts import plain_text

FIELD = "rate-"
LAST_STEP = 5
STEPS = range(1, LAST_STEP + 1)


@dataclass(frozen=True)
class RateLine:
    id: UUID
    text: str
    step: int | None


@dataclass(frozen=True)
class RateSheet:
    options: tuple[RateLine, ...]
    steps: range = STEPS


@dataclass(frozen=True)
class RateReviewLine:
    text: str
    feedback: str
    own_step: int | None
    right_step: int
    strength: str


@dataclass(frozen=True)
class RateReview:
    options: tuple[RateReviewLine, ...]


class SituationalRate(Kind):
    name = SITUATIONAL

    @property
    def template(self) -> str:
        return "situational_rate"

    def read(self, item: Item, fields: Fields) -> Response:
        return {
            name.removeprefix(FIELD): last_of(values)
            for name, values in fields.items()
            if name.startswith(FIELD)
        }

    def fields(self, item: Item, response: Response) -> list[tuple[str, str]]:
        return [(f"{FIELD}{option}", str(step)) for option, step in (response or {}).items()]

    def normalise(self, item: Item, value: Any) -> Response:
        given = known_keys(value, [option.id for option in item.options])
        return {str(option): _step(step) for option, step in given.items()}

    def grade(self, item: Item, response: Response) -> Fraction:
        given = response or {}
        shares = [_share(option, given.get(str(option.id))) for option in item.options]
        return sum(shares, NOTHING) / len(shares) if shares else NOTHING

    def best(self, item: Item) -> Response:
        return {str(option.id): right_step(option.weight) for option in item.options}

    def response_words(self, item: Item, response: Response) -> str:
        return "; ".join(
            f"{plain_text(option.text)}: {response[str(option.id)]}/{LAST_STEP}"
            for option in item.options
            if str(option.id) in response
        )

    def right_words(self, item: Item) -> str:
        return self.response_words(item, self.best(item))

    def parts(self, item: Item) -> list[UUID]:
        return [option.id for option in item.options]

    def sheet(self, item: Item, order: Sequence[UUID], response: Response) -> RateSheet:
        given = response or {}
        return RateSheet(
            tuple(
                RateLine(option.id, option.text, given.get(str(option.id)))
                for option in in_order(item, order)
            )
        )

    def review(self, item: Item, order: Sequence[UUID], response: Response) -> RateReview:
        given = response or {}
        return RateReview(
            tuple(
                RateReviewLine(
                    text=option.text,
                    feedback=option.feedback,
                    own_step=given.get(str(option.id)),
                    right_step=right_step(option.weight),
                    strength=strength(_share(option, given.get(str(option.id)))),
                )
                for option in in_order(item, order)
            )
        )


def right_step(weight: Decimal) -> int:
    """Return the step nearest to a weight between 0 and 1; halves go up."""
    return 1 + floor(Fraction(weight) * (LAST_STEP - 1) + Fraction(1, 2))


def _share(option: PaperOption, step: int | None) -> Fraction:
    if step is None:
        return NOTHING
    right = right_step(option.weight)
    furthest = max(right - 1, LAST_STEP - right)
    return ALL - Fraction(abs(step - right), furthest)


def _step(value: Any) -> int:
    if isinstance(value, str) and value in {str(step) for step in STEPS}:
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value not in STEPS:
        raise UnreadableAnswer("strange_step", last=LAST_STEP)
    return value
