import datetime as dt
from typing import Any

import factory
import wagtail_factories
from wagtail.models import Page

from modules.models import (
    CataloguePage,
    CountryGuidePage,
    GlossaryTerm,
    GuidesPage,
    ImmersionPreparationPage,
    ImmersionTaskPage,
    InstitutionGuidePage,
    LessonPage,
    ModulePrerequisite,
    ModuleQuiz,
    RegionGuidePage,
    TrainingSessionPage,
    WorkshopPage,
    WorkshopSession,
)
from tests.factories.exchanges import InstitutionFactory
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

    title = factory.Sequence(lambda n: f"Workshop {n}")


class ImmersionPreparationPageFactory(TrainingSessionPageFactory):
    class Meta:
        model = ImmersionPreparationPage

    title = factory.Sequence(lambda n: f"Preparation {n}")


class LessonPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = LessonPage

    title = factory.Sequence(lambda n: f"Lesson {n}")
    minutes = 10
    parent = factory.SubFactory(TrainingSessionPageFactory)

    @factory.lazy_attribute
    def body(self) -> Any:
        return [{"type": "text", "value": "<p>Watch first, then try.</p>"}]


SOURCE = {
    "title": "Numbers to call",
    "publisher": "The authority",
    "link": "https://example.org/numbers",
    "consulted_on": "2026-11-02",
}


def fact(question: str, answer: str) -> dict[str, Any]:
    value = {"question": question, "answer": f"<p>{answer}</p>", "sources": [SOURCE]}
    return {"type": "fact", "value": value}


def advice(question: str, answer: str) -> dict[str, Any]:
    return {"type": "advice", "value": {"question": question, "answer": f"<p>{answer}</p>"}}


class GuidesPageFactory(CataloguePageFactory):
    """The one index of guides below the home page, with general advice."""

    class Meta:
        model = GuidesPage

    title = "Guides"
    slug = "guides"
    layer = "general"
    kept_by = "The office"

    @factory.lazy_attribute
    def answers(self) -> Any:
        return [advice("emergency", "Ask campus security."), advice("room", "Ask for the key.")]


class CountryGuidePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = CountryGuidePage

    title = "Sweden"
    country = "SE"
    layer = "country"
    kept_by = "The office"
    parent = factory.SubFactory(GuidesPageFactory)

    @factory.lazy_attribute
    def answers(self) -> Any:
        return [fact("emergency", "Call 112.")]


class RegionGuidePageFactory(CountryGuidePageFactory):
    class Meta:
        model = RegionGuidePage
        exclude = ("country",)

    title = "The north"
    layer = "region"


class InstitutionGuidePageFactory(CountryGuidePageFactory):
    class Meta:
        model = InstitutionGuidePage
        exclude = ("country",)

    title = "A host"
    layer = "institution"
    institution = factory.SubFactory(InstitutionFactory)


def rubric_about(first: str = "", second: str = "") -> list[dict[str, Any]]:
    """Two rows with three levels each, about these dimensions; rows about none as of old."""
    rows = {"Describes first": first, "Finds a second reading": second}
    levels = ["Not yet", "In places", "Throughout"]
    return [
        {
            "type": "row",
            "value": {"title": title, "levels": levels} | ({"dimension": key} if key else {}),
        }
        for title, key in rows.items()
    ]


class ImmersionTaskPageFactory(LessonPageFactory):
    """A task to be handed in as a text, with two rows to look at."""

    class Meta:
        model = ImmersionTaskPage

    title = factory.Sequence(lambda n: f"Task {n}")
    task_kind = "observation"
    parent = factory.SubFactory(ImmersionPreparationPageFactory)

    @factory.lazy_attribute
    def rubric(self) -> Any:
        return rubric_about()


class ModuleQuizFactory(factory.django.DjangoModelFactory[ModuleQuiz]):
    """A published quiz at the end of a module."""

    class Meta:
        model = ModuleQuiz

    module = factory.SubFactory(TrainingSessionPageFactory)
    quiz = factory.SubFactory(PublishedQuizFactory)


class ModulePrerequisiteFactory(factory.django.DjangoModelFactory[ModulePrerequisite]):
    """A published module that is needed before another one."""

    class Meta:
        model = ModulePrerequisite

    module = factory.SubFactory(TrainingSessionPageFactory)
    needed = factory.SubFactory(TrainingSessionPageFactory)


class WorkshopSessionFactory(factory.django.DjangoModelFactory[WorkshopSession]):
    """Ninety minutes in Stockholm on 2 November 2026, from noon UTC."""

    class Meta:
        model = WorkshopSession

    workshop = factory.SubFactory(WorkshopPageFactory)
    starts_at = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
    ends_at = dt.datetime(2026, 11, 2, 13, 30, tzinfo=dt.UTC)
    time_zone = "Europe/Stockholm"
    place = factory.Sequence(lambda n: f"Room {n}")


class GlossaryTermFactory(factory.django.DjangoModelFactory[GlossaryTerm]):
    """A published term. Give `see_also` as a list of terms."""

    class Meta:
        model = GlossaryTerm
        skip_postgeneration_save = True

    term = factory.Sequence(lambda n: f"Term {n}")
    definition = "<p>What people in a group <b>learn</b> from each other.</p>"

    @factory.post_generation
    def see_also(self, _create: bool, extracted: Any, **_kwargs: object) -> None:
        if extracted:
            term: Any = self
            term.see_also = extracted
            term.save()
