import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import factory

from people.models import User
from quizzes import attempts, publishing
from quizzes.enums import Purpose, QuestionKind, RegradeKind
from quizzes.models import (
    Accommodation,
    Attempt,
    Option,
    Question,
    QuestionCategory,
    Quiz,
    QuizItem,
    QuizPair,
    QuizSection,
    QuizVersion,
    Regrade,
)
from tests.factories.people import ParticipantFactory, TrainerFactory

WEIGHTS = {
    QuestionKind.SINGLE: ("1", "0", "0"),
    QuestionKind.MULTIPLE: ("1", "1", "0", "0"),
    QuestionKind.SITUATIONAL: ("0.333", "1", "0.333", "0"),
    QuestionKind.RATING: ("0", "0", "0", "0", "0"),
}
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


class CategoryFactory(factory.django.DjangoModelFactory[QuestionCategory]):
    class Meta:
        model = QuestionCategory

    name = factory.Sequence(lambda n: f"Category {n}")


class AccommodationFactory(factory.django.DjangoModelFactory[Accommodation]):
    """Half as much time again, in all quizzes."""

    class Meta:
        model = Accommodation

    participant = factory.SubFactory(ParticipantFactory)
    granted_by = factory.SubFactory(TrainerFactory)
    granted_at = NOON
    time_factor = Decimal("1.5")
    reason = "Agreed with the disability office"


class QuizPairFactory(factory.django.DjangoModelFactory[QuizPair]):
    class Meta:
        model = QuizPair

    name = factory.Sequence(lambda n: f"Pair {n}")


class OptionFactory(factory.django.DjangoModelFactory[Option]):
    class Meta:
        model = Option

    text = factory.Sequence(lambda n: f"Option {n}")
    feedback = factory.Sequence(lambda n: f"Feedback {n}")


class QuestionFactory(factory.django.DjangoModelFactory[Question]):
    """A question whose options have the given weights, or its kind's, in this order."""

    class Meta:
        model = Question
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Question {n}")
    kind = QuestionKind.SINGLE
    stem = factory.Sequence(lambda n: f"<p>Stem {n}</p>")

    @factory.post_generation
    def weights(self: Any, create: bool, extracted: tuple[str, ...] | None, **kwargs: Any) -> None:
        for order, weight in enumerate(extracted or WEIGHTS[self.kind]):
            OptionFactory.create(question=self, weight=Decimal(weight), sort_order=order)


class MultipleChoiceFactory(QuestionFactory):
    kind = QuestionKind.MULTIPLE


class SituationFactory(QuestionFactory):
    kind = QuestionKind.SITUATIONAL


class RatingFactory(QuestionFactory):
    kind = QuestionKind.RATING


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
        section = QuizSection.objects.create(quiz=self, sort_order=0)
        for order, question in enumerate(questions):
            QuizItem.objects.create(section=section, question=question, sort_order=order)


class PublishedQuizFactory(QuizFactory):
    """A quiz with a live version, published at noon by a trainer."""

    @factory.post_generation
    def published(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        publishing.publish(self, by=TrainerFactory.create(), at=NOON)


class RegradeFactory(factory.django.DjangoModelFactory[Regrade]):
    """The trial of a regrade of a published quiz whose first question is disregarded."""

    class Meta:
        model = Regrade

    quiz = factory.SubFactory(PublishedQuizFactory)
    kind = RegradeKind.DISREGARD
    from_version = factory.SelfAttribute("quiz.live_version")
    item_id = factory.LazyAttribute(lambda one: one.from_version.paper["items"][0]["id"])
    reason = "No option was right."
    planned_by = factory.SubFactory(TrainerFactory)
    planned_at = NOON


def option_ids(question: Question, *places: int) -> list[str]:
    """Return the ids of the options at these places, counted from 0."""
    options = list(question.options.order_by("sort_order"))
    return [str(options[place].uuid) for place in places]


def live(quiz: Quiz) -> QuizVersion:
    assert quiz.live_version is not None
    return quiz.live_version


def questions_of(quiz: Quiz) -> list[Question]:
    items = QuizItem.objects.filter(section__quiz=quiz).select_related("question")
    return [item.question for item in items.order_by("section__sort_order", "sort_order")]


def finish_attempt(
    quiz: Quiz,
    participant: User,
    places: Mapping[int, int | Iterable[int]],
    *,
    at: dt.datetime = NOON,
) -> Attempt:
    """Take the quiz: at question n choose the option(s) at `places[n]`, then submit."""
    attempt = attempts.start(quiz=quiz, participant=participant, at=at)
    for number, place in places.items():
        question = questions_of(quiz)[number]
        chosen = [place] if isinstance(place, int) else place
        attempts.save_answer(
            attempt=attempt,
            item_id=question.uuid,
            response=option_ids(question, *chosen),
            actor=participant,
            at=at,
        )
    return attempts.submit(attempt=attempt, actor=participant, at=at)
