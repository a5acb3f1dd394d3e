"""Numeric: a number within the tolerance of an accepted one. Plain Python.

A comma or a point may stand before the decimals, spaces between thousands, and the
unit after the number.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from quizzes.kinds.base import Response, UnreadableAnswer
from quizzes.kinds.parts import one_line
from quizzes.kinds.short import Short
from quizzes.kinds.written import full
from quizzes.papers import NUMERIC, Accepted, Item
from quizzes.parts import number_text
from quizzes.texts import fold

LONGEST_NUMBER = 60
NUMBER = re.compile(r"([+-]?)(\d{1,30})?(?:\.(\d{1,30}))?(?:e([+-]?\d{1,2}))?", re.ASCII)
BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f'’_](?=\d)")
WITH_UNIT = re.compile(r"([^a-z%°€$£]*(?:\de[+-]?\d+)?)(.*)", re.IGNORECASE | re.DOTALL)


class Numeric(Short):
    """The response is the number as it was written, without its unit."""

    name = NUMERIC

    def normalise(self, item: Item, value: Any) -> Response:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            value = str(value)
        text = " ".join(one_line(value, LONGEST_NUMBER).split())
        if not text:
            return ""
        number = _without_unit(text, item.unit)
        if number_of(number) is None:
            raise UnreadableAnswer("no_number")
        return number

    def found(self, item: Item, response: Response) -> Accepted | None:
        number = number_of(response) if response else None
        if number is None:
            return None
        return next((one for one in item.accepted if _is_near(one, number)), None)

    def best(self, item: Item) -> Response:
        return next((one.text for one in full(item.accepted)), "")

    def response_words(self, item: Item, response: Response) -> str:
        return f"{response} {item.unit}".strip()

    def rights(self, item: Item) -> tuple[str, ...]:
        return tuple(
            f"{one.text} {item.unit}".strip()
            + (f" ± {number_text(one.tolerance)}" if one.tolerance else "")
            for one in full(item.accepted)
        )


def number_of(text: str) -> Fraction | None:
    """Return the exact number that the text says; None if it says none."""
    plain = BETWEEN_THOUSANDS.sub("", text.strip()).replace("−", "-")
    found = NUMBER.fullmatch(_with_point(plain).lower())
    if not found or not (found[2] or found[3]):
        return None
    sign, whole, decimals, exponent = found.groups()
    digits = Fraction(int((whole or "") + (decimals or "")), 10 ** len(decimals or ""))
    return digits * (-1 if sign == "-" else 1) * Fraction(10) ** int(exponent or 0)


def _with_point(text: str) -> str:
    """Write the decimals after a point: of comma and point the last one stands there."""
    if "," in text and "." in text:
        thousands = "," if text.rindex(".") > text.rindex(",") else "."
        text = text.replace(thousands, "")
    return text.replace(",", ".")


def _without_unit(text: str, unit: str) -> str:
    found = WITH_UNIT.fullmatch(text)
    if not unit or not found or not found[1].strip() or not found[2].strip():
        return text
    if fold(found[2]) != fold(unit):
        raise UnreadableAnswer("other_unit", unit=unit)
    return found[1].strip()


def _is_near(accepted: Accepted, number: Fraction) -> bool:
    value = number_of(accepted.text)
    return value is not None and abs(number - value) <= Fraction(accepted.tolerance or 0)
