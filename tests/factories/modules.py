from typing import Any

import factory
import wagtail_factories
from wagtail.models import Page

from modules.models import (
    CataloguePage,
    ImmersionPreparationPage,
    LessonPage,
    TrainingSessionPage,
    WorkshopPage,
)


class CataloguePageFactory(wagtail_factories.PageFactory):
    """The catalogue below the home page that the migrations made."""

    class Meta:
        model = CataloguePage

    title = "Learn"
    slug = "learn"
    parent = factory.LazyFunction(lambda: Page.objects.get(depth=2))


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
