"""Open text: a person marks it by the rubric. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from quizzes.kinds.base import NOTHING, Fields, Kind, Response
from quizzes.kinds.parts import last_of, one_line
from quizzes.papers import OPEN, Item, RubricRow

FIELD = "text"
LONGEST_TEXT = 50_000


@dataclass(frozen=True)
class OpenSheet:
    text: str
    min_words: int | None
    max_words: int | None

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def is_too_short(self) -> bool:
        return bool(self.text and self.min_words and self.words < self.min_words)

    @property
    def is_too_long(self) -> bool:
        return bool(self.max_words and self.words > self.max_words)


@dataclass(frozen=True)
class OpenReview:
    text: str
    rubric: tuple[RubricRow, ...]


class Open(Kind):
    name = OPEN

    def read(self, item: Item, fields: Fields) -> Response:
        return last_of(fields.get(FIELD, ()))

    def fields(self, item: Item, response: Response) -> list[tuple[str, str]]:
        return [(FIELD, response or "")]

    def normalise(self, item: Item, value: Any) -> Response:
        text = one_line(value, LONGEST_TEXT)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def grade(self, item: Item, response: Response) -> Fraction | None:
        """Nothing for no answer; every other one waits for a person."""
        return None if response else NOTHING

    def best(self, item: Item) -> Response:
        return ""

    def response_words(self, item: Item, response: Response) -> str:
        return str(response)

    def right_words(self, item: Item) -> str:
        return ""

    def sheet(self, item: Item, order: Sequence[UUID], response: Response) -> OpenSheet:
        return OpenSheet(response or "", item.min_words, item.max_words)

    def review(self, item: Item, order: Sequence[UUID], response: Response) -> OpenReview:
        return OpenReview(response or "", item.rubric)
