import datetime as dt
from decimal import Decimal
from typing import Any

import factory

from modules.models import ModulePage
from people.models import User
from progress.models import ModuleRecord
from quizzes.enums import AttemptState, Purpose, QuestionKind
from quizzes.models import Attempt, Quiz
from quizzes.publishing import publish
from readiness.contents import content_of
from readiness.declarations import made_for
from readiness.enums import AdviceLevel, DeclarationKind, Occasion, RequirementKind
from readiness.models import (
    ChangeOfPlan,
    Declaration,
    Errand,
    Extension,
    ExternalResult,
    PlanEffect,
    Requirement,
    RequirementSet,
    RequirementSetVersion,
    Snapshot,
    TravelAdvice,
    Waiver,
)
from readiness.snapshots import digest_of
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory, TrainerFactory
from tests.factories.quizzes import QuestionFactory, QuizFactory

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def in_force(requirement_set: RequirementSet) -> RequirementSetVersion:
    """Make what the set asks now its only version, in force since long ago."""
    version, _is_new = RequirementSetVersion.objects.update_or_create(
        requirement_set=requirement_set,
        number=1,
        defaults={
            "content": content_of(requirement_set),
            "effective_at": LONG_AGO,
            "published_at": LONG_AGO,
        },
    )
    return version


class RequirementSetFactory(factory.django.DjangoModelFactory[RequirementSet]):
    """A set that is in force; its requirements are, too, as soon as they are made."""

    class Meta:
        model = RequirementSet
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Requirements {n}")

    @factory.post_generation
    def published(self: Any, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if create and extracted is not False:
            in_force(self)


class RequirementFactory(factory.django.DjangoModelFactory[Requirement]):
    """A requirement of the kind "module completed", without a module; in force at once."""

    class Meta:
        model = Requirement
        skip_postgeneration_save = True

    requirement_set = factory.SubFactory(RequirementSetFactory)
    kind = RequirementKind.MODULE
    sort_order = factory.Sequence(int)

    @factory.post_generation
    def published(self: Any, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if create and extracted is not False:
            in_force(self.requirement_set)


class QuizRequirementFactory(RequirementFactory):
    kind = RequirementKind.QUIZ
    min_percent = Decimal(80)


class DeclarationRequirementFactory(RequirementFactory):
    kind = RequirementKind.DECLARATION
    declaration = DeclarationKind.PASSPORT


class DeclarationFactory(factory.django.DjangoModelFactory[Declaration]):
    """Declared by the placement's participant on 10 January 2027."""

    class Meta:
        model = Declaration

    placement = factory.SubFactory(PlacementFactory)
    kind = DeclarationKind.PASSPORT
    country = factory.LazyAttribute(lambda self: made_for(self.placement, self.kind))
    declared_at = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)

    @factory.lazy_attribute
    def declared_by(self: Any) -> Any:
        return self.placement.participant


class WaiverFactory(factory.django.DjangoModelFactory[Waiver]):
    """Granted on 10 January 2027 for good."""

    class Meta:
        model = Waiver

    placement = factory.SubFactory(PlacementFactory)
    requirement_key = "declaration:passport"
    requirement_name = "Passport"
    reason = "Travels with an identity card."
    granted_by = factory.SubFactory(CoordinatorFactory)
    granted_at = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)


class ExtensionFactory(factory.django.DjangoModelFactory[Extension]):
    """A wish for more time for the passport, asked on 10 January 2027 and not decided."""

    class Meta:
        model = Extension

    placement = factory.SubFactory(PlacementFactory)
    requirement_key = "declaration:passport"
    requirement_name = "Passport"
    reason = "The town hall is closed."
    wished_for = dt.date(2027, 2, 10)
    asked_at = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)

    @factory.lazy_attribute
    def asked_by(self: Any) -> Any:
        return self.placement.participant


class ExternalResultFactory(factory.django.DjangoModelFactory[ExternalResult]):
    """A language test taken on 5 January 2027, recorded five days later."""

    class Meta:
        model = ExternalResult

    placement = factory.SubFactory(PlacementFactory)
    instrument = "Language test"
    scale = "CEFR"
    value = "B2"
    taken_on = dt.date(2027, 1, 5)
    recorded_by = factory.SubFactory(CoordinatorFactory)
    recorded_at = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)


