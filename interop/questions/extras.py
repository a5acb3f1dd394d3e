"""What a format has no word for, as one line of JSON that other programs pass over.

Plain Python. In GIFT it stands in a comment, in Moodle XML in an element of its own.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from interop.questions.records import Kind, ParsedQuestion, number

OWN = "sojourn"
MOST_CHARACTERS = 100_000


def written(question: ParsedQuestion, also: Mapping[str, Any]) -> str:
    """Return the line; empty if there is nothing to say.

    Args:
        question: whose `extras` and `kept` are written.
        also: fields of it that the format cannot hold, by name; empty ones are left out.
    """
    said = {name: value for name, value in also.items() if value not in (None, "", (), [], False)}
    if question.extras:
        said["extras"] = dict(question.extras)
    if question.kept:
        said["kept"] = dict(question.kept)
    if not said:
        return ""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, default=_plain)


def read(text: str) -> dict[str, Any]:
    """Return the fields of a question that the line names; nothing for a broken line."""
    try:
        said = json.loads(text) if len(text) <= MOST_CHARACTERS else None
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    found = {}
    for name, value in said.items():
        if name in _READERS:
            try:
                found[name] = _READERS[name](value)
            except (ValueError, TypeError, ArithmeticError):
                continue
    return found


def _plain(value: Any) -> Any:
    return number(value) if isinstance(value, Decimal) else str(value)


def _words(value: Any) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else ()


def _units(value: Any) -> tuple[tuple[str, Decimal], ...]:
    return tuple((str(name), Decimal(str(factor))) for name, factor in value)


def _mapping(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


_READERS: Mapping[str, Any] = {
    "kind": Kind,
    "mark": lambda value: Decimal(str(value)),
    "hints": _words,
    "tags": _words,
    "units": _units,
    "is_case_sensitive": bool,
    "marking_guide": str,
    "least_words": int,
    "most_words": int,
    "extras": _mapping,
    "kept": _mapping,
}
