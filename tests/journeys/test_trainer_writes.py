"""A trainer writes a module from nothing, and a participant completes it."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from modules.models import LessonPage, TrainingSessionPage
from people.models import User
from quizzes.models import Attempt, Question, Quiz
from tests.factories.modules import CataloguePageFactory
from tests.factories.people import ParticipantFactory
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "1"}
BODY = [
    ("text", rich_text("<p>Look below the surface.</p>")),
    ("callout", {"tone": "try", "text": rich_text("<p>Ask one person.</p>")}),
    ("reflection", {"prompt": "When did you last change your mind?", "minutes": "3"}),
]


def browser_of(person: User) -> Any:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.fixture
def desk(trainer: User) -> Any:
    return browser_of(trainer)


@pytest.fixture
def quiz(desk: Any) -> Quiz:
    """A quiz of one knowledge question and one situation, published as version 1."""
    asked = [
        write_question(desk, "Iceberg", "single", ("Below the surface", "1"), ("Above it", "0")),
        write_question(desk, "Silence", "situational", ("Wait", "0.5"), ("Ask a neighbour", "1")),
    ]
    desk.post(bank_url("quizzes:add"), quiz_form(asked))
    quiz = Quiz.objects.get()
    desk.post(bank_url("quizzes:publish", quiz.pk))
    return quiz


@pytest.fixture
def lesson(desk: Any, quiz: Quiz) -> LessonPage:
    """The published lesson of a published module that ends with the quiz."""
    catalogue = CataloguePageFactory.create()
    write_page(
        desk,
        catalogue.pk,
        "trainingsessionpage",
        title="Culture and self",
        slug="culture-and-self",
        summary="What you carry with you.",
        objectives=rich_text("<p>Name three norms.</p>"),
        phase="before",
        for_student="on",
        destinations=inline_formset([]),
        module_quizzes=inline_formset([{"quiz": quiz.pk}]),
        prerequisites=inline_formset([]),
    )
    module = TrainingSessionPage.objects.get()
    write_page(
        desk,
        module.pk,
        "lessonpage",
        title="What you cannot see",
        slug="what-you-cannot-see",
        summary="",
        minutes="10",
        rule="read",
        body=streamfield(BODY),
    )
    lesson: LessonPage = LessonPage.objects.get()
    return lesson


def write_page(desk: Any, parent: int, kind: str, **fields: Any) -> None:
    url = reverse("wagtailadmin_pages:add", args=["modules", kind, parent])
    desk.post(url, nested_form_data(fields | {"comments": inline_formset([])} | PUBLISH))


def write_question(desk: Any, name: str, kind: str, *options: tuple[str, str]) -> Question:
    feedback = rich_text("<p>That is what to think about.</p>")
    lines = [
        {"text": rich_text(f"<p>{words}</p>"), "weight": weight, "feedback": feedback}
        for words, weight in options
    ]
    form = {
        "name": name,
        "kind": kind,
        "stem": rich_text(f"<p>{name}: what would you say?</p>"),
        "feedback": rich_text(""),
        "default_mark": "1",
        "scoring": "all_or_nothing",
        "status": "ready",
        "options": inline_formset(lines),
        "dimensions": inline_formset([]),
        "readings": inline_formset([]),
    }
    desk.post(bank_url("questions:add"), nested_form_data(form))
    return Question.objects.get(name=name)


def section(lines: list[dict[str, Any]], *, initial: int = 0) -> dict[str, Any]:
    return {
        "heading": "",
        "introduction": rich_text(""),
        "items": inline_formset(lines, initial=initial),
        "draws": inline_formset([]),
    }


def quiz_form(questions: list[Question], **fields: Any) -> dict[str, str]:
    form = {
        "title": "Check yourself",
        "introduction": rich_text("<p>Two questions.</p>"),
        "purpose": "graded",
        "minutes": "5",
        "pass_mark": "80",
        "grading_method": "highest",
        "wait_minutes": "0",
        "paging": "question",
        "grace_seconds": "30",
        "at_deadline": "submit",
        "overdue_minutes": "0",
        "opens_days": "0",
        "closes_days": "0",
        "score_shown": "submitted",
        "answers_shown": "submitted",
        "keys_shown": "submitted",
        "feedback_shown": "submitted",
        "bands": inline_formset([]),
        "sections": inline_formset([section([{"question": one.pk} for one in questions])]),
    }
    return nested_form_data(form | fields)


def add_question(desk: Any, quiz: Quiz, question: Question) -> None:
    whole = quiz.sections.get()
    lines = [{"id": item.pk, "question": item.question_id} for item in whole.items.all()]
    items = [*lines, {"question": question.pk}]
    changed = section(items, initial=len(lines)) | {"id": whole.pk}
    sections = inline_formset([changed], initial=1)
    desk.post(bank_url("quizzes:edit", quiz.pk), quiz_form([], sections=sections))


def begin(browser: Any, quiz: Quiz) -> str:
    """Start the quiz and return the address of its first question."""
    address: str = browser.post(reverse("quizzes:start", args=[quiz.uuid])).url
    return address


def answer(browser: Any, address: str, *right: str) -> Any:
    """Choose these options, one for each question, submit, and return the result's page."""
    for words in right:
        sheet = browser.get(address).context["sheet"]
        option = next(option for option in sheet.body.options if words in option.text)
        address = browser.post(address, {"option": str(option.id)}).url
    return browser.post(address, follow=True)


def test_a_participant_completes_what_a_trainer_wrote(
    desk: Any, lesson: LessonPage, quiz: Quiz, participant: User
) -> None:
    browser = browser_of(participant)
    assert "Culture and self" in text(browser.get("/learn/?all=1"))
    page = text(browser.get(lesson.url))
    assert "Look below the surface." in page
    assert "When did you last change your mind?" in page

    onward = browser.post(lesson.url, {"deed": "done"}).url
    assert onward == reverse("quizzes:start", args=[quiz.uuid])
    result = answer(browser, begin(browser, quiz), "Below the surface", "Ask a neighbour")

    assert "100" in text(result)
    assert "That is what to think about." in text(result)
    assert "You completed this module on" in text(browser.get("/learn/culture-and-self/"))
    assert "100" in text(desk.get(bank_url("quizzes:attempts", quiz.pk)))
    (line,) = desk.get("/admin/teaching/").context["figures"]
    assert (line.module.title, line.started, line.completed) == ("Culture and self", 1, 1)


def test_an_open_attempt_keeps_the_version_it_began_with(
    desk: Any, lesson: LessonPage, quiz: Quiz, participant: User
) -> None:
    browser = browser_of(participant)
    address = begin(browser, quiz)
    third = write_question(desk, "Greeting", "single", ("Watch first", "1"), ("Hug", "0"))
    add_question(desk, quiz, third)
    edit = bank_url("quizzes:edit", quiz.pk)
    assert "The draft has changes" in text(desk.get(edit))

    desk.post(bank_url("quizzes:publish", quiz.pk))
    assert "Live: version 2" in text(desk.get(edit))

    answer(browser, address, "Below the surface", "Ask a neighbour")
    later = browser_of(ParticipantFactory.create())
    answer(later, begin(later, quiz), "Below the surface", "Ask a neighbour", "Watch first")
    graded = Attempt.objects.order_by("pk").values_list("version__number", "max_score", "passed")
    assert list(graded) == [(1, Decimal(2), True), (2, Decimal(3), True)]
