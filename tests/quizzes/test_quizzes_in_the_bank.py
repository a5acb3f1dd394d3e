"""Quizzes in the bank: put together, listed, copied, published and looked at as a draft."""

import re
from typing import Any

import pytest

from people.models import User
from quizzes.models import (
    QuestionCategory,
    Quiz,
    QuizDraw,
)
from tests.factories.modules import ModuleQuizFactory
from tests.factories.quizzes import (
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    SituationFactory,
    live,
    questions_of,
)
from tests.quizzes.forms import quiz_form
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db


def test_a_trainer_puts_a_quiz_together(desk: Any) -> None:
    first, second = QuestionFactory.create(), QuestionFactory.create()

    response = desk.post(bank_url("quizzes:add"), quiz_form(second, first), follow=True)

    quiz = Quiz.objects.get()
    assert response.redirect_chain[-1][0] == bank_url("quizzes:edit", quiz.pk)
    assert questions_of(quiz) == [second, first]
    assert (quiz.title, quiz.max_attempts, quiz.live_version) == ("Seminars", 3, None)
    assert "Not published yet" in text(response)


def test_a_question_stands_once_in_a_quiz(desk: Any) -> None:
    question = QuestionFactory.create()

    response = desk.post(bank_url("quizzes:add"), quiz_form(question, question))

    assert response.status_code == 200
    assert "The same question stands twice in the section." in text(response)
    assert not Quiz.objects.exists()


def test_a_quiz_without_a_chosen_question_is_refused(desk: Any) -> None:
    form = quiz_form("")

    assert desk.post(bank_url("quizzes:add"), form).status_code == 200
    assert not Quiz.objects.exists()


def test_the_edit_page_says_what_is_in_the_way(desk: Any) -> None:
    shown = text(desk.get(bank_url("quizzes:edit", QuizFactory.create(questions=[]).pk)))

    assert "Not published yet: participants do not see it." in shown
    assert "The quiz has no questions yet." in shown


def test_the_edit_page_says_what_is_live(desk: Any, trainer: User) -> None:
    quiz = PublishedQuizFactory.create()

    assert "Live: version 1, published Monday 23 Nov 2026. The draft is the same." in text(
        desk.get(bank_url("quizzes:edit", quiz.pk))
    )

    Quiz.objects.update(pass_mark=50)

    assert "The draft has changes that participants do not see yet." in text(
        desk.get(bank_url("quizzes:edit", quiz.pk))
    )


def test_the_list_of_quizzes_says_what_is_live(desk: Any) -> None:
    live(PublishedQuizFactory.create(title="Shown"))
    QuizFactory.create(title="Hidden")

    every = text(desk.get(bank_url("quizzes:index")))
    published = text(desk.get(bank_url("quizzes:index") + "?live_version=true"))

    assert "version 1" in every
    assert "not published" in every
    assert "Hidden" not in published
    assert "Shown" in published


def test_the_list_of_quizzes_counts_drawn_questions_too(desk: Any) -> None:
    quiz = PublishedQuizFactory.create(questions=QuestionFactory.create_batch(2))
    section = quiz.sections.get()
    for count in (3, 5):
        category = QuestionCategory.objects.create(name=f"Draws {count}")
        QuizDraw.objects.create(section=section, category=category, count=count)

    assert re.search(r"<td[^>]*> 10 </td>", text(desk.get(bank_url("quizzes:index"))))


def test_a_quiz_is_copied_with_its_questions_but_not_its_version(desk: Any) -> None:
    quiz = PublishedQuizFactory.create(title="Seminars")

    shown = text(desk.get(bank_url("quizzes:copy", quiz.pk)))

    assert 'value="Copy of Seminars"' in shown
    assert 'name="sections-0-items-1-question"' in shown


def test_a_published_quiz_is_kept(desk: Any) -> None:
    quiz = PublishedQuizFactory.create()

    response = desk.post(bank_url("quizzes:delete", quiz.pk), follow=True)

    assert Quiz.objects.filter(pk=quiz.pk).exists()
    assert "its versions and attempts are kept as evidence" in text(response)


def test_a_draft_in_a_module_is_kept(desk: Any, trainer: User) -> None:
    quiz = QuizFactory.create()
    ModuleQuizFactory.create(quiz=quiz)

    desk.post(bank_url("quizzes:delete", quiz.pk), follow=True)

    assert Quiz.objects.filter(pk=quiz.pk).exists()


# Publishing.


def test_publishing_is_confirmed_first(desk: Any, trainer: User) -> None:
    quiz = QuizFactory.create(title="Seminars")
    page = bank_url("quizzes:publish", quiz.pk)

    assert "will be published as it is saved now" in text(desk.get(page))
    quiz.refresh_from_db()
    assert quiz.live_version is None

    response = desk.post(page, follow=True)

    quiz.refresh_from_db()
    assert live(quiz).published_by == trainer
    assert "“Seminars” is published as version 1." in text(response)


def test_what_is_in_the_way_is_listed_instead(desk: Any) -> None:
    quiz = QuizFactory.create(questions=[])
    page = bank_url("quizzes:publish", quiz.pk)

    assert "The quiz has no questions yet." in text(desk.get(page))
    assert "The quiz has no questions yet." in text(desk.post(page, follow=True))
    assert quiz.versions.count() == 0


def test_nothing_to_publish_is_said_and_makes_no_version(desk: Any) -> None:
    quiz = PublishedQuizFactory.create()

    response = desk.post(bank_url("quizzes:publish", quiz.pk), follow=True)

    assert "Nothing has changed since the version that is live." in text(response)
    assert quiz.versions.count() == 1


# Preview.


def test_the_preview_shows_the_draft_without_keys(desk: Any) -> None:
    question = SituationFactory.create()
    quiz = QuizFactory.create(questions=[question])
    page = bank_url("quizzes:preview", quiz.pk)

    plain, with_keys = text(desk.get(page)), text(desk.get(page + "?keys"))

    assert question.stem in plain
    assert "nothing here is saved or counted" in plain
    for option in question.options.all():
        assert option.text in plain
        assert option.feedback not in plain
        assert option.feedback in with_keys
    assert "Strongest choice" in with_keys
    assert "Your answer" not in with_keys.replace("Your answers and your progress", "")
    assert "No answer" not in with_keys
    assert quiz.attempts.count() == 0


def test_the_preview_of_an_empty_quiz_says_what_to_do(desk: Any) -> None:
    shown = text(desk.get(bank_url("quizzes:preview", QuizFactory.create(questions=[]).pk)))

    assert "Add questions to the quiz" in shown
