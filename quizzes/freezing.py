"""Turns a quiz as its author has it now into a paper."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from django.db.models import Prefetch

from quizzes.enums import QuestionKind
from quizzes.models import (
    Option,
    Question,
    QuestionDimension,
    Quiz,
    QuizDraw,
    QuizItem,
    QuizSection,
)
from quizzes.papers import Item, Paper, PaperOption
from quizzes.terms import Draw, Section, Terms

Line = TypeVar("Line", Option, QuestionDimension, QuizItem, QuizDraw)

RELATIONS = ("options", "dimensions__dimension__framework")


def freeze(quiz: Quiz) -> Paper:
    """Return the paper of the quiz as it is saved, with every question that may be drawn.

    Seven queries whatever its length, and five more if it draws. The paper may be one
    that cannot be published: see `publishing.problems`.
    """
    sections = _sections(quiz)
    fixed = [item.question for section in sections for item in _in_order(section.items.all())]
    pools = _pools(sections, {question.pk for question in fixed})
    questions = [*fixed, *{one.pk: one for pool in pools.values() for one in pool}.values()]
    return Paper(
        title=quiz.title,
        introduction=quiz.introduction,
        purpose=quiz.purpose,
        pass_mark=quiz.pass_mark,
        grading_method=quiz.grading_method,
        max_attempts=quiz.max_attempts,
        minutes=quiz.minutes,
        shuffle_questions=quiz.shuffle_questions,
        shuffle_options=quiz.shuffle_options,
        items=tuple(freeze_question(question) for question in questions),
        dimension_names=_dimension_names(questions),
        sections=tuple(_freeze_section(section, pools) for section in sections),
        terms=freeze_terms(quiz),
    )


def freeze_terms(quiz: Quiz) -> Terms:
    return Terms(
        paging=quiz.paging,
        is_sequential=quiz.is_sequential,
        wait_minutes=quiz.wait_minutes,
    )


def _sections(quiz: Quiz) -> list[QuizSection]:
    sections = quiz.sections.order_by("sort_order", "pk").prefetch_related(
        Prefetch("items", QuizItem.objects.select_related("question")),
        *(f"items__question__{relation}" for relation in RELATIONS),
        "draws",
    )
    return list(sections)


def _pools(sections: Iterable[QuizSection], fixed: Collection[int]) -> dict[int, list[Question]]:
    """Return what each draw may draw from, by the draw's key: never a fixed question."""
    draws = [draw for section in sections for draw in section.draws.all()]
    if not draws:
        return {}
    wanted = Question.objects.filter(category__in={draw.category_id for draw in draws})
    found = list(wanted.exclude(pk__in=fixed).order_by("pk").prefetch_related(*RELATIONS))
    return {
        draw.pk: [question for question in found if question.category_id == draw.category_id]
        for draw in draws
    }


def _freeze_section(section: QuizSection, pools: Mapping[int, Sequence[Question]]) -> Section:
    return Section(
        heading=section.heading,
        introduction=section.introduction,
        item_ids=tuple(item.question.uuid for item in _in_order(section.items.all())),
        draws=tuple(
            Draw(draw.count, tuple(question.uuid for question in pools[draw.pk]))
            for draw in _in_order(section.draws.all())
        ),
    )


def freeze_question(question: Question) -> Item:
    return Item(
        id=question.uuid,
        kind=question.kind,
        stem=question.stem,
        options=freeze_options(question.kind, _in_order(question.options.all())),
        mark=question.default_mark,
        scoring=question.scoring,
        feedback=question.feedback,
        dimensions={
            dimension_key(line): line.weight for line in _in_order(question.dimensions.all())
        },
    )


def freeze_options(kind: str, options: Sequence[Option]) -> tuple[PaperOption, ...]:
    """Return the options; a rating's scale is spaced evenly unless its author weighed it."""
    weights = [option.weight for option in options]
    if kind == QuestionKind.RATING and len(set(weights)) == 1 and len(weights) > 1:
        last = Decimal(len(weights) - 1)
        weights = [(place / last).quantize(Decimal("0.001")) for place in range(len(weights))]
    return tuple(
        PaperOption(id=option.uuid, text=option.text, weight=weight, feedback=option.feedback)
        for option, weight in zip(options, weights, strict=True)
    )


def dimension_key(line: QuestionDimension) -> str:
    """Name a dimension across frameworks, such as `built-in.empathy`."""
    return f"{line.dimension.framework.code}.{line.dimension.code}"


def _in_order(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.sort_order or 0, line.pk or 0))


def _dimension_names(questions: Iterable[Question]) -> dict[str, str]:
    return {
        dimension_key(line): line.dimension.name
        for question in questions
        for line in _in_order(question.dimensions.all())
    }
