"""Shares of a mark, as percentages that other systems accept. Plain Python.

The bank keeps three places. Moodle takes only the fractions of its own list, which it
writes with five, so 0.333 is written 33.33333 and read back as 0.333.
"""

from decimal import Decimal, InvalidOperation

from interop.questions.problems import Fault, shown
from interop.questions.records import CannotReadError, number

PLACES = Decimal("0.001")
HUNDRED = Decimal(100)
OF_MOODLE = {
    (Decimal(over) / under).quantize(PLACES): (HUNDRED * over / under).quantize(Decimal("0.00001"))
    for over, under in ((5, 6), (2, 3), (1, 3), (1, 6), (1, 7), (1, 9))
}


def percent(share: Decimal) -> str:
    """Return the share as a percentage, without the sign for it."""
    found = OF_MOODLE.get(abs(share).quantize(PLACES), abs(share) * HUNDRED)
    return number(-found if share < 0 else found)


def from_percent(text: str) -> Decimal:
    """Return the share that a percentage gives.

    Raises:
        CannotReadError: it is no number, or beyond the whole mark.
    """
    try:
        share = Decimal(text.strip().replace(",", ".")) / HUNDRED
    except InvalidOperation as error:
        raise CannotReadError(Fault.NOT_A_SHARE, shown(text)) from error
    if not share.is_finite() or abs(share) > 1:
        raise CannotReadError(Fault.NOT_A_SHARE, shown(text))
    return share.quantize(PLACES)
