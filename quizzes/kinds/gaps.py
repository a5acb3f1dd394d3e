"""Gap text: each gap written or chosen, all gaps counting the same. Plain Python.

The stem marks its gaps as [[1]], [[2]]. The response maps a gap's number, as text, to
what was written or to the id of what was chosen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from quizzes.kinds.base import NOTHING, Fields, Kind, Response, UnreadableAnswer, strength
from quizzes.kinds.choices import as_id
from quizzes.kinds.parts import Part, last_of, one_line, together
from quizzes.kinds.written import found_among, full, without_wildcards
from quizzes.papers import GAPS, SELECT, Accepted, Item
from quizzes.texts import gap_numbers

FIELD = "gap-"


@dataclass(frozen=True)
class GapChoice:
    id: UUID
    text: str


@dataclass(frozen=True)
class GapLine:
    """One gap; without choices it is to be written into."""

    number: int
    value: str
    choices: tuple[GapChoice, ...] = ()


@dataclass(frozen=True)
class GapSheet:
    gaps: tuple[GapLine, ...]


@dataclass(frozen=True)
class GapReviewLine:
    number: int
    answer: str
    right: tuple[str, ...]
    feedback: str
    strength: str


@dataclass(frozen=True)
class GapReview:
    gaps: tuple[GapReviewLine, ...]


class Gaps(Kind):
    name = GAPS
    stem_has_fields = True
    must_shuffle = True

    def read(self, item: Item, fields: Fields) -> Response:
        return {
            name.removeprefix(FIELD): last_of(values)
            for name, values in fields.items()
            if name.startswith(FIELD)
        }

    def fields(self, item: Item, response: Response) -> list[tuple[str, str]]:
        return [(f"{FIELD}{gap}", value) for gap, value in (response or {}).items()]

    def normalise(self, item: Item, value: Any) -> Response:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise UnreadableAnswer("unreadable")
        numbers = {str(number): number for number in gap_numbers(item.stem)}
        if not numbers.keys() >= set(value):
            raise UnreadableAnswer("strange_gap")
        read = {key: _filled(item, number, value.get(key)) for key, number in numbers.items()}
        return {key: one for key, one in read.items() if one}

    def grade(self, item: Item, response: Response) -> Fraction:
        given = response or {}
        return together(
            item.scoring,
            [
                Part(_share(_found(item, number, given)), str(number) in given)
                for number in gap_numbers(item.stem)
            ],
        )

    def best(self, item: Item) -> Response:
        found = {}
        for number in gap_numbers(item.stem):
            for one in full(_accepted(item, number))[:1]:
                found[str(number)] = (
                    str(one.id) if item.form == SELECT else without_wildcards(one.text)
                )
        return found

    def response_words(self, item: Item, response: Response) -> str:
        return "; ".join(f"[{number}] {_words(item, response[number])}" for number in response)

    def right_words(self, item: Item) -> str:
        rights = {
            number: " / ".join(one.text for one in full(_accepted(item, number)))
            for number in gap_numbers(item.stem)
        }
        return "; ".join(f"[{number}] {words}" for number, words in rights.items())

    def feedback_for(self, item: Item, response: Response) -> tuple[str, ...]:
        found = [_found(item, number, response or {}) for number in gap_numbers(item.stem)]
        return tuple(one.feedback for one in found if one)

    def parts(self, item: Item) -> list[UUID]:
        return [one.id for one in item.accepted] if item.form == SELECT else []

    def sheet(self, item: Item, order: Sequence[UUID], response: Response) -> GapSheet:
        by_id = {one.id: one for one in item.accepted}
        shown = [by_id[one] for one in order]
        return GapSheet(
            tuple(
                GapLine(
                    number=number,
                    value=(response or {}).get(str(number), ""),
                    choices=tuple(
                        GapChoice(one.id, one.text) for one in shown if one.gap == number
                    ),
                )
                for number in gap_numbers(item.stem)
            )
        )

    def review(self, item: Item, order: Sequence[UUID], response: Response) -> GapReview:
        given = response or {}
        lines = []
        for number in gap_numbers(item.stem):
            found = _found(item, number, given)
            lines.append(
                GapReviewLine(
                    number=number,
                    answer=_words(item, given[str(number)]) if str(number) in given else "",
                    right=tuple(one.text for one in full(_accepted(item, number))),
                    feedback=found.feedback if found else "",
                    strength=strength(_share(found)),
                )
            )
        return GapReview(tuple(lines))


def _accepted(item: Item, number: int) -> list[Accepted]:
    return [one for one in item.accepted if one.gap == number]


def _filled(item: Item, number: int, value: Any) -> str:
    text = one_line(value)
    if item.form != SELECT or not text:
        return " ".join(text.split())
    chosen = as_id(text)
    if chosen not in {one.id for one in _accepted(item, number)}:
        raise UnreadableAnswer("strange_part")
    return str(chosen)


def _found(item: Item, number: int, given: Mapping[str, str]) -> Accepted | None:
    value = given.get(str(number), "")
    accepted = _accepted(item, number)
    if item.form == SELECT:
        return next((one for one in accepted if str(one.id) == value), None)
    return found_among(item, value, accepted)


def _share(found: Accepted | None) -> Fraction:
    return Fraction(found.fraction) if found else NOTHING


def _words(item: Item, value: str) -> str:
    if item.form != SELECT:
        return value
    return next((one.text for one in item.accepted if str(one.id) == value), "")
