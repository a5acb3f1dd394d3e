"""From a question of a file to what the bank would hold of it. Plain Python.

What cannot be held refuses the question as a whole; what is taken over otherwise than it
stands in the file is a remark.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from interop.questions import names
from interop.questions.drafts import DRAFT, HIDDEN, READY, Draft
from interop.questions.problems import Fault, shown
from interop.questions.records import ZERO, CannotReadError, Kind, ParsedQuestion
from interop.questions.texts import images_of, plain
from interop.questions.to_bank_kinds import MAKERS, Remark, Remarks

CENT = Decimal("0.01")
HIGHEST_MARK = Decimal("9999.99")
HIGHEST_WEIGHT = Decimal(100)
LONGEST_TAG = 100


def draft_of(question: ParsedQuestion, *, into: str = "") -> tuple[Draft, tuple[Remark, ...]]:
    """Return the draft of a question, and what is different in it.

    Args:
        into: the category for all questions; categories of the file come below it.

    Raises:
        CannotReadError: the bank cannot hold the question.
    """
    if question.kind == Kind.DESCRIPTION:
        raise CannotReadError(Fault.DESCRIPTION)
    if not (plain(question.stem) or images_of(question.stem)):
        raise CannotReadError(Fault.NO_TEXT)
    _refuse_missing_pictures(question)
    if any(map(images_of, question.hints)):
        raise CannotReadError(Fault.HINT_PICTURE)
    remarks = Remarks()
    for fault in question.remarks:
        remarks.add(fault)
    made = MAKERS[question.kind](question, remarks)
    kept = {**question.kept, **made.pop("kept", {})}
    is_hidden = bool(kept.pop("hidden", False))
    common = {
        "kind": str(question.kind),
        "name": names.cut(question.name),
        "stem": question.stem,
        "category": names.within(question.category, into),
        "feedback": question.feedback,
        "mark": _mark(question.mark),
        "note": str(question.extras.get("note", "")),
        "dimensions": _dimensions(question.extras.get("dimensions")),
        "tags": tuple(sorted({tag[:LONGEST_TAG] for tag in question.tags})),
        "hints": tuple(filter(None, map(plain, question.hints))),
        "status": _status(question, remarks, is_hidden=is_hidden),
        "kept": kept,
        "files": question.files,
    }
    return Draft(**{**common, **made}), tuple(remarks.found)


def _refuse_missing_pictures(question: ParsedQuestion) -> None:
    """Some formats name pictures, but cannot hold them."""
    there = {file.name for file in question.files}
    for text in question.texts:
        for name, _alt in images_of(text):
            if name not in there:
                raise CannotReadError(Fault.MISSING_FILE, shown(name))


def _status(question: ParsedQuestion, remarks: Remarks, *, is_hidden: bool) -> str:
    """A picture without words makes a draft of the question: somebody has to write them."""
    bare = [name for text in question.texts for name, alt in images_of(text) if not alt]
    for name in bare:
        remarks.add(Fault.MISSING_ALT, shown(name))
    if is_hidden:
        return HIDDEN
    return DRAFT if bare or question.extras.get("status") == DRAFT else READY


def _mark(mark: Decimal) -> Decimal:
    rounded = mark.quantize(CENT)
    if not ZERO < rounded <= HIGHEST_MARK:
        raise CannotReadError(Fault.NOT_A_NUMBER, shown(str(mark)))
    return rounded


def _dimensions(found: Any) -> tuple[tuple[str, Decimal], ...]:
    """Return the dimensions that an export of this product names; nothing for anything else."""
    try:
        weighed = {str(key): Decimal(str(weight)) for key, weight in found or ()}
    except (TypeError, ValueError, InvalidOperation):
        return ()
    return tuple((key, weight) for key, weight in weighed.items() if ZERO < weight < HIGHEST_WEIGHT)
