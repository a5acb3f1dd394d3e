"""What an author is told about a page that cannot be completed."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.operations import translate_object

from competence.models import Dimension, Framework
from modules.checking.findings import Finding
from modules.checking.running import check_all, check_one
from modules.enums import Problem, Severity
from modules.models import ImmersionTaskPage, LessonPage, ModulePage
from quizzes.enums import Purpose
from quizzes.models import Quiz
from tests.factories.library import DocumentFactory
from tests.factories.modules import (
    ImmersionTaskPageFactory,
    LessonPageFactory,
    ModulePrerequisiteFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
    WorkshopPageFactory,
    WorkshopSessionFactory,
    rubric_about,
)
from tests.factories.quizzes import PublishedQuizFactory, QuizFactory

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
WORDS = "Ask one person how they like to be asked and write down what they say to you. "
HARD_WORDS = (
    "Intercultural communication presupposes institutional acknowledgement, notwithstanding "
    "considerable organisational complexities throughout participating universities. "
)


def check(page: LessonPage | ModulePage) -> list[Finding]:
    return check_one(page, at=AT)


def problems(page: LessonPage | ModulePage) -> list[tuple[str, str]]:
    return [(str(one.problem), str(one.severity)) for one in check(page)]


def lesson(*blocks: tuple[str, Any], **fields: Any) -> LessonPage:
    body = [
        {"type": name, "value": value, "id": f"block-{number}"}
        for number, (name, value) in enumerate(blocks)
    ]
    page: LessonPage = LessonPageFactory.create(**fields)
    page.body = LessonPage._meta.get_field("body").to_python(body)
    page.save()
    return LessonPage.objects.get(pk=page.pk)


def test_a_good_module_and_its_lesson_have_nothing_to_mend() -> None:
    module = TrainingSessionPageFactory.create()
    page = LessonPageFactory.create(parent=module)
    ModuleQuizFactory.create(module=module)

    assert check(page) == []
    assert check(module) == []


def test_a_module_without_steps_cannot_be_completed() -> None:
    module = TrainingSessionPageFactory.create()
    LessonPageFactory.create(parent=module, live=False)

    (finding,) = check(module)

    assert (finding.problem, finding.severity) == (Problem.NO_STEPS, Severity.ERROR)
    assert "Publish a lesson" in finding.words
    assert finding.url == f"/admin/pages/{module.pk}/"


def test_a_quiz_alone_is_a_step() -> None:
    assert check(ModuleQuizFactory.create().module) == []


def test_a_workshop_needs_a_date_that_is_to_come() -> None:
    workshop = WorkshopPageFactory.create()

    assert problems(workshop) == [("unreachable", "error")]

    WorkshopSessionFactory.create(workshop=workshop, ends_at=AT + dt.timedelta(days=2))
    assert problems(type(workshop).objects.get(pk=workshop.pk)) == []

    later = check_one(type(workshop).objects.get(pk=workshop.pk), at=AT + dt.timedelta(days=30))
    assert [(one.problem, one.severity) for one in later] == [
        (Problem.UNREACHABLE, Severity.WARNING)
    ]


def test_a_published_lesson_below_a_draft_is_reached_by_nobody() -> None:
    module = TrainingSessionPageFactory.create(live=False, title="Welcome")
    (finding,) = check(LessonPageFactory.create(parent=module))

    assert (finding.problem, finding.severity) == (Problem.UNREACHABLE, Severity.ERROR)
    assert "“Welcome”" in finding.words


def test_a_draft_below_a_published_module_is_no_step() -> None:
    assert problems(LessonPageFactory.create(live=False)) == [("unreachable", "warning")]


def test_a_lesson_without_content() -> None:
    assert problems(lesson()) == [("no_content", "error")]


def test_a_quiz_that_is_not_published_is_named() -> None:
    module = ModuleQuizFactory.create(quiz=QuizFactory.create(title="Check yourself")).module
    LessonPageFactory.create(parent=module)

    (finding,) = check(module)

    assert (finding.problem, finding.severity) == (Problem.QUIZ, Severity.ERROR)
    assert "“Check yourself”" in finding.words
    assert finding.anchor == "id_module_quizzes-FORMS"


def test_a_quiz_deleted_since_the_draft_was_written() -> None:
    module = TrainingSessionPageFactory.create()
    LessonPageFactory.create(parent=module)
    draft = ModuleQuizFactory.build(module=module, quiz=QuizFactory.create())
    module.module_quizzes.add(draft)
    module.save_revision()
    draft.quiz.delete()

    (finding,) = check_all([module.pk], at=AT)[module.pk]

    assert finding.problem == Problem.QUIZ
    assert "deleted" in finding.words


def reviewed_with(quiz: Quiz) -> ModulePage:
    module: ModulePage = TrainingSessionPageFactory.create(review_quiz=quiz)
    LessonPageFactory.create(parent=module)
    return module


def test_a_review_with_a_published_practice_quiz_has_nothing_to_mend() -> None:
    quiz = PublishedQuizFactory.create(purpose=Purpose.PRACTICE, max_attempts=3)

    assert check(reviewed_with(quiz)) == []


def test_a_review_whose_quiz_is_not_published_is_offered_to_nobody() -> None:
    module = reviewed_with(QuizFactory.create(title="Look again", purpose=Purpose.PRACTICE))

    (finding,) = check(module)

    assert (finding.problem, finding.severity) == (Problem.REVIEW_QUIZ, Severity.WARNING)
    assert "“Look again”, is not published, so that nobody is asked again" in finding.words
    assert finding.anchor == "id_review_quiz"
    module.save_revision()
    assert check_all([module.pk], at=AT) == {module.pk: [finding]}


def test_a_review_quiz_deleted_since_the_draft_was_written() -> None:
    module = reviewed_with(QuizFactory.create())
    module.save_revision()
    ModulePage.objects.filter(pk=module.pk).update(review_quiz=None)
    Quiz.objects.all().delete()

    (finding,) = check_all([module.pk], at=AT)[module.pk]

    assert finding.problem == Problem.REVIEW_QUIZ
    assert "has been deleted" in finding.words


@pytest.mark.parametrize(
    ("purpose", "max_attempts", "words"),
    [
        (Purpose.SELF_ASSESSMENT, None, "has no right answers"),
        (Purpose.PRACTICE, 2, "fewer than three times"),
    ],
)
def test_a_review_whose_quiz_does_not_fit(
    purpose: Purpose, max_attempts: int | None, words: str
) -> None:
    quiz = PublishedQuizFactory.create(purpose=Purpose.PRACTICE, max_attempts=max_attempts)
    module = reviewed_with(quiz)
    Quiz.objects.update(purpose=purpose)

    (finding,) = check(module)

    assert (finding.problem, finding.severity) == (Problem.REVIEW_QUIZ, Severity.WARNING)
    assert words in finding.words


def test_a_dimension_of_a_framework_that_is_not_in_use() -> None:
    other = Framework.objects.create(code="old", name="Old set")
    module = TrainingSessionPageFactory.create()
    module.dimensions = [Dimension.objects.create(framework=other, code="tact", name="Tact")]
    module.save()
    LessonPageFactory.create(parent=module)

    (finding,) = check(module)

    assert (finding.problem, finding.severity) == (Problem.DIMENSION, Severity.WARNING)
    assert "“Tact”" in finding.words


def test_a_row_of_a_rubric_names_a_dimension_that_is_gone_or_not_in_use() -> None:
    other = Framework.objects.create(code="old", name="Old set")
    Dimension.objects.create(framework=other, code="tact", name="Tact")
    made = ImmersionTaskPageFactory.create(rubric=rubric_about("old.tact", "sojourn.openness"))
    page = ImmersionTaskPage.objects.get(pk=made.pk)
    first, second = (row.id for row in page.rubric)

    (finding,) = check(page)
    assert (finding.problem, finding.severity) == (Problem.DIMENSION, Severity.WARNING)
    assert "“Tact”" in finding.words
    assert finding.anchor == f"block-{first}-section"

    Dimension.objects.filter(code__in=["tact", "openness"]).delete()
    assert ["has been deleted" in one.words for one in check(page)] == [True, True]
    assert check_all([page.pk], at=AT)[page.pk] == check(page)
    page.rubric[0].value["dimension"] = "sojourn.empathy"
    page.save_revision()
    (finding,) = check_all([page.pk], at=AT)[page.pk]
    assert finding.anchor == f"block-{second}-section"


def test_links_to_pages_that_nobody_can_open() -> None:
    there = LessonPageFactory.create()
    draft = LessonPageFactory.create(live=False)
    page = lesson(
        ("text", f'<p><a linktype="page" id="{there.pk}">there</a></p>'),
        ("text", f'<p><a linktype="page" id="{draft.pk}">a draft</a></p>'),
        ("callout", {"tone": "note", "text": '<p><a id="99999" linktype="page">gone</a></p>'}),
        ("text", '<p><a href="https://example.org/">outside</a></p>'),
    )

    found = check(page)

    assert {one.problem for one in found} == {Problem.DEAD_LINK}
    assert sorted(one.anchor for one in found) == ["block-block-1-section", "block-block-2-section"]


def test_files_that_are_gone() -> None:
    page = lesson(
        ("text", '<p><a linktype="document" id="99999">the form</a></p>'),
        ("figure", {"image": {"image": 99999, "alt_text": "A desk", "decorative": False}}),
        ("download", {"document": 99999, "about": "To fill in."}),
        ("download", {"document": DocumentFactory.create().pk, "about": "To keep."}),
    )

    found = [one for one in check(page) if one.problem == Problem.LOST_FILE]

    assert [one.severity for one in found] == [Severity.ERROR] * 3
    assert {one.anchor for one in found} == {f"block-block-{place}-section" for place in range(3)}


@pytest.mark.parametrize(
    ("words", "decorative", "is_silent"),
    [("", False, True), ("  ", False, True), ("Two people", False, False), ("", True, False)],
)
def test_an_image_needs_words_unless_it_is_decorative(
    words: str, decorative: bool, is_silent: bool
) -> None:
    figure = {"image": {"image": 99999, "alt_text": words, "decorative": decorative}}

    found = {one.problem for one in check(lesson(("figure", figure)))}

    assert (Problem.ALT_TEXT in found) is is_silent


def test_a_recording_without_captions() -> None:
    page = lesson(("video", {"title": "Arriving", "captions": None}))

    assert Problem.CAPTIONS in {one.problem for one in check(page)}


def test_a_knowledge_check_whose_quiz_is_not_published() -> None:
    quiz = QuizFactory.create()
    page = lesson(("knowledge_check", {"quiz": quiz.pk, "reason": "See what stayed."}))

    assert problems(page) == [("quiz", "error")]


def test_minutes_have_to_be_enough_for_reading_alone() -> None:
    short = lesson(("text", f"<p>{WORDS * 60}</p>"), minutes=3)

    (finding,) = check(short)

    assert (finding.problem, finding.severity) == (Problem.MINUTES, Severity.WARNING)
    assert "about 5 minutes" in finding.words
    short.minutes = 5
    assert check(short) == []


def test_minutes_that_are_counted_are_fair() -> None:
    assert check(lesson(("text", f"<p>{WORDS * 60}</p>"), minutes=None)) == []


def test_a_translation_that_is_behind_its_original() -> None:
    page = lesson(("text", "<p>Ask at the embassy.</p>"))
    page.save_revision().publish()
    translate_object(page, [Locale.objects.get_or_create(language_code="es")[0]])
    page.refresh_from_db()
    assert check(page) == []

    page.save_revision().publish()
    page.refresh_from_db()
    (finding,) = check(page)

    assert (finding.problem, finding.severity) == (Problem.TRANSLATION, Severity.WARNING)
    assert "(Spanish)" in finding.words
    source = TranslationSource.objects.get_for_instance(page)
    assert finding.url == reverse("wagtail_localize:update_translations", args=[source.pk])
    source.update_from_db()
    assert check(page) == []


def test_a_rule_that_the_lesson_has_nothing_for() -> None:
    page = lesson(("text", "<p>Read.</p>"), rule="ticked")

    (finding,) = check(page)

    assert (finding.problem, finding.severity) == (Problem.RULE, Severity.WARNING)
    assert "reading it is enough" in finding.words
    page.rule = "read"
    assert check(page) == []


def test_a_module_that_is_needed_first_and_not_published() -> None:
    link = ModulePrerequisiteFactory.create(needed__live=False)
    LessonPageFactory.create(parent=link.module)

    (finding,) = check(link.module)

    assert (finding.problem, finding.severity) == (Problem.NEEDED_FIRST, Severity.WARNING)


def test_modules_that_wait_for_each_other() -> None:
    link = ModulePrerequisiteFactory.create()
    ModulePrerequisiteFactory.create(module=link.needed, needed=link.module)
    LessonPageFactory.create(parent=link.module)

    (finding,) = check(link.module)

    assert (finding.problem, finding.severity) == (Problem.NEEDED_FIRST, Severity.ERROR)
    assert link.needed.title in finding.words


def test_a_text_that_is_hard_to_read() -> None:
    (finding,) = check(lesson(("text", f"<p>{HARD_WORDS * 10}</p>")))

    assert (finding.problem, finding.severity) == (Problem.READING_LEVEL, Severity.WARNING)
    assert "LIX" in finding.words


def test_a_language_without_a_measure_is_not_judged() -> None:
    page = lesson(("text", f"<p>{HARD_WORDS * 10}</p>"))
    page.locale.language_code = "ar"

    assert check(page) == []


def test_a_review_is_due_from_the_day_after_its_date() -> None:
    page = LessonPageFactory.create(review_on=AT.date())

    assert check(page) == []

    page.review_on = AT.date() - dt.timedelta(days=1)
    assert problems(page) == [("review", "warning")]


def test_the_newest_draft_is_checked_not_what_is_published() -> None:
    page = lesson(("text", "<p>Watch first.</p>"))
    page.body = LessonPage._meta.get_field("body").to_python([])
    page.save_revision()

    found = check_all([page.pk], at=AT)

    assert [one.problem for one in found[page.pk]] == [Problem.NO_CONTENT]


def test_a_workshops_draft_brings_its_own_dates() -> None:
    workshop = WorkshopPageFactory.create()
    session = WorkshopSessionFactory.build(workshop=workshop, ends_at=AT + dt.timedelta(days=2))
    workshop.sessions.add(session)
    workshop.save_revision()

    assert check_all([workshop.pk], at=AT) == {}


def test_the_worst_comes_first() -> None:
    page = lesson(minutes=10, review_on=dt.date(2026, 1, 1))

    assert [severity for _problem, severity in problems(page)] == ["error", "warning"]


def test_queries_do_not_grow_with_the_pages(django_assert_num_queries: Any) -> None:
    module = ModuleQuizFactory.create().module
    link = f'<p><a linktype="page" id="{module.pk}">back</a></p>'
    for _number in range(3):
        page = lesson(("text", link), parent=module)
        page.save_revision()
        page.body[0] = ("text", "<p>Newer.</p>")
        page.save_revision()
    WorkshopPageFactory.create()
    ids = list(Page.objects.filter(depth__gt=3).values_list("pk", flat=True))

    # Modules, their quizzes, their dimensions, what they need first; lessons; tasks; drafts;
    # titles of quizzes; modules above lessons; lessons below modules; dates of workshops;
    # translations; requirement sets in force.
    with django_assert_num_queries(13):
        check_all(ids, at=AT)
