"""Where questions are used, how often they have been answered, and how many a quiz asks."""

from typing import Any

from django.db.models import Aggregate, Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from quizzes.enums import StepKind
from quizzes.models import AnswerStep, Question, Quiz, QuizDraw, QuizItem


def with_usage(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Add `quiz_count` and `answer_count` to each question.

    `answer_count` is the number of attempts with a saved answer, in any version of
    any quiz, open attempts included.
    """
    items = QuizItem.objects.filter(question=OuterRef("pk"))
    answers = AnswerStep.objects.filter(item_id=OuterRef("uuid"), kind=StepKind.SAVED)
    return questions.annotate(
        quiz_count=_number(items, "question", Count("section__quiz", distinct=True)),
        answer_count=_number(answers, "item_id", Count("attempt", distinct=True)),
    )


def with_question_count(quizzes: QuerySet[Quiz]) -> QuerySet[Quiz]:
    """Add `question_count` to each quiz: what an attempt asks, drawn questions included."""
    fixed = QuizItem.objects.filter(section__quiz=OuterRef("pk"))
    drawn = QuizDraw.objects.filter(section__quiz=OuterRef("pk"))
    return quizzes.annotate(
        question_count=_number(fixed, "section__quiz", Count("pk"))
        + _number(drawn, "section__quiz", Sum("count"))
    )


def _number(rows: QuerySet[Any], by: str, number: Aggregate) -> Coalesce:
    """A number over the rows of one record, by which they are all the same; 0 without any."""
    counted = rows.order_by().values(by).annotate(number=number).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
