"""What each kind of question of a file becomes in the bank. Plain Python."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from interop.questions.drafts import (
    ALL_OR_NOTHING,
    PROPORTIONAL,
    PROPORTIONAL_CORRECT,
    RATE,
    SELECT,
    DraftAnswer,
    DraftOption,
    DraftPair,
    DraftRow,
)
from interop.questions.problems import Fault, shown
from interop.questions.records import (
    ONE,
    ZERO,
    Answer,
    CannotReadError,
    Kind,
    ParsedQuestion,
    number,
)
from interop.questions.shares import percent
from interop.questions.texts import clean, plain

SCORINGS = frozenset({ALL_OR_NOTHING, PROPORTIONAL, PROPORTIONAL_CORRECT})
EVEN = Decimal("0.01")
TOLERANCE = Decimal("0.000000001")
HIGHEST_TOLERANCE = Decimal(10) ** 9
LEAST_OPTIONS = 2
LONGEST_ANSWER = 500
LONGEST_MATCH = 300
LONGEST_UNIT = 30
LONGEST_TITLE = 200
MOST_WORDS = 2_000_000_000

Remark = tuple[Fault, str]


@dataclass(slots=True)
class Remarks:
    """What is different from the file; each once."""

    found: list[Remark] = field(default_factory=list)

    def add(self, fault: Fault, detail: str = "") -> None:
        if (fault, detail) not in self.found:
            self.found.append((fault, detail))


Maker = Callable[[ParsedQuestion, Remarks], dict[str, Any]]


def guessed_scoring(answers: Sequence[Answer]) -> str:
    """Return how a multiple choice question is scored that does not say so itself."""
    is_punished = any(answer.share < 0 for answer in answers)
    return PROPORTIONAL_CORRECT if is_punished else PROPORTIONAL


def _scoring(question: ParsedQuestion, otherwise: str = PROPORTIONAL) -> str:
    scoring = question.extras.get("scoring")
    return scoring if scoring in SCORINGS else otherwise


def _written_down(question: ParsedQuestion, remarks: Remarks) -> list[Answer]:
    """Other systems leave away an answer without a text, and so it is here."""
    written = [one for one in question.answers if plain(one.text) or "<img" in one.text]
    if any(one.feedback or one.share > 0 for one in question.answers if one not in written):
        remarks.add(Fault.EMPTY_ANSWER)
    if len(written) < LEAST_OPTIONS:
        raise CannotReadError(Fault.TOO_FEW_ANSWERS, str(LEAST_OPTIONS))
    return written


def _clipped(answers: Sequence[Answer], remarks: Remarks) -> tuple[DraftOption, ...]:
    """Weights lie between 0 and 1: a share below 0 becomes 0."""
    if any(answer.share < 0 for answer in answers):
        remarks.add(Fault.NEGATIVE_SHARE)
    return tuple(
        DraftOption(answer.text, max(answer.share, ZERO), answer.feedback) for answer in answers
    )


def _single(question: ParsedQuestion, remarks: Remarks) -> dict[str, Any]:
    answers = _written_down(question, remarks)
    right = sum(answer.share == ONE for answer in answers)
    best = max(answer.share for answer in answers)
    if best <= 0:
        raise CannotReadError(Fault.NO_RIGHT_ANSWER)
    if not right:
        raise CannotReadError(Fault.NO_FULL_ANSWER, percent(best))
    if right > 1:
        raise CannotReadError(Fault.SEVERAL_RIGHT_ANSWERS, str(right))
    return {"options": _clipped(answers, remarks)}


def _situational(question: ParsedQuestion, remarks: Remarks) -> dict[str, Any]:
    form = RATE if question.extras.get("form") == RATE else ""
    return {"options": _clipped(question.answers, remarks), "form": form}


def _multiple(question: ParsedQuestion, remarks: Remarks) -> dict[str, Any]:
    """Each option is right or wrong; what a wrong one costs becomes the way of scoring."""
    answers = _written_down(question, remarks)
    shares = [answer.share for answer in answers if answer.share > 0]
    if not shares:
        raise CannotReadError(Fault.NO_RIGHT_ANSWER)
    if max(shares) - min(shares) > EVEN:
        remarks.add(Fault.EQUAL_SHARES)
    scoring = _scoring(question, "")
    if not scoring:
        scoring = guessed_scoring(answers)
        if scoring == PROPORTIONAL_CORRECT:
            remarks.add(Fault.NEGATIVE_SHARE, scoring)
    options = tuple(
        DraftOption(answer.text, Decimal(answer.share > 0), answer.feedback) for answer in answers
    )
    return {"options": options, "scoring": scoring}


def _true_or_false(question: ParsedQuestion, remarks: Remarks) -> dict[str, Any]:
    """Options without a text of their own read "True" and "False", in the reader's language."""
    if sorted(answer.share for answer in question.answers) != [ZERO, ONE]:
        raise CannotReadError(Fault.NO_RIGHT_ANSWER)
    words = [clean(str(word)) for word in question.extras.get("words") or ("", "")]
    return {
        "options": tuple(
            DraftOption(word, answer.share, answer.feedback)
            for word, answer in zip(words, question.answers, strict=False)
        )
    }


def _feedback_of_parts(question: ParsedQuestion, number_of_parts: int) -> list[str]:
    found = question.extras.get("part_feedback")
    said = [clean(str(text)) for text in found] if isinstance(found, list) else []
    return [*said, *[""] * number_of_parts][:number_of_parts]


