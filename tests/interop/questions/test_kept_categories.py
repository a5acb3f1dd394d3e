"""Files and categories that are kept to groups: nothing goes in or out past who may see it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from interop.questions.models import ImportedQuestion, QuestionUpload
from people.models import User
from quizzes.models import Question, QuestionCategory
from tests.factories.people import TrainerFactory
from tests.factories.quizzes import CategoryFactory, QuestionFactory
from tests.interop.questions.test_views import confirm, page, upload

pytestmark = pytest.mark.django_db

FILE = "$CATEGORY: {category}\n\n// [id:{number}]\n::Loaf::Who eats bread?{{=Ana ~Ben}}\n"


@pytest.fixture
def kept() -> QuestionCategory:
    found: QuestionCategory = CategoryFactory.create(name="Exams")
    found.groups.add(Group.objects.create(name="Examiners"))
    return found


@pytest.fixture
def browser(signed_in: Callable[[User], Client], trainer: User) -> Client:
    return signed_in(trainer)


@pytest.fixture
def examiner(kept: QuestionCategory) -> User:
    found: User = TrainerFactory.create()
    found.groups.add(kept.groups.get())
    return found


@pytest.fixture
def secret(kept: QuestionCategory) -> Question:
    found: Question = QuestionFactory.create(name="Kept secret", category=kept)
    return found


@pytest.mark.parametrize(
    ("category", "into"), [("Exams/New", ""), ("Food", "Exams"), ("", "Exams")]
)
def test_nothing_is_imported_into_it(
    category: str, into: str, browser: Client, kept: QuestionCategory
) -> None:
    uploaded = upload(browser, FILE.format(category=category, number=""), category=into)

    assert "kept to a group that you are not in" in browser.get(page(uploaded)).content.decode()
    confirm(browser, uploaded)
    assert not Question.objects.exists()
    assert QuestionCategory.objects.count() == 1


def test_no_question_in_it_is_changed_by_its_number(browser: Client, secret: Question) -> None:
    ImportedQuestion.objects.create(question=secret, idnumber="7", fingerprint="x", kept={})
    text = FILE.format(category="Food", number=secret.uuid)

    uploaded = upload(browser, text)
    shown = browser.get(page(uploaded)).content.decode()
    confirm(browser, uploaded)

    assert "kept to a group that you are not in" in shown
    assert "Kept secret" not in shown
    secret.refresh_from_db()
    assert (secret.name, secret.options.count()) == ("Kept secret", 3)


def test_who_left_the_group_confirms_nothing(
    signed_in: Callable[[User], Client], examiner: User, kept: QuestionCategory
) -> None:
    browser = signed_in(examiner)
    uploaded = upload(browser, FILE.format(category="Exams", number=""))
    examiner.groups.remove(kept.groups.get())

    assert "Nothing has been imported" in confirm(browser, uploaded)
    assert not Question.objects.exists()


def test_who_is_in_the_group_imports_and_exports(
    signed_in: Callable[[User], Client], examiner: User, secret: Question
) -> None:
    browser = signed_in(examiner)
    confirm(browser, upload(browser, FILE.format(category="Exams", number="")))

    assert Question.objects.filter(name="Loaf", category=secret.category).exists()
    assert "Kept secret" in exported(browser)


def test_it_leaves_in_no_file_of_others(browser: Client, secret: Question) -> None:
    QuestionFactory.create(name="In the open")

    assert "Kept secret" not in exported(browser)
    assert "In the open" in exported(browser)
    shown = browser.get(reverse("question_imports:export")).content.decode()
    assert "Kept secret" not in shown


def test_the_command_line_is_the_operators(secret: Question) -> None:
    out = io.StringIO()

    call_command("export_questions", format="gift", stdout=out, stderr=io.StringIO())

    assert "Kept secret" in out.getvalue()
    assert not QuestionUpload.objects.exists()


def exported(browser: Any) -> str:
    answer = browser.get(reverse("question_imports:export_file", args=["gift"]))
    return b"".join(answer.streaming_content).decode()
