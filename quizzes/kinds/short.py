"""Short text: the first accepted answer that it is says what it earns. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from quizzes.kinds.base import NOTHING, Fields, Kind, Response, strength
from quizzes.kinds.parts import last_of, one_line
from quizzes.kinds.written import WrittenReview, found_among, full, without_wildcards
from quizzes.papers import SHORT, Accepted, Item

FIELD = "text"


@dataclass(frozen=True)
class TextSheet:
    text: str
    unit: str = ""


class Short(Kind):
    name = SHORT

    def read(self, item: Item, fields: Fields) -> Response:
        return last_of(fields.get(FIELD, ()))

    def fields(self, item: Item, response: Response) -> list[tuple[str, str]]:
        return [(FIELD, response or "")]

    def normalise(self, item: Item, value: Any) -> Response:
        return " ".join(one_line(value).split())

    def found(self, item: Item, response: Response) -> Accepted | None:
        return found_among(item, response or "", item.accepted)

    def grade(self, item: Item, response: Response) -> Fraction:
        found = self.found(item, response)
        return Fraction(found.fraction) if found else NOTHING

    def best(self, item: Item) -> Response:
        return next((without_wildcards(one.text) for one in full(item.accepted)), "")

    def response_words(self, item: Item, response: Response) -> str:
        return str(response)

    def right_words(self, item: Item) -> str:
        return " / ".join(self.rights(item))

    def rights(self, item: Item) -> tuple[str, ...]:
        """Return in words each answer that earns everything."""
        return tuple(one.text for one in full(item.accepted))

    def feedback_for(self, item: Item, response: Response) -> tuple[str, ...]:
        found = self.found(item, response)
        return (found.feedback,) if found else ()

    def sheet(self, item: Item, order: Sequence[UUID], response: Response) -> TextSheet:
        return TextSheet(response or "", item.unit)

    def review(self, item: Item, order: Sequence[UUID], response: Response) -> WrittenReview:
        found = self.found(item, response)
        return WrittenReview(
            answer=self.response_words(item, response) if response else "",
            right=self.rights(item),
            feedback=found.feedback if found else "",
            strength=strength(self.grade(item, response)),
        )
