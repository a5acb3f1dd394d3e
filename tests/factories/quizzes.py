from decimal import Decimal
from typing import Any

import factory

from quizzes.enums import Purpose, QuestionKind
from quizzes.models import Option, Question, Quiz, QuizItem


class OptionFactory(factory.django.DjangoModelFactory[Option]):
    class Meta:
        model = Option

    text = factory.Sequence(lambda n: f"Option {n}")
    feedback = factory.Sequence(lambda n: f"Feedback {n}")


class QuestionFactory(factory.django.DjangoModelFactory[Question]):
    """A question whose options have the given weights, in this order."""

    class Meta:
        model = Question
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Question {n}")
    kind = QuestionKind.SINGLE
    stem = factory.Sequence(lambda n: f"<p>Stem {n}</p>")

    @factory.post_generation
    def weights(self: Any, create: bool, extracted: tuple[str, ...] | None, **kwargs: Any) -> None:
        for order, weight in enumerate(extracted or ("1", "0", "0")):
            OptionFactory.create(question=self, weight=Decimal(weight), sort_order=order)


class QuizFactory(factory.django.DjangoModelFactory[Quiz]):
    """An unpublished quiz with the given questions, or with two single choice ones."""

    class Meta:
        model = Quiz
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Quiz {n}")
    purpose = Purpose.GRADED
    shuffle_options = False

    @factory.post_generation
    def questions(self: Any, create: bool, extracted: list[Question] | None, **kwargs: Any) -> None:
        questions = QuestionFactory.create_batch(2) if extracted is None else extracted
        for order, question in enumerate(questions):
            QuizItem.objects.create(quiz=self, question=question, sort_order=order)
