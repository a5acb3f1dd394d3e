"""A category that is kept to groups: who else gets at its questions, by whatever door. Nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from people.models import User
from people.roles import ADMINISTRATORS
from quizzes.categories import open_to
from quizzes.freezing import freeze
from quizzes.models import Question, QuestionCategory, Quiz, QuizDraw
from quizzes.rights import POLICY, seen_by
from tests.factories.people import AdministratorFactory, TrainerFactory
from tests.factories.quizzes import (
    CategoryFactory,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    finish_attempt,
    live,
)
from tests.quizzes.forms import quiz_form, section_form
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db

SECRET = "Kept secret"
ONE_QUESTION = ("edit", "delete", "copy", "preview", "versions", "history", "usage")


@pytest.fixture
def examiners() -> Group:
    return Group.objects.create(name="Examiners")


@pytest.fixture
def kept(examiners: Group) -> QuestionCategory:
    found: QuestionCategory = CategoryFactory.create(name="Exams")
    found.groups.add(examiners)
    return found


@pytest.fixture
def secret(kept: QuestionCategory, trainer: User) -> Question:
    """A question below the kept category, written by the very trainer who is not let in."""
    below = CategoryFactory.create(name="Exams/Autumn")
    found: Question = QuestionFactory.create(name=SECRET, category=below, created_by=trainer)
    return found


@pytest.fixture
def examiner(examiners: Group) -> User:
    found: User = TrainerFactory.create()
    found.groups.add(examiners)
    return found


def saved(desk: Any, quiz: Quiz, **section: Any) -> Any:
    form = quiz_form(sections=inline_formset([section_form(**section)]), title="Taken")
    return desk.post(bank_url("quizzes:edit", quiz.pk), form)


def test_a_category_below_narrows_and_never_opens(
    secret: Question, examiner: User, trainer: User
) -> None:
    other = Group.objects.create(name="Board")
    assert secret.category is not None
    secret.category.groups.add(other)
    member_of_both: User = TrainerFactory.create()
    member_of_both.groups.set([*examiner.groups.all(), other])
    trainer.groups.add(other)
    beside = QuestionFactory.create(category=CategoryFactory.create(name="Exams2"))

    for user, found in {
        trainer: {beside},
        examiner: {beside},
        member_of_both: {beside, secret},
        AdministratorFactory.create(): {beside, secret},
    }.items():
        assert set(seen_by(user)) == found
        assert POLICY.user_has_permission_for_instance(user, "view", secret) == (secret in found)


def test_without_a_group_or_a_category_nothing_is_kept(trainer: User) -> None:
    every = {QuestionFactory.create(), QuestionFactory.create(category=CategoryFactory.create())}

    assert set(seen_by(trainer)) == every


@pytest.mark.parametrize("page", ONE_QUESTION)
def test_every_page_of_the_question_is_closed(
    page: str, desk: Any, secret: Question, examiner: User
) -> None:
    address = bank_url(f"questions:{page}", secret.pk)

    assert desk.get(address)["Location"] == reverse("wagtailadmin_home")
    desk.force_login(examiner, backend="django.contrib.auth.backends.ModelBackend")
    assert desk.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/admin/bank/questions/",
        "/admin/bank/questions/?q=secret",
        "/admin/bank/questions/results/",
        "/admin/bank/choose-question/",
        "/admin/bank/choose-question/results/?q=secret",
        "/admin/bank/categories/",
        "/admin/bulk/quizzes/question/status/?id={pk}",
        "/admin/bulk/quizzes/question/status/?id=all",
        "/admin/bulk/quizzes/question/move/?id={pk}&id={mine}",
    ],
)
def test_no_list_and_no_choice_names_it(
    address: str, desk: Any, secret: Question, examiner: User
) -> None:
    mine = QuestionFactory.create(name="In the open")
    where = address.format(pk=secret.pk, mine=mine.pk)

    shown = text(desk.get(where))

    assert SECRET not in shown
    assert "Exams" not in shown
    desk.force_login(examiner, backend="django.contrib.auth.backends.ModelBackend")
    assert "Exams" in text(desk.get(where)) or SECRET in text(desk.get(where))


def test_nobody_else_changes_it_or_moves_something_there(
    desk: Any, secret: Question, kept: QuestionCategory
) -> None:
    mine = QuestionFactory.create(name="In the open")
    bulk = reverse("wagtail_bulk_action", args=["quizzes", "question", "status"])
    move = reverse("wagtail_bulk_action", args=["quizzes", "question", "move"])

    desk.post(f"{bulk}?id={secret.pk}", {"status": "hidden"})
    desk.post(f"{move}?id={mine.pk}", {"category": kept.pk})
    desk.post(bank_url("categories:edit", kept.pk), {"name": "Opened"})
    desk.post(bank_url("categories:delete", kept.pk))

    assert Question.objects.get(pk=secret.pk).status == "ready"
    assert Question.objects.get(pk=mine.pk).category is None
    assert QuestionCategory.objects.get(pk=kept.pk).name == "Exams"


def test_no_category_is_made_below_it(desk: Any, kept: QuestionCategory) -> None:
    answer = desk.post(bank_url("categories:add"), {"name": "Exams/Spring"})

    assert "kept to a group that you are not in" in text(answer)
    assert not QuestionCategory.objects.filter(name="Exams/Spring").exists()


def test_only_administrators_say_to_whom_it_is_kept(
    kept: QuestionCategory, examiner: User, signed_in: Callable[[User], Client]
) -> None:
    address = bank_url("categories:edit", kept.pk)
    board = Group.objects.create(name="Board")
    browser = signed_in(examiner)

    assert 'name="groups"' not in text(browser.get(address))
    browser.post(address, {"name": "Exams", "groups": [board.pk]})
    assert [group.name for group in kept.groups.all()] == ["Examiners"]

    browser = signed_in(AdministratorFactory.create())
    assert 'name="groups"' in text(browser.get(address))
    browser.post(address, {"name": "Exams", "groups": [board.pk]})
    assert [group.name for group in kept.groups.all()] == ["Board"]
    assert "Board" in text(browser.get(bank_url("categories:index")))


def test_a_question_cannot_be_written_into_it(
    desk: Any, kept: QuestionCategory, examiner: User
) -> None:
    form = desk.get(bank_url("questions:add")).context["form"]
    assert kept not in form.fields["category"].queryset

    desk.force_login(examiner, backend="django.contrib.auth.backends.ModelBackend")
    form = desk.get(bank_url("questions:add")).context["form"]
    assert kept in form.fields["category"].queryset


def test_it_comes_into_no_quiz_by_a_form_that_names_it(desk: Any, secret: Question) -> None:
    quiz = QuizFactory.create(title="Before")

    answer = saved(desk, quiz, items=inline_formset([{"question": secret.pk}]))

    assert "Choose only questions that you may see" in text(answer)
    assert not quiz.sections.filter(items__question=secret).exists()


def test_it_is_drawn_by_nobody_who_may_not_see_it(desk: Any, secret: Question) -> None:
    quiz = QuizFactory.create(title="Before")
    draws = inline_formset([{"count": "1", "category": secret.category_id, "tag": ""}])

    answer = saved(desk, quiz, draws=draws)

    assert "kept to a group that you are not in" in text(answer)
    assert not QuizDraw.objects.exists()


def test_a_draw_by_tag_leaves_it_out_and_one_by_its_category_takes_it(secret: Question) -> None:
    secret.tags.add("polite")
    opened = QuestionFactory.create()
    opened.tags.add("polite")
    quiz = QuizFactory.create(questions=[])
    section = quiz.sections.get()
    by_tag = QuizDraw.objects.create(section=section, count=1, tag=secret.tags.get())

    assert set(freeze(quiz).item_by_id) == {opened.uuid}

    by_tag.category = secret.category
    by_tag.save()
    assert set(freeze(quiz).item_by_id) == {secret.uuid}


def test_a_quiz_with_it_shows_neither_its_draft_nor_its_keys(
    desk: Any, secret: Question, examiner: User, participant: User
) -> None:
    secret.options.filter(weight=1).update(text="<p>The right one</p>")
    quiz = PublishedQuizFactory.create(questions=[secret])
    attempt = finish_attempt(quiz, participant, {0: 1})
    preview = bank_url("quizzes:preview", quiz.pk)
    history = bank_url("quizzes:attempt", quiz.pk, attempt.uuid)

    assert desk.get(f"{preview}?keys")["Location"] == reverse("wagtailadmin_home")
    assert "The right one" not in text(desk.get(history))
    assert not desk.get(bank_url("quizzes:analysis", quiz.pk)).context["shows_keys"]

    desk.force_login(examiner, backend="django.contrib.auth.backends.ModelBackend")
    assert "The right one" in text(desk.get(f"{preview}?keys"))
    assert "The right one" in text(desk.get(history))


def test_who_edits_a_quiz_keeps_what_stands_in_it(desk: Any, secret: Question) -> None:
    quiz = PublishedQuizFactory.create(questions=[secret], title="Before")
    section, line = quiz.sections.get(), quiz.sections.get().items.get()
    lines = inline_formset([{"id": line.pk, "question": secret.pk}], initial=1)
    form = section_form(id=section.pk, items=lines)

    desk.post(
        bank_url("quizzes:edit", quiz.pk),
        quiz_form(title="Taken", sections=inline_formset([form], initial=1)),
    )

    assert Quiz.objects.get(pk=quiz.pk).title == "Taken"
    assert live(quiz).number == 1


def test_what_is_kept_costs_one_question_more_and_not_one_for_each_line(
    trainer: User, kept: QuestionCategory, django_assert_num_queries: Any
) -> None:
    QuestionFactory.create_batch(3, category=CategoryFactory.create())

    # own permissions, those of the groups, the names that are kept, the questions
    with django_assert_num_queries(4):
        assert len(seen_by(User.objects.get(pk=trainer.pk)).only("pk")) == 3
    assert kept not in open_to(trainer)


def test_a_random_draw_offers_no_category_that_is_kept(
    kept: QuestionCategory, trainer: User, examiner: User, signed_in: Callable[[User], Client]
) -> None:
    quiz = QuizFactory.create()
    url = bank_url("quizzes:edit", quiz.pk)

    assert "Exams" not in signed_in(trainer).get(url).content.decode()
    assert "Exams" in signed_in(examiner).get(url).content.decode()


def test_a_category_stays_closed_when_its_only_group_goes(
    kept: QuestionCategory, examiners: Group, trainer: User
) -> None:
    examiners.delete()

    assert not open_to(trainer).filter(pk=kept.pk).exists()
    assert open_to(AdministratorFactory.create()).filter(pk=kept.pk).exists()


def test_the_group_of_the_administrators_stays_while_a_category_is_kept_to_it(
    kept: QuestionCategory, examiners: Group
) -> None:
    examiners.delete()

    with pytest.raises(ProtectedError):
        Group.objects.get(name=ADMINISTRATORS).delete()
