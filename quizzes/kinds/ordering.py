"""Ordering: options into the author's order. Plain Python.

The response maps an option's id to its place, counted from 1; no place is given
twice. What counts are the pairs of options whose first one stands before the second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any
from uuid import UUID

from quizzes.kinds.base import ALL, NOTHING, Fields, Kind, Response, UnreadableAnswer
from quizzes.kinds.parts import Part, known_keys, last_of, together
from quizzes.papers import ORDERING, Item
from quizzes.texts import plain_text

FIELD = "place-"
LONGEST_PLACE = 4


@dataclass(frozen=True)
class OrderLine:
    id: UUID
    text: str
    place: int | None


@dataclass(frozen=True)
class OrderSheet:
    """Lines as they are shown: by their places, those without one last."""

    lines: tuple[OrderLine, ...]

    @property
    def places(self) -> range:
        return range(1, len(self.lines) + 1)

    @property
    def is_begun(self) -> bool:
        return any(line.place for line in self.lines)


@dataclass(frozen=True)
class PlaceReview:
    text: str
    feedback: str
    right_place: int
    own_place: int | None

    @property
    def strength(self) -> str:
        return "right" if self.own_place == self.right_place else "wrong"


@dataclass(frozen=True)
class OrderReview:
    lines: tuple[PlaceReview, ...]


class Ordering(Kind):
    name = ORDERING
    must_shuffle = True

    def read(self, item: Item, fields: Fields) -> Response:
        return {
            name.removeprefix(FIELD): last_of(values)
            for name, values in fields.items()
            if name.startswith(FIELD)
        }

    def fields(self, item: Item, response: Response) -> list[tuple[str, str]]:
        """By the person's own places: the order in which it is kept is that of the key."""
        placed = sorted((response or {}).items(), key=lambda one: one[1])
        return [(f"{FIELD}{option}", str(place)) for option, place in placed]

    def normalise(self, item: Item, value: Any) -> Response:
        given = known_keys(value, [option.id for option in item.options])
        places = {str(one): _place(place, len(item.options)) for one, place in given.items()}
        if len(set(places.values())) != len(places):
            raise UnreadableAnswer("place_twice")
        return places

    def grade(self, item: Item, response: Response) -> Fraction:
        places = response or {}
        return together(
            item.scoring,
            [_pair(places, str(a.id), str(b.id)) for a, b in combinations(item.options, 2)],
        )

    def best(self, item: Item) -> Response:
        return {str(option.id): place for place, option in enumerate(item.options, start=1)}

    def response_words(self, item: Item, response: Response) -> str:
        texts = {str(option.id): plain_text(option.text) for option in item.options}
        placed = sorted(response.items(), key=lambda one: one[1])
        return "; ".join(f"{place}. {texts[option]}" for option, place in placed)

    def right_words(self, item: Item) -> str:
        return self.response_words(item, self.best(item))

    def parts(self, item: Item) -> list[UUID]:
        return [option.id for option in item.options]

    def sheet(self, item: Item, order: Sequence[UUID], response: Response) -> OrderSheet:
        places = response or {}
        shown = [item.option_by_id[option] for option in order]
        lines = [OrderLine(one.id, one.text, places.get(str(one.id))) for one in shown]
        return OrderSheet(tuple(sorted(lines, key=lambda line: line.place or len(lines) + 1)))

    def review(self, item: Item, order: Sequence[UUID], response: Response) -> OrderReview:
        places = response or {}
        return OrderReview(
            tuple(
                PlaceReview(option.text, option.feedback, place, places.get(str(option.id)))
                for place, option in enumerate(item.options, start=1)
            )
        )


def _pair(places: Mapping[str, int], first: str, second: str) -> Part:
    if first not in places or second not in places:
        return Part(NOTHING, is_answered=False)
    return Part(ALL if places[first] < places[second] else NOTHING, is_answered=True)


def _place(value: Any, last: int) -> int:
    if (
        isinstance(value, str)
        and value.isascii()
        and value.isdecimal()
        and len(value) <= LONGEST_PLACE
    ):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= last:
        raise UnreadableAnswer("strange_place", last=last)
    return value
