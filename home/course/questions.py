"""Quizzes and their questions, from content files into the bank, published."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from wagtail.models import ReferenceIndex

from competence.models import Dimension
from home.course.ledger import Ledger
from home.course.prose import inline, rich_text
from home.course.reading import Entry, key, quizzes
from people.models import User
from quizzes.enums import QuestionKind, Scoring
from quizzes.models import (
    Option,
    Question,
    QuestionCategory,
    QuestionDimension,
    Quiz,
    QuizDraw,
    QuizItem,
    QuizSection,
)
from quizzes.publishing import publish

FULL_POINTS = 3


def load_quizzes(
    ledger: Ledger, *, dimensions: dict[str, Dimension], author: User | None, at: dt.datetime
) -> dict[str, Quiz]:
    """Make and publish the quizzes that are missing; name those that were edited.

    Returns:
        All of them, by the names of their files.
    """
    loaded = {}
    # What draws from the categories comes when they have their questions.
    for entry in sorted(quizzes(), key=lambda entry: bool(_draws(entry.data))):
        quiz = Quiz.objects.filter(uuid=key("quiz", entry.name)).first()
        if quiz is None:
            quiz = _make(entry, dimensions, author)
            publish(quiz, by=author, at=at)
            ledger.made.append(f"quiz “{quiz}”")
        elif _told(quiz, entry) != _wanted(entry):
            ledger.left_alone.append(f"quiz “{quiz}”")
        loaded[entry.name] = quiz
    return loaded


def _fields(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": data["title"],
        "introduction": rich_text(data["introduction"]),
        "purpose": data["purpose"],
        "pass_mark": Decimal(data.get("pass_mark", 0)),
        "minutes": data["minutes"],
        "max_attempts": data.get("max_attempts"),
    }


def _lines(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the questions with all that they inherit from the quiz's file."""
    scale = data.get("scale", [])
    return [
        {
            "name": question["name"],
            "category": question.get("category") or data["category"],
            "kind": question.get("kind", QuestionKind.RATING),
            "stem": rich_text(question["stem"]),
            "scoring": question.get("scoring", Scoring.ALL_OR_NOTHING),
            "dimensions": question["dimensions"],
            "options": [_option(option) for option in question.get("options", [])]
            or [
                (inline(step), _share(place, len(scale) - 1), "")
                for place, step in enumerate(scale)
            ],
        }
        for question in data.get("questions", [])
    ]


def _draws(data: dict[str, Any]) -> list[tuple[str, int]]:
    """Return from which category how many questions are drawn for each attempt."""
    return [(draw["category"], draw["count"]) for draw in data.get("draws", [])]


def _option(option: dict[str, Any]) -> tuple[str, Decimal, str]:
    points = option["points"] if "points" in option else FULL_POINTS * option["right"]
    return inline(option["text"]), _share(points, FULL_POINTS), rich_text(option["feedback"])


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(part) / whole).quantize(Decimal("0.001"))


def _make(entry: Entry, dimensions: dict[str, Dimension], author: User | None) -> Quiz:
    quiz = Quiz.objects.create(uuid=key("quiz", entry.name), **_fields(entry.data))
    section = QuizSection.objects.create(quiz=quiz, sort_order=0)
    QuizDraw.objects.bulk_create(
        QuizDraw(section=section, category=_category(name), count=count, sort_order=order)
        for order, (name, count) in enumerate(_draws(entry.data))
    )
    _make_questions(entry, section, dimensions, author)
    ReferenceIndex.create_or_update_for_object(quiz)
    return quiz


def _category(name: str) -> QuestionCategory:
    category, _is_new = QuestionCategory.objects.get_or_create(name=name)
    return category


def _make_questions(
    entry: Entry, section: QuizSection, dimensions: dict[str, Dimension], author: User | None
) -> None:
    """Put the file's questions into the bank, and into the quiz unless it draws."""
    for order, line in enumerate(_lines(entry.data)):
        question = _make_question(entry, line, dimensions, author)
        if not _draws(entry.data):
            QuizItem.objects.create(section=section, question=question, sort_order=order)


def _identity(entry: Entry, line: dict[str, Any]) -> UUID:
    return key("question", entry.name, line["name"])


def _make_question(
    entry: Entry, line: dict[str, Any], dimensions: dict[str, Dimension], author: User | None
) -> Question:
    options, codes = line.pop("options"), line.pop("dimensions")
    question = Question.objects.create(
        uuid=_identity(entry, line),
        category=_category(line.pop("category")),
        created_by=author,
        **line,
    )
    Option.objects.bulk_create(
        Option(
            uuid=key("option", entry.name, question.name, str(place)),
            question=question,
            sort_order=place,
            text=text,
            weight=weight,
            feedback=feedback,
        )
        for place, (text, weight, feedback) in enumerate(options)
    )
    QuestionDimension.objects.bulk_create(
        QuestionDimension(question=question, dimension=dimensions[code], sort_order=place)
        for place, code in enumerate(codes)
    )
    return question


def _wanted(entry: Entry) -> dict[str, Any]:
    return _fields(entry.data) | {"questions": _lines(entry.data), "draws": _draws(entry.data)}


def _told(quiz: Quiz, entry: Entry) -> dict[str, Any]:
    """Return what the quiz says now, in the form of `_wanted`."""
    items = QuizItem.objects.filter(section__quiz=quiz).select_related("question__category")
    items = items.order_by("section__sort_order", "sort_order", "pk")
    items = items.prefetch_related("question__options", "question__dimensions__dimension")
    asked = [item.question for item in items]
    if _draws(entry.data):
        asked += _in_bank([_identity(entry, line) for line in entry.data.get("questions", [])])
    draws = QuizDraw.objects.filter(section__quiz=quiz).order_by("section", "sort_order", "pk")
    fields = ("title", "introduction", "purpose", "pass_mark", "minutes", "max_attempts")
    return {field: getattr(quiz, field) for field in fields} | {
        "questions": [_told_question(question) for question in asked],
        "draws": list(draws.values_list("category__name", "count")),
    }


def _in_bank(identities: list[UUID]) -> list[Question]:
    found = Question.objects.filter(uuid__in=identities).select_related("category")
    found = found.prefetch_related("options", "dimensions__dimension")
    by_identity = found.in_bulk(field_name="uuid")
    return [by_identity[one] for one in identities if one in by_identity]


def _told_question(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "category": str(question.category),
        "kind": question.kind,
        "stem": question.stem,
        "scoring": question.scoring,
        "dimensions": [line.dimension.code for line in question.dimensions.all()],
        "options": [(each.text, each.weight, each.feedback) for each in question.options.all()],
    }
