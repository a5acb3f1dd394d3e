"""From what the bank holds of a question to what a file says of it. Plain Python.

`to_bank.draft_of` makes the same draft again of what this returns.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from interop.questions.drafts import ALL_OR_NOTHING, PROPORTIONAL_CORRECT, Draft
from interop.questions.records import ONE, ZERO, Answer, Kind, ParsedQuestion, number
from interop.questions.to_bank import guessed_scoring

PLACES = Decimal("0.001")


def parsed(draft: Draft, *, idnumber: str) -> ParsedQuestion | None:
    """Return the question as a file says it; None for a kind that no file can hold."""
    if draft.kind not in _MAKERS:
        return None
    kept = dict(draft.kept)
    extras: dict[str, Any] = {}
    if draft.note:
        extras["note"] = draft.note
    if draft.dimensions:
        extras["dimensions"] = [[key, number(weight)] for key, weight in draft.dimensions]
    made = _MAKERS[draft.kind](draft)
    return ParsedQuestion(
        kind=Kind(draft.kind),
        name=draft.name,
        stem=draft.stem,
        feedback=draft.feedback,
        mark=draft.mark,
        category=draft.category,
        idnumber=idnumber,
        hints=tuple(kept.pop("hints", ())),
        tags=tuple(kept.pop("tags", ())),
        kept=kept,
        files=draft.files,
        **{**made, "extras": {**extras, **made.get("extras", {})}},
    )


def _weighed(draft: Draft) -> dict[str, Any]:
    options = draft.options
    return {
        "answers": tuple(Answer(option.text, option.weight, option.feedback) for option in options)
    }


def _multiple(draft: Draft) -> dict[str, Any]:
    """Right options share the mark; a wrong one costs all of it where it costs anything."""
    right = sum(option.weight > 0 for option in draft.options)
    share = (ONE / right).quantize(PLACES) if right else ZERO
    wrong = -ONE if draft.scoring in (PROPORTIONAL_CORRECT, ALL_OR_NOTHING) else ZERO
    answers = tuple(
        Answer(option.text, share if option.weight > 0 else wrong, option.feedback)
        for option in draft.options
    )
    is_said = guessed_scoring(answers) == draft.scoring
    return {"answers": answers, "extras": {} if is_said else {"scoring": draft.scoring}}


_MAKERS: Mapping[str, Callable[[Draft], dict[str, Any]]] = {
    Kind.SINGLE: _weighed,
    Kind.SITUATIONAL: _weighed,
    Kind.MULTIPLE: _multiple,
}
