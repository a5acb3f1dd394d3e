"""What stands between the braces of a GIFT question. Plain Python."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from interop.questions.gift.escapes import restored
from interop.questions.problems import Fault, shown
from interop.questions.records import Answer, CannotReadError, Kind, Pair, number
from interop.questions.shares import from_percent
from interop.questions.texts import plain

GiftText = Callable[[str], str]

LEAST_PAIRS = LEAST_OPTIONS = 2
MOST_DIGITS = 30
TRUE, FALSE = frozenset({"T", "TRUE"}), frozenset({"F", "FALSE"})

_SHARE = re.compile(r"%\s*(-?[0-9]+(?:[.,][0-9]+)?)\s*%")
_OPTION = re.compile(r"[~=]")
_ORDERING = re.compile(
    r">\s*(?:(?:ALL|EXACT|RANDOM|CONTIGUOUS|REL|REQUIRED|\d+|\w+)[ \t]*)*(?:\n|$)", re.IGNORECASE
)
_SOME_LINES = re.compile(r">\s*(\d{1,4})[ \t]+(?:RANDOM|CONTIGUOUS|REL|EXACT)\b", re.IGNORECASE)
_FORMAT = re.compile(r"^\s*\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)


def read(text: str | None, as_text: GiftText) -> dict[str, Any]:
    """Return the kind and the answers that the text between the braces means.

    Args:
        text: with escapes still held; None for a question without braces.
        as_text: makes HTML of one piece of it.
    """
    if text is None:
        return {"kind": Kind.DESCRIPTION}
    if not text:
        return {"kind": Kind.OPEN}
    kind, reader = _reader(text)
    try:
        return {"kind": kind, **reader(text, as_text)}
    except CannotReadError as error:
        error.kind = error.kind or kind
        raise


def _reader(text: str) -> tuple[Kind, Callable[[str, GiftText], dict[str, Any]]]:
    if text.startswith(">"):
        return Kind.ORDERING, _ordering
    if text.startswith("#"):
        return Kind.NUMERIC, _numeric
    if "~" in text:
        return (Kind.SINGLE if "=" in text else Kind.MULTIPLE), _options
    if "=" in text and "->" in text:
        return Kind.MATCHING, _matching
    if text.partition("#")[0].strip().upper() in TRUE | FALSE:
        return Kind.TRUE_FALSE, _true_or_false
    return Kind.SHORT_TEXT, _short_text


def _options(text: str, as_text: GiftText) -> dict[str, Any]:
    pieces = list(_OPTION.finditer(text))
    if text[: pieces[0].start()].strip():
        raise CannotReadError(Fault.NOT_MEANT_SO, shown(restored(text[: pieces[0].start()])))
    ends = [piece.start() for piece in pieces[1:]] + [len(text)]
    found = []
    for piece, end in zip(pieces, ends, strict=True):
        body = text[piece.end() : end]
        share, body = _share(body, Decimal(1) if piece[0] == "=" else Decimal(0))
        answer, feedback = _with_feedback(body)
        found.append(Answer(as_text(answer), share, as_text(feedback)))
    if len(found) < LEAST_OPTIONS:
        raise CannotReadError(Fault.TOO_FEW_ANSWERS, str(LEAST_OPTIONS))
    return {"answers": tuple(found)}


def _matching(text: str, as_text: GiftText) -> dict[str, Any]:
    found = []
    for piece in _pieces(text):
        prompt, arrow, answer = piece.partition("->")
        if not arrow:
            raise CannotReadError(Fault.NOT_A_PAIR, shown(restored(piece)))
        found.append(Pair(as_text(prompt), _word(answer)))
    if len(found) < LEAST_PAIRS:
        raise CannotReadError(Fault.TOO_FEW_ANSWERS, str(LEAST_PAIRS))
    return {"pairs": tuple(found)}


def _true_or_false(text: str, as_text: GiftText) -> dict[str, Any]:
    word, _mark, comments = text.partition("#")
    wrong, _mark, right = comments.partition("#")
    is_true = word.strip().upper() in TRUE
    return {"answers": true_or_false(is_true=is_true, right=as_text(right), wrong=as_text(wrong))}


def true_or_false(*, is_true: bool, right: str, wrong: str) -> tuple[Answer, ...]:
    """Return the answers "true" and "false", in this order, with what is said to each."""
    return (
        Answer("true", Decimal(is_true), right if is_true else wrong),
        Answer("false", Decimal(not is_true), wrong if is_true else right),
    )


def _short_text(text: str, as_text: GiftText) -> dict[str, Any]:
    found = []
    for piece in _pieces(text):
        share, body = _share(piece, Decimal(1))
        answer, feedback = _with_feedback(body)
        if _word(answer):
            found.append(Answer(_word(answer), share, as_text(feedback)))
    if not found:
        raise CannotReadError(Fault.TOO_FEW_ANSWERS, "1")
    return {"answers": tuple(found)}


def _numeric(text: str, as_text: GiftText) -> dict[str, Any]:
    inside, tilde, otherwise = text[1:].partition("~")
    found = []
    for piece in _pieces(inside):
        share, body = _share(piece, Decimal(1))
        answer, feedback = _with_feedback(body)
        value, tolerance = _range(_word(answer))
        found.append(Answer(value, share, as_text(feedback), tolerance))
    if not found:
        raise CannotReadError(Fault.NOT_A_NUMBER)
    if tilde:
        _nothing, feedback = _with_feedback(otherwise)
        if as_text(feedback):
            found.append(Answer("*", Decimal(0), as_text(feedback)))
    return {"answers": tuple(found)}


def _range(text: str) -> tuple[str, Decimal]:
    """Return the middle and the tolerance of `2`, `2:0.5` or `1.5..2.5`; `*` is any number."""
    if text == "*":
        return text, Decimal(0)
    low, dots, high = text.partition("..")
    if dots:
        first, last = decimal(low), decimal(high)
        middle = (first + last) / 2
        return number(middle), abs(last - middle)
    value, colon, tolerance = text.replace("\ufdd8", "").partition(":")
    return number(decimal(value)), abs(decimal(tolerance)) if colon else Decimal(0)


def decimal(text: str) -> Decimal:
    """Return the number, written with a point or a comma."""
    plain_text = text.strip().replace("\u2212", "-")
    if "." not in plain_text:
        plain_text = plain_text.replace(",", ".", 1)
    try:
        value = Decimal(plain_text)
    except InvalidOperation as error:
        raise CannotReadError(Fault.NOT_A_NUMBER, shown(text)) from error
    if not value.is_finite() or abs(value.adjusted()) > MOST_DIGITS:
        raise CannotReadError(Fault.NOT_A_NUMBER, shown(text))
    return value


def _ordering(text: str, as_text: GiftText) -> dict[str, Any]:
    header = _ORDERING.match(text)
    lines = text[header.end() :].split("\n") if header else []
    order = tuple(as_text(line) for line in lines if line.strip())
    if len(order) < LEAST_OPTIONS:
        raise CannotReadError(Fault.TOO_FEW_ANSWERS, str(LEAST_OPTIONS))
    part = _SOME_LINES.match(text)
    is_part = part is not None and int(part[1]) < len(order)
    return {"order": order, "remarks": (Fault.ALL_LINES,) if is_part else ()}


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in text.split("=") if piece.strip()]


def _share(text: str, default: Decimal) -> tuple[Decimal, str]:
    """Return the share that `%50%` at the start gives, and the text behind it."""
    text = text.strip()
    found = _SHARE.match(text)
    if not found:
        return default, text
    return from_percent(found[1]), text[found.end() :]


def _with_feedback(text: str) -> tuple[str, str]:
    answer, _mark, feedback = text.partition("#")
    return answer, feedback


def _word(text: str) -> str:
    """Return plain text: what people type or pick."""
    is_html = re.match(r"\s*\[html\]", text, re.IGNORECASE)
    words = restored(_FORMAT.sub("", text, count=1)).strip()
    return plain(words) if is_html else words
