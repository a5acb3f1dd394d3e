"""Likert set: several statements on one scale, never graded. Plain Python.

The response maps a statement's id to the id of a step of the scale. A step's weight is
its place from 0 to 1, which a reversed statement counts from the other end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from quizzes.kinds.base import ALL, Fields, Kind, Rating, Response, UnreadableAnswer
from quizzes.kinds.choices import as_id, in_order
from quizzes.kinds.parts import known_keys, last_of
from quizzes.papers import LIKERT, Item
from quizzes.texts import plain_text

FIELD = "statement-"


@dataclass(frozen=True)
class ScaleStep:
    id: UUID
    text: str


@dataclass(frozen=True)
class StatementLine:
    id: UUID
    text: str
    chosen: UUID | None


@dataclass(frozen=True)
class LikertSheet:
    statements: tuple[StatementLine, ...]
    scale: tuple[ScaleStep, ...]


class Likert(Kind):
    name = LIKERT
    is_graded = False
    may_shuffle = False

    def read(self, item: Item, fields: Fields) -> Response:
        return {
            name.removeprefix(FIELD): last_of(values)
            for name, values in fields.items()
            if name.startswith(FIELD)
        }

    def fields(self, item: Item, response: Response) -> list[tuple[str, str]]:
        return [(f"{FIELD}{statement}", step) for statement, step in (response or {}).items()]

    def normalise(self, item: Item, value: Any) -> Response:
        given = known_keys(value, [statement.id for statement in item.statements])
        chosen = {statement: as_id(step) for statement, step in given.items()}
        if not item.option_by_id.keys() >= set(chosen.values()):
            raise UnreadableAnswer("strange_part")
        return {str(statement): str(step) for statement, step in chosen.items()}

    def grade(self, item: Item, response: Response) -> None:
        return None

    def best(self, item: Item) -> Response:
        return {}

    def ratings(self, item: Item, response: Response) -> Iterable[Rating]:
        given = response or {}
        for statement in item.statements:
            step = given.get(str(statement.id))
            if step is None:
                continue
            place = Fraction(item.option_by_id[UUID(step)].weight)
            value = ALL - place if statement.is_reversed else place
            own = {statement.dimension: 1} if statement.dimension else item.dimensions
            for dimension, weight in own.items():
                yield Rating(dimension, value, Fraction(weight))

    def response_words(self, item: Item, response: Response) -> str:
        texts = {str(option.id): plain_text(option.text) for option in item.options}
        return "; ".join(
            f"{statement.text}: {texts[response[str(statement.id)]]}"
            for statement in item.statements
            if str(statement.id) in response
        )

    def right_words(self, item: Item) -> str:
        return ""

    def parts(self, item: Item) -> list[UUID]:
        return [option.id for option in item.options]

    def sheet(self, item: Item, order: Sequence[UUID], response: Response) -> LikertSheet:
        given = response or {}
        return LikertSheet(
            statements=tuple(
                StatementLine(
                    id=statement.id,
                    text=statement.text,
                    chosen=UUID(given[str(statement.id)]) if str(statement.id) in given else None,
                )
                for statement in item.statements
            ),
            scale=tuple(ScaleStep(one.id, one.text) for one in in_order(item, order)),
        )

    def review(self, item: Item, order: Sequence[UUID], response: Response) -> LikertSheet:
        return self.sheet(item, order, response)
