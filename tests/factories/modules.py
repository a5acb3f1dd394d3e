import datetime as dt
from typing import Any

import factory
import wagtail_factories
from wagtail.models import Page

from modules.models import (
    CataloguePage,
    ImmersionPreparationPage,
    LessonPage,
    ModuleQuiz,
    TrainingSessionPage,
    WorkshopPage,
    WorkshopSession,
)
from tests.factories.quizzes import PublishedQuizFactory


class CataloguePageFactory(wagtail_factories.PageFactory):
    """The one catalogue below the home page that the migrations made."""

    class Meta:
        model = CataloguePage

    title = "Learn"
    slug = "learn"
    parent = factory.LazyFunction(lambda: Page.objects.get(depth=2))

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Any, kwargs: Any) -> Any:
        there = model_class.objects.first()
        return there or super()._create_instance(model_class, parent, kwargs)


class TrainingSessionPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = TrainingSessionPage

    title = factory.Sequence(lambda n: f"Module {n}")
    summary = "What it is about."
    objectives = "<ul><li>Name three norms learned at home.</li></ul>"
    parent = factory.SubFactory(CataloguePageFactory)


class WorkshopPageFactory(TrainingSessionPageFactory):
    class Meta:
        model = WorkshopPage


class ImmersionPreparationPageFactory(TrainingSessionPageFactory):
    class Meta:
        model = ImmersionPreparationPage


class LessonPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = LessonPage

    title = factory.Sequence(lambda n: f"Lesson {n}")
    minutes = 10
    parent = factory.SubFactory(TrainingSessionPageFactory)

    @factory.lazy_attribute
    def body(self) -> Any:
        return [{"type": "text", "value": "<p>Watch first, then try.</p>"}]


class ModuleQuizFactory(factory.django.DjangoModelFactory[ModuleQuiz]):
    """A published quiz at the end of a module."""

    class Meta:
        model = ModuleQuiz

    module = factory.SubFactory(TrainingSessionPageFactory)
    quiz = factory.SubFactory(PublishedQuizFactory)


class WorkshopSessionFactory(factory.django.DjangoModelFactory[WorkshopSession]):
    """Ninety minutes in Stockholm on 2 November 2026, from noon UTC."""

    class Meta:
        model = WorkshopSession

    workshop = factory.SubFactory(WorkshopPageFactory)
    starts_at = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
    ends_at = dt.datetime(2026, 11, 2, 13, 30, tzinfo=dt.UTC)
    time_zone = "Europe/Stockholm"
    place = factory.Sequence(lambda n: f"Room {n}")
