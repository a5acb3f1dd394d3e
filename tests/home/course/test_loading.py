"""The course without the demo: on an empty site, again, and beside edits."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale
from wagtail_localize.models import Translation

from competence.models import Framework
from home.course.immersion import streams_of
from home.course.loading import known_dimensions, load
from home.course.reading import ContentError, guides, modules, quizzes, terms
from modules.languages import originals
from modules.models import (
    CountryGuidePage,
    GlossaryTerm,
    GuidePage,
    ImmersionTaskPage,
    LessonPage,
    ModulePage,
)
from people.models import User
from quizzes.models import Quiz
from tests.factories.exchanges import InstitutionFactory
from tests.factories.modules import GlossaryTermFactory

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
COURSE = list(modules())
LESSONS = sum(len(lessons) for _module, lessons in COURSE)


def test_an_empty_site_gets_the_course_and_no_people() -> None:
    ledger = load(author=None, at=AT)

    assert ledger.left_alone == []
    assert originals(ModulePage.objects.live()).count() == len(COURSE)
    assert originals(LessonPage.objects.live()).count() == LESSONS
    assert Quiz.objects.filter(live_version__isnull=False).count() == len(list(quizzes()))
    in_order = originals(ModulePage.objects.order_by("path"))
    assert list(in_order.values_list("slug", flat=True)) == [
        module.name for module, _lessons in COURSE
    ]
    assert not User.objects.exists()
    for lesson in LessonPage.objects.all():
        lesson.full_clean()
        lesson.body.stream_block.clean(lesson.body)


def test_a_row_of_a_task_names_a_dimension_of_the_framework() -> None:
    load(author=None, at=AT)
    task = ImmersionTaskPage.objects.get(slug="forty-minutes-in-one-place")

    assert [(row.dimension, row.label) for row in task.rubric_rows] == [
        ("sojourn.openness", "Description before explanation (Openness and curiosity)"),
        ("sojourn.empathy", "A second reading (Empathy and perspective-taking)"),
    ]


def test_a_row_about_a_dimension_that_is_not_there_is_refused() -> None:
    row = {"title": "Tact", "levels": ["Little", "Much"], "dimension": "tact"}

    with pytest.raises(ContentError, match="“tact”"):
        streams_of({"task": {"rubric": [row]}}, known_dimensions())


def test_a_course_that_was_loaded_before_rows_had_dimensions_stays_as_it_is() -> None:
    load(author=None, at=AT)
    task = ImmersionTaskPage.objects.get(slug="forty-minutes-in-one-place")
    old = [
        part | {"value": {name: part["value"][name] for name in ("title", "levels")}}
        for part in task.rubric.get_prep_value()
    ]
    task.rubric = ImmersionTaskPage._meta.get_field("rubric").to_python(old)
    task.save()

    ledger = load(author=None, at=AT)

    assert ledger.made == []
    assert ledger.left_alone == [f"page “{task.title}”"]
    task = ImmersionTaskPage.objects.get(pk=task.pk)
    assert [row.dimension for row in task.rubric_rows] == ["", ""]


def test_guides_are_loaded_and_one_to_a_host_waits_for_the_host() -> None:
    load(author=None, at=AT)
    assert GuidePage.objects.live().count() == len(list(guides())) - 1
    for guide in GuidePage.objects.specific():
        guide.full_clean()
        guide.answers.stream_block.clean(guide.answers)

    InstitutionFactory.create(hei_id="malarhamn.example", name="Mälarhamn University")
    assert load(author=None, at=AT).made == ["page “Mälarhamn University”"]

    sweden = CountryGuidePage.objects.get(country="SE")
    sweden.kept_by = "The desk for Sweden"
    sweden.save_revision().publish()
    again = load(author=None, at=AT)
    assert (again.made, again.left_alone) == ([], ["page “Sweden”"])


def test_the_command_makes_nothing_twice_and_names_what_an_editor_changed(trainer: User) -> None:
    call_command("load_course", "--author", trainer.email, verbosity=0)
    lesson = LessonPage.objects.get(slug="fair-time")
    lesson.title = "Fairer time"
    lesson.save_revision().publish()
    LessonPage.objects.get(slug="the-first-hour").delete()
    out = StringIO()

    call_command("load_course", stdout=out)

    lesson.refresh_from_db()
    assert lesson.title == "Fairer time"
    assert lesson.owner == trainer
    assert out.getvalue().splitlines() == [
        "made        page “The first hour”",
        "left alone  page “Fairer time”: differs from the course's files",
    ]

    lesson.title = "Fair time"
    lesson.save_revision().publish()
    out = StringIO()
    call_command("load_course", stdout=out)
    assert out.getvalue() == "The course was here already; nothing was changed.\n"


def test_the_command_refuses_an_author_without_account() -> None:
    with pytest.raises(CommandError, match=r"There is no account nobody@host\.example"):
        call_command("load_course", "--author", "nobody@host.example")

    assert not ModulePage.objects.exists()


def test_the_command_says_what_is_missing() -> None:
    Framework.objects.all().delete()

    with pytest.raises(CommandError, match=r"Nothing was loaded\. The competence framework"):
        call_command("load_course")


def test_one_module_comes_in_spanish_as_an_editor_would_translate_it() -> None:
    load(author=None, at=AT)
    spanish = Locale.objects.get(language_code="es")
    module = ModulePage.objects.get(slug="communication-styles", locale=spanish)
    lessons = LessonPage.objects.child_of(module).live()

    assert module.title == "Estilos de comunicación"
    assert lessons.count() == 6
    for page in (module, *lessons):
        translation = Translation.objects.get(source__object_id=page.translation_key)
        total, translated = translation.get_progress()
        assert translated == total > 0
    for lesson in lessons:
        lesson.full_clean()
        lesson.body.stream_block.clean(lesson.body)

    again = load(author=None, at=AT)
    assert (again.made, again.left_alone) == ([], [])

    lesson = lessons.get(slug="clear-to-whom")
    lesson.title = "¿Para quién?"
    lesson.save_revision().publish()
    assert load(author=None, at=AT).left_alone == ["page “¿Para quién?” (es)"]


def test_terms_are_loaded_and_led_to_each_other() -> None:
    load(author=None, at=AT)
    own = GlossaryTerm.objects.live().originals()

    assert own.count() == len(list(terms())) >= 24
    assert GlossaryTerm.objects.filter(locale__language_code="es").count() == len(list(terms("es")))
    for term in GlossaryTerm.objects.all():
        term.full_clean()
    curve = own.get(term="U-curve and W-curve")
    assert {str(other) for other in curve.see_also.all()} == {
        "Adjustment",
        "Culture shock",
        "Reverse culture shock",
    }
    assert own.get(term="Credit transfer").consulted_on == dt.date(2026, 11, 24)
    lesson = LessonPage.objects.get(slug="no-single-curve")
    assert curve in [part.value["term"] for part in lesson.body if "term" in part.block_type]


def test_a_term_that_somebody_changed_or_wrote_first_is_left_alone() -> None:
    own = GlossaryTermFactory.create(term="Empathy")
    first = load(author=None, at=AT)
    assert first.left_alone == ["term “Empathy”"]
    assert load(author=None, at=AT).left_alone == ["term “Empathy”"]

    own.delete()
    face = GlossaryTerm.objects.get(term="Face")
    face.definition = "<p>As we say it here.</p>"
    face.save_revision().publish()
    told = GlossaryTerm.objects.get(term="Cultura")
    told.definition = "<p>Como lo decimos aquí.</p>"
    told.save_revision().publish()
    again = load(author=None, at=AT)

    assert again.made == ["term “Empathy”", "term “Empatía” (es)"]
    # Those that lead to it in the files do not lead to it here.
    assert {"term “Bias”", "term “Face”", "term “Cultura” (es)"} < set(again.left_alone)
    face.refresh_from_db()
    assert face.definition == "<p>As we say it here.</p>"
