"""Writes GIFT that Moodle reads, and that this product reads back unchanged. Plain Python."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from interop.questions import extras, names
from interop.questions.gift.escapes import escaped
from interop.questions.records import ONE, Answer, Kind, ParsedQuestion, number
from interop.questions.shares import percent

HELD = frozenset(
    {
        Kind.SINGLE,
        Kind.MULTIPLE,
        Kind.SITUATIONAL,
        Kind.TRUE_FALSE,
        Kind.MATCHING,
        Kind.ORDERING,
        Kind.SHORT_TEXT,
        Kind.NUMERIC,
        Kind.OPEN,
    }
)
# What GIFT has no place for goes into the line of `extras`.
NOT_HELD = (
    "hints",
    "units",
    "is_case_sensitive",
    "marking_guide",
    "least_words",
    "most_words",
)

_LOOKS_LIKE_FORMAT = re.compile(r"\s*\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)


def can_hold(question: ParsedQuestion) -> bool:
    """Whether a GIFT file can hold the question: its kind, and no pictures."""
    return question.kind in HELD and not question.files


def category_line(name: str) -> str:
    return f"$CATEGORY: {escaped(names.path(name))}\n\n"


def write(question: ParsedQuestion) -> str:
    """Return the block of one question, with the blank line behind it."""
    return "".join([*_comments(question), _head(question), _braces(question), "\n\n"])


def _comments(question: ParsedQuestion) -> Iterator[str]:
    marks = [f"[id:{_inner(question.idnumber)}]"] if question.idnumber else []
    marks += [f"[tag:{_inner(tag)}]" for tag in question.tags]
    if marks:
        yield f"// {' '.join(marks)}\n"
    also: dict[str, Any] = {name: getattr(question, name) for name in NOT_HELD}
    also["mark"] = question.mark if question.mark != ONE else None
    also["kind"] = question.kind if question.kind != _guess(question) else None
    own = extras.written(question, also)
    if own:
        yield f"// {extras.OWN}:{own}\n"


def _guess(question: ParsedQuestion) -> Kind:
    """Return the kind that a reader takes the braces for."""
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.SITUATIONAL):
        has_right_one = question.kind != Kind.MULTIPLE and _shares(question).count(ONE)
        return Kind.SINGLE if has_right_one else Kind.MULTIPLE
    return question.kind


def _shares(question: ParsedQuestion) -> list[Decimal]:
    return [answer.share for answer in question.answers]


def _inner(text: str) -> str:
    return " ".join(text.replace("]", "\\]").split())


def _head(question: ParsedQuestion) -> str:
    return f"::{escaped(question.name)}::[html]{escaped(question.stem)}"


def _braces(question: ParsedQuestion) -> str:
    lines = _LINES[question.kind](question)
    feedback = f"####{_text(question.feedback)}" if question.feedback else ""
    if question.kind in (Kind.TRUE_FALSE, Kind.OPEN):
        return f"{{{''.join(lines)}{feedback}}}"
    start = {Kind.NUMERIC: "#", Kind.ORDERING: ">ALL VERTICAL ABSOLUTE SHOW none"}
    inside = [f"\t{line}\n" for line in lines]
    if feedback:
        inside.append(f"\t{feedback}\n")
    return f"{{{start.get(question.kind, '')}\n{''.join(inside)}}}"


def _text(html: str) -> str:
    """Return a piece of HTML; what looks like a mark of its format is kept from being one."""
    text = escaped(html)
    return f"[html]{text}" if _LOOKS_LIKE_FORMAT.match(text) else text


def _word(text: str) -> str:
    word = escaped(text)
    return f"[plain]{word}" if _LOOKS_LIKE_FORMAT.match(word) else word


def _options(question: ParsedQuestion) -> Iterator[str]:
    takes_several = question.kind == Kind.MULTIPLE
    for answer in question.answers:
        if answer.share == ONE and not takes_several:
            mark, usual = "=", ONE
        else:
            mark, usual = "~", Decimal(0)
        yield f"{mark}{_weighed(answer, _text(answer.text), usual)}{_feedback(answer)}"


def _weighed(answer: Answer, text: str, usual: Decimal) -> str:
    if answer.share == usual and not text.lstrip().startswith("%"):
        return text
    return f"%{percent(answer.share)}%{text}"


def _feedback(answer: Answer) -> str:
    return f"#{_text(answer.feedback)}" if answer.feedback else ""


def _true_or_false(question: ParsedQuestion) -> Iterator[str]:
    true, false = question.answers
    right, wrong = (true, false) if true.share == ONE else (false, true)
    yield "TRUE" if right is true else "FALSE"
    if right.feedback or wrong.feedback:
        yield f"#{_text(wrong.feedback)}"
    if right.feedback:
        yield f"#{_text(right.feedback)}"


def _pairs(question: ParsedQuestion) -> Iterator[str]:
    for pair in question.pairs:
        prompt = _text(pair.prompt).replace("->", "-&gt;")
        yield f"={prompt} -> {_word(pair.answer)}"


def _short_text(question: ParsedQuestion) -> Iterator[str]:
    for answer in question.answers:
        yield f"={_weighed(answer, _word(answer.text), ONE)}{_feedback(answer)}"


def _numeric(question: ParsedQuestion) -> Iterator[str]:
    for answer in question.answers:
        if answer.text == "*":
            yield f"~{_feedback(answer)}"
        else:
            value = f"{answer.text}:{number(answer.tolerance)}"
            yield f"=%{percent(answer.share)}%{value}{_feedback(answer)}"


def _ordering(question: ParsedQuestion) -> Iterator[str]:
    for text in question.order:
        line = _text(text)
        yield f"[html]{line}" if line.startswith("//") else line


def _nothing(_question: ParsedQuestion) -> Iterator[str]:
    return iter(())


_LINES: Mapping[Kind, Callable[[ParsedQuestion], Iterator[str]]] = {
    Kind.SINGLE: _options,
    Kind.SITUATIONAL: _options,
    Kind.MULTIPLE: _options,
    Kind.TRUE_FALSE: _true_or_false,
    Kind.MATCHING: _pairs,
    Kind.SHORT_TEXT: _short_text,
    Kind.NUMERIC: _numeric,
    Kind.ORDERING: _ordering,
    Kind.OPEN: _nothing,
}