class ErrandFactory(factory.django.DjangoModelFactory[Errand]):
    """A waiver for one person, done on 20 January 2027."""

    class Meta:
        model = Errand

    deed = "readiness.together.waive"
    title = "Waive for several people"
    placements = factory.LazyFunction(lambda: [1])
    counts = factory.LazyFunction(lambda: {"waived": 1})
    total = 1
    taken = 1
    asked_by = factory.SubFactory(CoordinatorFactory)
    asked_at = dt.datetime(2027, 1, 20, 12, tzinfo=dt.UTC)
    finished_at = dt.datetime(2027, 1, 20, 12, tzinfo=dt.UTC)


class ChangeOfPlanFactory(factory.django.DjangoModelFactory[ChangeOfPlan]):
    """That `placement` was cancelled on 20 January 2027, in the history only."""

    class Meta:
        model = ChangeOfPlan
        skip_postgeneration_save = True

    reason = "The host asked for it."
    made_by = factory.SubFactory(CoordinatorFactory)
    made_at = dt.datetime(2027, 1, 20, 12, tzinfo=dt.UTC)

    @factory.post_generation
    def placement(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        PlanEffect.objects.create(
            change=self,
            placement=extracted or PlacementFactory.create(),
            fields={"status": ["live", "cancelled"]},
            plan=[["status", "live", "cancelled"]],
            state_before="not_ready",
            state_after="cancelled",
        )


class SnapshotFactory(factory.django.DjangoModelFactory[Snapshot]):
    """An empty state at departure, frozen on 2 March 2027."""

    class Meta:
        model = Snapshot

    placement = factory.SubFactory(PlacementFactory)
    occasion = Occasion.DEPARTURE
    content = factory.LazyFunction(
        lambda: {"name": "Ada Byron", "state": "ready", "done": 0, "required": 0, "cells": []}
    )
    digest = factory.LazyAttribute(lambda one: digest_of(one.content))
    as_of = dt.datetime(2027, 3, 1, 22, 59, tzinfo=dt.UTC)
    taken_at = dt.datetime(2027, 3, 2, 8, tzinfo=dt.UTC)


class TravelAdviceFactory(factory.django.DjangoModelFactory[TravelAdvice]):
    """Advice for Japan, issued on 20 January 2027; its set asks nothing."""

    class Meta:
        model = TravelAdvice

    country = "JP"
    level = AdviceLevel.CAUTION
    text = "Avoid the coast in the storm season."
    source = "https://ministry.example/japan"
    valid_from = dt.date(2027, 1, 20)
    requirement_set = factory.SubFactory(RequirementSetFactory, country="JP")
    issued_by = factory.SubFactory(CoordinatorFactory)
    issued_at = dt.datetime(2027, 1, 20, 12, tzinfo=dt.UTC)


def published_quiz(**fields: Any) -> Quiz:
    """A quiz that participants can take; a self-assessment asks for ratings only."""
    if fields.get("purpose") == Purpose.SELF_ASSESSMENT:
        fields["questions"] = [QuestionFactory.create(kind=QuestionKind.RATING)]
    quiz = QuizFactory.create(**fields)
    publish(quiz, by=TrainerFactory.create(), at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC))
    return quiz


def finished_attempt(quiz: Quiz, participant: User, *, percent: str, at: dt.datetime) -> Attempt:
    """An attempt handed in at `at`, ten minutes after it was started."""
    assert quiz.live_version is not None
    score = Decimal(percent) / 100
    return Attempt.objects.create(
        quiz=quiz,
        version=quiz.live_version,
        participant=participant,
        number=Attempt.objects.filter(quiz=quiz, participant=participant).count() + 1,
        state=AttemptState.FINISHED,
        layout=[],
        started_at=at - dt.timedelta(minutes=10),
        submitted_at=at,
        graded_at=at,
        score=score,
        max_score=Decimal(1),
        percent=Decimal(percent),
        passed=Decimal(percent) >= quiz.pass_mark,
    )


def completed_module(module: ModulePage, participant: User, *, at: dt.datetime) -> ModuleRecord:
    """A record that the participant completed the module at `at`, begun a day before."""
    return ModuleRecord.objects.create(
        participant=participant,
        module_key=module.translation_key,
        title=module.title,
        started_at=at - dt.timedelta(days=1),
        last_opened_at=at,
        completed_at=at,
    )
