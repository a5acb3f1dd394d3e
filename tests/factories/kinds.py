"""One question of every kind, plain and in the bank."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from quizzes.models import Question
from quizzes.papers import (
    GAPS,
    LIKERT,
    MATCHING,
    MULTIPLE,
    NUMERIC,
    OPEN,
    ORDERING,
    RATE,
    RATING,
    SELECT,
    SHORT,
    SINGLE,
    SITUATIONAL,
    TRUE_FALSE,
    Accepted,
    Item,
    Pair,
    RubricRow,
    Statement,
)
from quizzes.versions import write_item
from tests.factories.papers import item, uid

SHARE = "proportional"
SCALE = {"never": "0", "sometimes": "0.5", "always": "1"}


def matching(name: str = "q", pairs: Mapping[str, str] | None = None, *others: str) -> Item:
    """A matching question whose pairs are named `<question>.<prompt>`."""
    lines = (pairs or {"bow": "greeting", "gift": "thanks"}).items()
    distractors = [("", other) for other in (others or ("farewell",))]
    return replace(
        item(name, {}, kind=MATCHING, scoring=SHARE),
        pairs=tuple(
            Pair(
                id=uid(f"{name}.{prompt or match}"),
                choice_id=uid(f"{name}.choice.{prompt or match}"),
                prompt=f"<p>{prompt}</p>" if prompt else "",
                match=match,
                feedback=f"<p>About {prompt}</p>" if prompt else "",
            )
            for prompt, match in [*lines, *distractors]
        ),
    )


def ordering(name: str = "q", *texts: str) -> Item:
    lines = dict.fromkeys(texts or ("ask", "listen", "decide"), "0")
    return item(name, lines, kind=ORDERING, scoring=SHARE)


def written(
    name: str, kind: str, answers: Mapping[str, str], *, tolerance: str = "0", gap: int = 1
) -> Item:
    """A short, numeric or gap question with these answers and what they earn."""
    return replace(
        item(name, {}, kind=kind, scoring=SHARE),
        accepted=tuple(
            Accepted(
                id=uid(f"{name}.{gap}.{text}"),
                text=text,
                fraction=Decimal(fraction),
                feedback=f"<p>About {text}</p>",
                gap=gap,
                tolerance=Decimal(tolerance),
            )
            for text, fraction in answers.items()
        ),
    )


def short(name: str = "q", answers: Mapping[str, str] | None = None) -> Item:
    return written(name, SHORT, answers or {"Café": "1", "caf*": "0.5"})


def numeric(
    name: str = "q",
    answers: Mapping[str, str] | None = None,
    *,
    tolerance: str = "0.5",
    unit: str = "km",
) -> Item:
    question = written(name, NUMERIC, answers or {"12.5": "1"}, tolerance=tolerance)
    return replace(question, unit=unit)


def gaps(name: str = "q", *, form: str = "") -> Item:
    first = written(name, GAPS, {"bow": "1", "nod": "0.5", "wave": "0"}, gap=1)
    second = written(name, GAPS, {"door": "1", "window": "0"}, gap=2)
    return replace(
        first,
        stem="<p>They [[1]] at the [[2]].</p>",
        form=form,
        accepted=(*first.accepted, *second.accepted),
    )


def likert(name: str = "q") -> Item:
    return replace(
        item(name, SCALE, kind=LIKERT),
        statements=(
            Statement(uid(f"{name}.listen"), "I listen", dimension="x.empathy"),
            Statement(uid(f"{name}.judge"), "I judge", is_reversed=True, dimension="x.empathy"),
            Statement(uid(f"{name}.ask"), "I ask", dimension="x.openness"),
        ),
    )


def open_text(name: str = "q") -> Item:
    return replace(
        item(name, {}, kind=OPEN, mark="4"),
        min_words=2,
        max_words=50,
        rubric=(
            RubricRow(uid(f"{name}.view"), "Other views", ("none", "one", "several")),
            RubricRow(uid(f"{name}.words"), "Words", ("unclear", "clear"), Decimal(2)),
        ),
    )


def rate(name: str = "q", weights: Mapping[str, str] | None = None) -> Item:
    options = weights or {"ask": "1", "wait": "0.5", "leave": "0"}
    return replace(item(name, options, kind=SITUATIONAL), form=RATE)


EXAMPLES: Mapping[str, Callable[[str], Item]] = {
    SINGLE: lambda name: item(name, {"right": "1", "wrong": "0"}),
    MULTIPLE: lambda name: item(name, {"a": "1", "b": "1", "c": "0"}, kind=MULTIPLE, scoring=SHARE),
    SITUATIONAL: lambda name: item(name, {"ask": "1", "wait": "0.5"}, kind=SITUATIONAL),
    RATE: rate,
    TRUE_FALSE: lambda name: item(name, {"True": "1", "False": "0"}, kind=TRUE_FALSE),
    MATCHING: matching,
    ORDERING: ordering,
    SHORT: short,
    NUMERIC: numeric,
    GAPS: gaps,
    SELECT: lambda name: gaps(name, form=SELECT),
    RATING: lambda name: item(name, SCALE, kind=RATING),
    LIKERT: likert,
    OPEN: open_text,
}


def banked(plain: Item, **fields: object) -> Question:
    """Put a plain question into the bank, its ids and all."""
    question = Question.objects.create(
        uuid=plain.id, name=f"Question {plain.id}", kind=plain.kind, stem=plain.stem, **fields
    )
    write_item(question, plain)
    return question
