"""Grades put together from the parts of one question. Plain Python."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from quizzes.kinds.base import ALL, NOTHING, UnreadableAnswer
from quizzes.kinds.choices import as_id

LONGEST_LINE = 500


@dataclass(frozen=True)
class Part:
    """What one part (a pair, a gap) earns, from 0 to 1."""

    share: Fraction
    is_answered: bool


def together(scoring: str, parts: Sequence[Part]) -> Fraction:
    """Return what all parts earn together, each counting the same."""
    if not any(part.is_answered for part in parts):
        return NOTHING
    return SCORINGS[scoring](parts)


def _all_or_nothing(parts: Sequence[Part]) -> Fraction:
    return ALL if all(part.share == 1 for part in parts) else NOTHING


def _proportional(parts: Sequence[Part]) -> Fraction:
    return sum((part.share for part in parts), NOTHING) / len(parts)


def _proportional_correct(parts: Sequence[Part]) -> Fraction:
    if any(part.is_answered and not part.share for part in parts):
        return NOTHING
    return _proportional(parts)


SCORINGS: Mapping[str, Callable[[Sequence[Part]], Fraction]] = {
    "all_or_nothing": _all_or_nothing,
    "proportional": _proportional,
    "proportional_correct": _proportional_correct,
}


def known_keys(value: Any, known: Sequence[UUID]) -> dict[UUID, Any]:
    """Return a mapping by ids of this question, in the question's order, blanks left out.

    Raises:
        UnreadableAnswer: no mapping, one id twice, or one of another question.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise UnreadableAnswer("unreadable")
    if len(value) > 2 * len(known):
        raise UnreadableAnswer("too_much")
    by_id = {as_id(key): one for key, one in value.items()}
    if len(by_id) != len(value):
        raise UnreadableAnswer("part_twice")
    if not set(known) >= set(by_id):
        raise UnreadableAnswer("strange_part")
    return {one: by_id[one] for one in known if by_id.get(one) not in (None, "")}


def one_line(value: Any, longest: int = LONGEST_LINE) -> str:
    """Return a text that can be stored, without space at its ends.

    Raises:
        UnreadableAnswer: no text, too long, or with characters that no database keeps.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadableAnswer("unreadable")
    if len(value) > longest:
        raise UnreadableAnswer("too_long", longest=longest)
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise UnreadableAnswer("unreadable_text")
    return value.strip()


def last_of(values: Sequence[str]) -> str:
    """Return the one value of a field.

    Raises:
        UnreadableAnswer: the field was sent more than once.
    """
    if len(values) > 1:
        raise UnreadableAnswer("part_twice")
    return values[0] if values else ""
