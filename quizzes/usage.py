"""Where questions are used, and how often they have been answered."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from quizzes.enums import StepKind
from quizzes.models import AnswerStep, Question, QuizItem


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