def _matching(question: ParsedQuestion, _remarks: Remarks) -> dict[str, Any]:
    feedback = _feedback_of_parts(question, len(question.pairs))
    return {
        "pairs": tuple(
            DraftPair(pair.prompt, _short(pair.answer, LONGEST_MATCH), said)
            for pair, said in zip(question.pairs, feedback, strict=True)
        ),
        "scoring": _scoring(question),
    }


def _ordering(question: ParsedQuestion, _remarks: Remarks) -> dict[str, Any]:
    feedback = _feedback_of_parts(question, len(question.order))
    return {
        "options": tuple(
            DraftOption(text, ZERO, said)
            for text, said in zip(question.order, feedback, strict=True)
        ),
        "scoring": _scoring(question),
    }


def _accepted(answers: Sequence[Answer], remarks: Remarks, gap: int = 1) -> list[DraftAnswer]:
    if any(answer.share < 0 for answer in answers):
        remarks.add(Fault.NEGATIVE_SHARE)
    return [
        DraftAnswer(
            text=_short(answer.text, LONGEST_ANSWER),
            fraction=max(answer.share, ZERO),
            feedback=answer.feedback,
            gap=gap,
            tolerance=_tolerance(answer.tolerance),
        )
        for answer in answers
    ]


def _tolerance(value: Decimal) -> Decimal:
    if value >= HIGHEST_TOLERANCE:
        raise CannotReadError(Fault.NOT_A_NUMBER, shown(str(value)))
    return value.quantize(TOLERANCE)


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise CannotReadError(Fault.TEXT_TOO_LONG, str(longest))
    return text


def _short_text(question: ParsedQuestion, remarks: Remarks) -> dict[str, Any]:
    """Other systems take an accent for a difference; our own files say if it is none."""
    return {
        "accepted": tuple(_accepted(question.answers, remarks)),
        "case_matters": question.is_case_sensitive,
        "accents_matter": bool(question.extras.get("accents_matter", True)),
    }


def _numeric(question: ParsedQuestion, remarks: Remarks) -> dict[str, Any]:
    """What is said to every other number is kept aside: the bank has no place for it."""
    answers = [answer for answer in question.answers if answer.text != "*"]
    otherwise = [answer.feedback for answer in question.answers if answer.text == "*"]
    if not answers or any(one.share > 0 for one in question.answers if one.text == "*"):
        raise CannotReadError(Fault.CANNOT_BE_HELD, "*")
    unit = next((name for name, factor in question.units if factor == ONE), "")
    others = [[name, number(factor)] for name, factor in question.units if name != unit]
    kept = {"otherwise": otherwise[0]} if otherwise else {}
    return {
        "accepted": tuple(_accepted(answers, remarks)),
        "unit": _short(unit, LONGEST_UNIT),
        "kept": {**kept, **({"units": others} if others else {})},
    }


def _gaps(question: ParsedQuestion, remarks: Remarks) -> dict[str, Any]:
    forms = {gap.is_typed for gap in question.gaps}
    if len(forms) > 1:
        raise CannotReadError(Fault.MIXED_GAPS)
    if len({gap.mark for gap in question.gaps}) > 1:
        remarks.add(Fault.EQUAL_SHARES)
    accepted = [
        answer
        for place, gap in enumerate(question.gaps, start=1)
        for answer in _accepted(gap.answers, remarks, gap=place)
    ]
    is_typed = forms == {True}
    return {
        "accepted": tuple(accepted),
        "form": "" if is_typed else SELECT,
        "scoring": _scoring(question),
        "case_matters": question.is_case_sensitive,
        "accents_matter": bool(question.extras.get("accents_matter", is_typed)),
    }


def _open(question: ParsedQuestion, _remarks: Remarks) -> dict[str, Any]:
    """A marking guide becomes the author's note: a rubric has rows and levels."""
    made: dict[str, Any] = {
        "rubric": _rubric(question.extras.get("rubric")),
        "min_words": _words(question.least_words),
        "max_words": _words(question.most_words),
    }
    if question.marking_guide:
        made["kept"] = {"marking_guide": question.marking_guide}
        if not question.extras.get("note"):
            made["note"] = plain(question.marking_guide)
    return made


def _words(found: int | None) -> int | None:
    return found if found and 0 < found < MOST_WORDS else None


def _rubric(found: Any) -> tuple[DraftRow, ...]:
    """Return the rubric that an export of this product writes; nothing for anything else."""
    try:
        return tuple(
            DraftRow(
                title=str(row["title"])[:LONGEST_TITLE],
                levels=tuple(" ".join(str(level).split()) for level in row["levels"]),
                weight=Decimal(str(row.get("weight", "1"))),
                dimension=str(row.get("dimension", "")),
            )
            for row in found or ()
        )
    except (TypeError, KeyError, ValueError, ArithmeticError, AttributeError):
        return ()


MAKERS: Mapping[Kind, Maker] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.SITUATIONAL: _situational,
    Kind.TRUE_FALSE: _true_or_false,
    Kind.MATCHING: _matching,
    Kind.ORDERING: _ordering,
    Kind.SHORT_TEXT: _short_text,
    Kind.NUMERIC: _numeric,
    Kind.GAPS: _gaps,
    Kind.OPEN: _open,
}
