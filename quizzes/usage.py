"""Where questions are used, how often they have been answered, and how many a quiz asks."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from quizzes.enums import StepKind
from quizzes.models import AnswerStep, Question, Quiz, QuizDraw, QuizItem


def with_usage(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Add `quiz_count` and `answer_count` to each question.

    `answer_count` is the number of attempts with a saved answer, in any version of
    any quiz, open attempts included.
    """
    quizzes = (
        QuizItem.objects.filter(question=OuterRef("pk"))
        .order_by()
        .values("question")
        .annotate(count=Count("section__quiz", distinct=True))
        .values("count")
    )
    answers = (
        AnswerStep.objects.filter(item_id=OuterRef("uuid"), kind=StepKind.SAVED)
        .order_by()
        .values("item_id")
        .annotate(count=Count("attempt", distinct=True))
        .values("count")
    )
    return questions.annotate(
        quiz_count=Coalesce(Subquery(quizzes, output_field=IntegerField()), 0),
        answer_count=Coalesce(Subquery(answers, output_field=IntegerField()), 0),
    )


def with_question_count(quizzes: QuerySet[Quiz]) -> QuerySet[Quiz]:
    """Add `question_count` to each quiz: what an attempt asks, drawn questions included."""
    fixed = (
        QuizItem.objects.filter(section__quiz=OuterRef("pk"))
        .order_by()
        .values("section__quiz")
        .annotate(count=Count("pk"))
        .values("count")
    )
    drawn = (
        QuizDraw.objects.filter(section__quiz=OuterRef("pk"))
        .order_by()
        .values("section__quiz")
        .annotate(total=Sum("count"))
        .values("total")
    )
    return quizzes.annotate(
        question_count=Coalesce(Subquery(fixed, output_field=IntegerField()), 0)
        + Coalesce(Subquery(drawn, output_field=IntegerField()), 0)
    )
