"""What to read again after a quiz: pages that teach what was missed, and no others."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction

from modules.models import ModuleQuiz
from people.models import User
from quizzes.models import Attempt, Question, QuestionDimension, QuestionReading
from tests.factories.competence import DimensionFactory
from tests.factories.modules import LessonPageFactory, TrainingSessionPageFactory
from tests.factories.quizzes import PublishedQuizFactory, QuestionFactory, finish_attempt

pytestmark = pytest.mark.django_db

HEADING = "What to read again"


@pytest.fixture
def browser(signed_in: Any, participant: User) -> Any:
    return signed_in(participant)


def told(browser: Any, attempt: Attempt) -> str:
    """The section of the result that says what to read again; empty without one."""
    body = browser.get(reverse("quizzes:result", args=[attempt.uuid])).content.decode()
    _before, found, after = " ".join(body.split()).partition(HEADING)
    return after.partition("</section>")[0] if found else ""


def about(dimension: Any, *questions: Question) -> None:
    for question in questions:
        QuestionDimension.objects.create(question=question, dimension=dimension)


def missed_second(participant: User, **fields: Any) -> tuple[Attempt, Question, Question]:
    right, wrong = QuestionFactory.create_batch(2)
    quiz = PublishedQuizFactory.create(questions=[right, wrong], **fields)
    return finish_attempt(quiz, participant, {0: 0, 1: 1}), right, wrong


def test_a_missed_question_points_to_its_lesson(browser: Any, participant: User) -> None:
    done, right, wrong = missed_second(participant)
    lessons = LessonPageFactory.create_batch(2)
    for question, lesson in zip((right, wrong), lessons, strict=True):
        QuestionReading.objects.create(question=question, page=lesson)

    shown = told(browser, done)

    assert f'href="{lessons[1].url}"' in shown
    assert 'href="#review-2"' in shown
    assert lessons[0].title not in shown


def test_a_page_for_several_questions_is_named_once(browser: Any, participant: User) -> None:
    questions = QuestionFactory.create_batch(2)
    lesson = LessonPageFactory.create()
    for question in questions:
        QuestionReading.objects.create(question=question, page=lesson)
    done = finish_attempt(PublishedQuizFactory.create(questions=questions), participant, {0: 1})

    shown = told(browser, done)

    assert shown.count(lesson.url) == 1
    assert shown.index("Question 1") < shown.index("Question 2")


def test_without_a_page_modules_about_the_dimension_are_named(
    browser: Any, participant: User
) -> None:
    empathy, other = DimensionFactory.create(name="Empathy"), DimensionFactory.create()
    right, wrong = QuestionFactory.create_batch(2)
    about(empathy, wrong)
    about(other, right)
    modules = TrainingSessionPageFactory.create_batch(2)
    for module, dimension in zip(modules, (empathy, other), strict=True):
        module.dimensions = [dimension]
        module.save()
    quiz = PublishedQuizFactory.create(questions=[right, wrong])

    shown = told(browser, finish_attempt(quiz, participant, {0: 0, 1: 1}))

    assert f'href="{modules[0].url}"' in shown
    assert "Empathy" in shown
    assert modules[1].title not in shown


def test_the_module_of_the_quiz_comes_before_others_about_the_dimension(
    browser: Any, participant: User
) -> None:
    empathy, conflict = DimensionFactory.create_batch(2)
    question = QuestionFactory.create()
    about(empathy, question)
    about(conflict, question)
    quiz = PublishedQuizFactory.create(questions=[question])
    others = TrainingSessionPageFactory.create_batch(6)
    for module in others:
        module.dimensions = [empathy, conflict]
        module.save()
    own = TrainingSessionPageFactory.create(module_quizzes=[ModuleQuiz(quiz=quiz)])

    shown = told(browser, finish_attempt(quiz, participant, {0: 1}))

    assert shown.index(own.url) < shown.index(others[0].url)
    assert shown.count("<li>") == 5


def test_everything_right_leaves_nothing_to_read(browser: Any, participant: User) -> None:
    questions = QuestionFactory.create_batch(2)
    for question in questions:
        QuestionReading.objects.create(question=question, page=LessonPageFactory.create())
    quiz = PublishedQuizFactory.create(questions=questions)

    assert told(browser, finish_attempt(quiz, participant, {0: 0, 1: 0})) == ""


def test_which_question_was_missed_is_not_told_where_the_key_is_hidden(
    browser: Any, participant: User
) -> None:
    done, _right, wrong = missed_second(participant, keys_shown="never")
    QuestionReading.objects.create(question=wrong, page=LessonPageFactory.create())

    assert told(browser, done) == ""


def test_with_the_score_alone_a_weak_dimension_still_has_its_modules(
    browser: Any, participant: User
) -> None:
    empathy = DimensionFactory.create(name="Empathy")
    question = QuestionFactory.create()
    about(empathy, question)
    module = TrainingSessionPageFactory.create()
    module.dimensions = [empathy]
    module.save()

    def shown(**fields: Any) -> str:
        quiz = PublishedQuizFactory.create(questions=[question], keys_shown="never", **fields)
        return told(browser, finish_attempt(quiz, participant, {0: 1}))

    assert module.url in shown()
    assert shown(score_shown="never", purpose="measure") == ""


def test_what_the_reader_may_not_open_is_not_named(browser: Any, participant: User) -> None:
    done, _right, wrong = missed_second(participant)
    draft, closed = LessonPageFactory.create(live=False), LessonPageFactory.create()
    PageViewRestriction.objects.create(
        page=closed, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    for lesson in (draft, closed):
        QuestionReading.objects.create(question=wrong, page=lesson)

    assert told(browser, done) == ""


def test_the_page_is_named_in_the_readers_language(browser: Any, participant: User) -> None:
    done, _right, wrong = missed_second(participant)
    lesson = LessonPageFactory.create(title="Greeting")
    german = Locale.objects.get_or_create(language_code="de")[0]
    translated = lesson.copy_for_translation(german, copy_parents=True)
    translated.title = "Begrüßung"
    translated.save_revision().publish()
    QuestionReading.objects.create(question=wrong, page=translated)

    assert "Greeting" in told(browser, done)


def test_the_number_of_queries_does_not_grow(browser: Any, participant: User) -> None:
    def result(number: int) -> str:
        questions = QuestionFactory.create_batch(number)
        for question in questions:
            about(DimensionFactory.create(), question)
            QuestionReading.objects.create(question=question, page=LessonPageFactory.create())
        quiz = PublishedQuizFactory.create(questions=questions)
        return reverse("quizzes:result", args=[finish_attempt(quiz, participant, {}).uuid])

    browser.get(result(1))
    counts = []
    for number in (1, 4):
        url = result(number)
        with CaptureQueriesContext(connection) as queries:
            browser.get(url)
        counts.append(len(queries))

    assert counts[0] == counts[1]
