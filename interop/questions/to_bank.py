"""From a question of a file to what the bank would hold of it. Plain Python.

What cannot be held refuses the question as a whole; what is taken over otherwise than it
stands in the file is a remark.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from interop.questions import names
from interop.questions.drafts import (
    ALL_OR_NOTHING,
    PROPORTIONAL,
    PROPORTIONAL_CORRECT,
    Draft,
    DraftOption,
)
from interop.questions.problems import Fault, shown
from interop.questions.records import (
    ONE,
    ZERO,
    Answer,
    CannotReadError,
    Kind,
    ParsedQuestion,
)
from interop.questions.texts import images_of, plain

CENT = Decimal("0.01")
HIGHEST_MARK = Decimal("9999.99")
SCORINGS = frozenset({ALL_OR_NOTHING, PROPORTIONAL, PROPORTIONAL_CORRECT})
EVEN = Decimal("0.01")
HIGHEST_WEIGHT = Decimal(100)

Remark = tuple[Fault, str]


@dataclass(slots=True)
class Remarks:
    """What is different from the file; each once."""

    found: list[Remark] = field(default_factory=list)

    def add(self, fault: Fault, detail: str = "") -> None:
        if (fault, detail) not in self.found:
            self.found.append((fault, detail))


def draft_of(question: ParsedQuestion, *, into: str = "") -> tuple[Draft, tuple[Remark, ...]]:
    """Return the draft of a question, and what is different in it.

    Args:
        into: the category for all questions; categories of the file come below it.

    Raises:
        CannotReadError: the bank cannot hold the question.
    """
    if question.kind == Kind.DESCRIPTION:
        raise CannotReadError(Fault.DESCRIPTION)
    if question.kind not in _MAKERS:
        raise CannotReadError(Fault.CANNOT_BE_HELD)
    if not (plain(question.stem) or images_of(question.stem)):
        raise CannotReadError(Fault.NO_TEXT)
    remarks = Remarks()
    made = _MAKERS[question.kind](question, remarks)
    for text in question.texts:
        for name, alt in images_of(text):
            if not alt:
                remarks.add(Fault.MISSING_ALT, shown(name))
    draft = Draft(
        kind=str(question.kind),
        name=names.cut(question.name),
        stem=question.stem,
        category=names.within(question.category, into),
        feedback=question.feedback,
        mark=_mark(question.mark),
        note=str(question.extras.get("note", "")),
        dimensions=_dimensions(question.extras.get("dimensions")),
        kept=_kept(question),
        files=question.files,
        **made,
    )
    return draft, (*((fault, "") for fault in question.remarks), *remarks.found)


def _mark(mark: Decimal) -> Decimal:
    rounded = mark.quantize(CENT)
    if not ZERO < rounded <= HIGHEST_MARK:
        raise CannotReadError(Fault.NOT_A_NUMBER, shown(str(mark)))
    return rounded.normalize() + 0


def _dimensions(found: Any) -> tuple[tuple[str, Decimal], ...]:
    """Return the dimensions that an export of this product names; nothing for anything else."""
    try:
        weighed = tuple((str(key), Decimal(str(weight))) for key, weight in found or ())
    except (TypeError, ValueError, InvalidOperation):
        return ()
    return tuple((key, weight) for key, weight in weighed if ZERO < weight < HIGHEST_WEIGHT)


def _kept(question: ParsedQuestion) -> dict[str, Any]:
    kept = dict(question.kept)
    if question.hints:
        kept["hints"] = list(question.hints)
    if question.tags:
        kept["tags"] = list(question.tags)
    return kept


def _clipped(answers: tuple[Answer, ...], remarks: Remarks) -> tuple[DraftOption, ...]:
    """Weights lie between 0 and 1: a share below 0 becomes 0."""
    if any(answer.share < 0 for answer in answers):
        remarks.add(Fault.NEGATIVE_SHARE, "0")
    return tuple(
        DraftOption(answer.text, max(answer.share, ZERO), answer.feedback) for answer in answers
    )


def _single(question: ParsedQuestion, remarks: Remarks) -> dict[str, Any]:
    right = sum(answer.share == ONE for answer in question.answers)
    if not right:
        raise CannotReadError(Fault.NO_RIGHT_ANSWER)
    if right > 1:
        raise CannotReadError(Fault.SEVERAL_RIGHT_ANSWERS, str(right))
    return {"options": _clipped(question.answers, remarks)}


def _situational(question: ParsedQuestion, remarks: Remarks) -> dict[str, Any]:
    return {"options": _clipped(question.answers, remarks)}


def _multiple(question: ParsedQuestion, remarks: Remarks) -> dict[str, Any]:
    """Each option is right or wrong; what a wrong one costs becomes the way of scoring."""
    shares = [answer.share for answer in question.answers if answer.share > 0]
    if not shares:
        raise CannotReadError(Fault.NO_RIGHT_ANSWER)
    if max(shares) - min(shares) > EVEN:
        remarks.add(Fault.EQUAL_SHARES)
    scoring = question.extras.get("scoring")
    if scoring not in SCORINGS:
        scoring = guessed_scoring(question.answers)
        if scoring == PROPORTIONAL_CORRECT:
            remarks.add(Fault.NEGATIVE_SHARE, scoring)
    options = tuple(
        DraftOption(answer.text, Decimal(answer.share > 0), answer.feedback)
        for answer in question.answers
    )
    return {"options": options, "scoring": scoring}


def guessed_scoring(answers: tuple[Answer, ...]) -> str:
    """Return how a multiple choice question is scored that does not say so itself."""
    is_punished = any(answer.share < 0 for answer in answers)
    return PROPORTIONAL_CORRECT if is_punished else PROPORTIONAL


_MAKERS: Mapping[Kind, Callable[[ParsedQuestion, Remarks], dict[str, Any]]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.SITUATIONAL: _situational,
}
