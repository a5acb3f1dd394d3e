"""From what the bank holds of a question to what a file says of it. Plain Python.

`to_bank.draft_of` makes the same draft again of what this returns.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from interop.questions.drafts import (
    ALL_OR_NOTHING,
    DRAFT,
    HIDDEN,
    PROPORTIONAL,
    PROPORTIONAL_CORRECT,
    SELECT,
    Draft,
    DraftAnswer,
)
from interop.questions.records import ONE, ZERO, Answer, Gap, Kind, Pair, ParsedQuestion, number
from interop.questions.texts import from_plain
from interop.questions.to_bank_kinds import guessed_scoring

PLACES = Decimal("0.001")


def parsed(draft: Draft, *, idnumber: str) -> ParsedQuestion | None:
    """Return the question as a file says it; None for a kind that no file can hold."""
    if draft.kind not in _MAKERS:
        return None
    kept = dict(draft.kept)
    if draft.status == HIDDEN:
        kept["hidden"] = True
    made = _MAKERS[draft.kind](draft, kept)
    return ParsedQuestion(
        kind=Kind(draft.kind),
        name=draft.name,
        stem=draft.stem,
        feedback=draft.feedback,
        mark=draft.mark,
        category=draft.category,
        idnumber=idnumber,
        hints=tuple(map(from_plain, draft.hints)),
        tags=draft.tags,
        kept=kept,
        files=draft.files,
        **{**made, "extras": {**_extras(draft), **made.get("extras", {})}},
    )


def _extras(draft: Draft) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    if draft.note:
        extras["note"] = draft.note
    if draft.dimensions:
        extras["dimensions"] = [[key, number(weight)] for key, weight in draft.dimensions]
    if draft.status == DRAFT:
        extras["status"] = DRAFT
    return extras


def _scoring(draft: Draft, guess: str = PROPORTIONAL) -> dict[str, Any]:
    return {} if draft.scoring == guess else {"scoring": draft.scoring}


def _part_feedback(said: list[str]) -> dict[str, Any]:
    return {"part_feedback": said} if any(said) else {}


def _weighed(draft: Draft, _kept: dict[str, Any]) -> dict[str, Any]:
    answers = tuple(Answer(one.text, one.weight, one.feedback) for one in draft.options)
    return {"answers": answers, "extras": {"form": draft.form} if draft.form else {}}


def _multiple(draft: Draft, _kept: dict[str, Any]) -> dict[str, Any]:
    """Right options share the mark; a wrong one costs all of it where it costs anything."""
    right = sum(option.weight > 0 for option in draft.options)
    share = (ONE / right).quantize(PLACES) if right else ZERO
    wrong = -ONE if draft.scoring in (PROPORTIONAL_CORRECT, ALL_OR_NOTHING) else ZERO
    answers = tuple(
        Answer(option.text, share if option.weight > 0 else wrong, option.feedback)
        for option in draft.options
    )
    return {"answers": answers, "extras": _scoring(draft, guessed_scoring(answers))}


def _true_or_false(draft: Draft, _kept: dict[str, Any]) -> dict[str, Any]:
    words = [option.text for option in draft.options]
    answers = tuple(
        Answer(word, option.weight, option.feedback)
        for word, option in zip(("true", "false"), draft.options, strict=False)
    )
    return {"answers": answers, "extras": {"words": words} if any(words) else {}}


def _matching(draft: Draft, _kept: dict[str, Any]) -> dict[str, Any]:
    said = [pair.feedback for pair in draft.pairs]
    return {
        "pairs": tuple(Pair(pair.prompt, pair.match) for pair in draft.pairs),
        "extras": {**_scoring(draft), **_part_feedback(said)},
    }


def _ordering(draft: Draft, _kept: dict[str, Any]) -> dict[str, Any]:
    said = [option.feedback for option in draft.options]
    return {
        "order": tuple(option.text for option in draft.options),
        "extras": {**_scoring(draft), **_part_feedback(said)},
    }


def _answer(one: DraftAnswer) -> Answer:
    return Answer(one.text, one.fraction, one.feedback, one.tolerance)


def _short_text(draft: Draft, _kept: dict[str, Any]) -> dict[str, Any]:
    return {
        "answers": tuple(map(_answer, draft.accepted)),
        "is_case_sensitive": draft.case_matters,
        "extras": {} if draft.accents_matter else {"accents_matter": False},
    }


def _numeric(draft: Draft, kept: dict[str, Any]) -> dict[str, Any]:
    answers = list(map(_answer, draft.accepted))
    if "otherwise" in kept:
        answers.append(Answer("*", ZERO, str(kept.pop("otherwise"))))
    units = [(draft.unit, ONE)] if draft.unit else []
    units += [(str(name), Decimal(factor)) for name, factor in kept.pop("units", ())]
    return {"answers": tuple(answers), "units": tuple(units)}


def _gaps(draft: Draft, _kept: dict[str, Any]) -> dict[str, Any]:
    is_typed = draft.form != SELECT
    last = max((one.gap for one in draft.accepted), default=0)
    gaps = tuple(
        Gap(tuple(_answer(one) for one in draft.accepted if one.gap == place), is_typed=is_typed)
        for place in range(1, last + 1)
    )
    is_usual = draft.accents_matter == is_typed
    said = {} if is_usual else {"accents_matter": draft.accents_matter}
    return {
        "gaps": gaps,
        "is_case_sensitive": draft.case_matters,
        "extras": {**_scoring(draft), **said},
    }


def _open(draft: Draft, kept: dict[str, Any]) -> dict[str, Any]:
    rubric = [
        {
            "title": row.title,
            "levels": list(row.levels),
            "weight": number(row.weight),
            "dimension": row.dimension,
        }
        for row in draft.rubric
    ]
    return {
        "marking_guide": str(kept.pop("marking_guide", "")),
        "least_words": draft.min_words,
        "most_words": draft.max_words,
        "extras": {"rubric": rubric} if rubric else {},
    }


_MAKERS: Mapping[str, Callable[[Draft, dict[str, Any]], dict[str, Any]]] = {
    Kind.SINGLE: _weighed,
    Kind.SITUATIONAL: _weighed,
    Kind.MULTIPLE: _multiple,
    Kind.TRUE_FALSE: _true_or_false,
    Kind.MATCHING: _matching,
    Kind.ORDERING: _ordering,
    Kind.SHORT_TEXT: _short_text,
    Kind.NUMERIC: _numeric,
    Kind.GAPS: _gaps,
    Kind.OPEN: _open,
}
