"""Makes a draft of a question of the bank, so that files and the bank can be compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from interop.questions.drafts import (
    ALL_OR_NOTHING,
    SCORED,
    SELECT,
    Draft,
    DraftAnswer,
    DraftOption,
    DraftPair,
    DraftRow,
)
from interop.questions.gift.answers import decimal
from interop.questions.moodle.gaps import NAMED, renumbered
from interop.questions.records import CannotReadError, Kind, number
from interop.questions.richtext import Expander
from quizzes.freezing import (
    ACCEPTED,
    DIMENSIONS,
    OPTIONS,
    PAIRS,
    PARTS_OF,
    RUBRIC,
    dimension_key,
    in_order,
)
from quizzes.models import Question

PLACES = Decimal("0.001")


def drafted(question: Question, expander: Expander, kept: Mapping[str, Any]) -> Draft:
    """Return the draft of a question whose parts are fetched already.

    Raises:
        CannotReadError: it holds something that no file of questions can hold.
    """
    names = (OPTIONS, PAIRS, ACCEPTED, RUBRIC, DIMENSIONS)
    saved = {name: in_order(getattr(question, name).all()) for name in names}
    tags = (tag.name for tag in question.tags.all())
    return draft_with(question, saved, tags, expander, kept)


def draft_with(
    question: Question,
    parts: Mapping[str, Sequence[Any]],
    tags: Iterable[str],
    expander: Expander,
    kept: Mapping[str, Any],
) -> Draft:
    """Return the draft of a question with these parts, saved or not.

    Raises:
        CannotReadError: it holds something that no file of questions can hold.
    """
    lines = _in_use(question, parts)
    made = Draft(
        kind=question.kind,
        name=" ".join(question.name.split()),
        stem=expander.html(question.stem),
        category=question.category.name if question.category else "",
        options=_options(lines[OPTIONS], expander),
        pairs=_pairs(lines[PAIRS], expander),
        accepted=_accepted(question, lines[ACCEPTED], expander),
        rubric=_rubric(lines[RUBRIC]),
        scoring=question.scoring if question.kind in SCORED else ALL_OR_NOTHING,
        form=question.form if question.kind in (Kind.SITUATIONAL, Kind.GAPS) else "",
        unit=question.unit.strip() if question.kind == Kind.NUMERIC else "",
        status=question.status,
        tags=tuple(sorted(tags)),
        hints=tuple(filter(None, (" ".join(line.split()) for line in question.hints.splitlines()))),
        feedback=expander.html(question.feedback),
        mark=question.default_mark,
        note=question.note,
        dimensions=tuple((dimension_key(line), line.weight) for line in parts[DIMENSIONS]),
        kept=kept,
    )
    made = replace(made, **_rules(question))
    if question.kind == Kind.GAPS:
        made = _in_reading_order(made)
    # The pictures are known once the texts above have been gone through.
    return replace(made, files=tuple(expander.files.values()))


def _in_use(question: Question, parts: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """Return the parts that the kind has; of a kind that lacks one, nothing."""
    used = PARTS_OF.get(question.kind, ())
    return {
        name: parts[name] if name in used else () for name in (OPTIONS, PAIRS, ACCEPTED, RUBRIC)
    }


def _rules(question: Question) -> dict[str, Any]:
    """Return what counts for the kinds that people write answers to."""
    if question.kind == Kind.OPEN:
        return {"min_words": question.min_words, "max_words": question.max_words}
    if question.kind in (Kind.SHORT_TEXT, Kind.GAPS):
        case_matters, accents_matter = question.case_matters, question.accents_matter
        if question.form == SELECT:
            case_matters = accents_matter = False
        return {"case_matters": case_matters, "accents_matter": accents_matter}
    return {}


def _options(lines: Sequence[Any], expander: Expander) -> tuple[DraftOption, ...]:
    return tuple(
        DraftOption(expander.html(one.text), one.weight, expander.html(one.feedback))
        for one in lines
    )


def _pairs(lines: Sequence[Any], expander: Expander) -> tuple[DraftPair, ...]:
    return tuple(
        DraftPair(expander.html(one.prompt), one.match.strip(), expander.html(one.feedback))
        for one in lines
    )


def _accepted(
    question: Question, lines: Sequence[Any], expander: Expander
) -> tuple[DraftAnswer, ...]:
    is_number = question.kind == Kind.NUMERIC
    return tuple(
        DraftAnswer(
            text=_number_text(one.text) if is_number else one.text.strip(),
            fraction=one.fraction.quantize(PLACES),
            feedback=expander.html(one.feedback),
            gap=one.gap if question.kind == Kind.GAPS else 1,
            tolerance=one.tolerance if is_number else Decimal(0),
        )
        for one in lines
    )


def _number_text(text: str) -> str:
    """Return a number as files write it; what is no number stays for its author to see."""
    try:
        return number(decimal(text))
    except CannotReadError:
        return text


def _rubric(lines: Sequence[Any]) -> tuple[DraftRow, ...]:
    return tuple(
        DraftRow(
            one.title,
            tuple(" ".join(level.split()) for level in one.level_lines),
            one.weight,
            dimension_key(one),
        )
        for one in lines
    )


def _in_reading_order(draft: Draft) -> Draft:
    """Number the gaps from 1 as they are read; answers of gaps that are not there go."""
    places = {int(old): new for new, old in enumerate(NAMED.findall(draft.stem), start=1)}
    answers = [
        replace(answer, gap=places[answer.gap]) for answer in draft.accepted if answer.gap in places
    ]
    answers.sort(key=lambda answer: answer.gap)
    return replace(draft, stem=renumbered(draft.stem), accepted=tuple(answers))
