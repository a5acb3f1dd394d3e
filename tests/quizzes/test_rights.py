"""Whose questions an author, a reader and a lead trainer see and change in the bank."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.test import Client
from django.urls import reverse
from wagtail.permissions import policy_registry

from people.models import User
from quizzes.models import Question
from quizzes.rights import POLICY, seen_by
from tests.factories.people import AdministratorFactory, ParticipantFactory, UserFactory
from tests.factories.quizzes import QuestionFactory
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db

ONE_QUESTION = ("edit", "delete", "copy", "preview", "versions", "history", "usage")


def person(*codes: str) -> User:
    """Somebody in the CMS with these permissions of the bank."""
    found: User = UserFactory.create()
    wanted = [*codes, "access_admin"]
    found.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return found


@pytest.fixture
def author() -> User:
    return person("add_question")


@pytest.fixture
def own(author: User) -> Question:
    found: Question = QuestionFactory.create(name="Mine alone", created_by=author)
    return found


@pytest.fixture
def other(trainer: User) -> Question:
    found: Question = QuestionFactory.create(name="Somebody else's", created_by=trainer)
    return found


def test_the_bank_asks_this_policy() -> None:
    assert policy_registry.get_by_type(Question) is POLICY


def test_who_sees_which(author: User, own: Question, other: Question, trainer: User) -> None:
    nobodys = QuestionFactory.create(created_by=None)
    every = {own, other, nobodys}
    for user, seen in {
        author: {own},
        person("view_question"): every,
        person("change_question"): every,
        trainer: every,
        AdministratorFactory.create(): every,
        ParticipantFactory.create(): set(),
        person(): set(),
    }.items():
        assert set(seen_by(user)) == seen
        for question in every:
            may = POLICY.user_has_permission_for_instance(user, "view", question)
            assert may == (question in seen)
    assert not seen_by(AnonymousUser()).exists()
    assert not POLICY.user_has_permission_for_instance(AnonymousUser(), "view", nobodys)


@pytest.mark.parametrize(
    ("codes", "action", "own_one", "others"),
    [
        (["add_question"], "change", True, False),
        (["add_question"], "delete", True, False),
        (["view_question"], "change", False, False),
        (["add_question", "view_question"], "change", True, False),
        (["change_question"], "change", True, True),
        (["change_question"], "delete", False, False),
        (["delete_question"], "delete", True, True),
        (["delete_question"], "view", False, False),
    ],
)
def test_who_does_what_to_which(
    codes: list[str], action: str, own_one: bool, others: bool, other: Question
) -> None:
    user = person(*codes)
    mine = QuestionFactory.create(created_by=user)

    may = [POLICY.user_has_permission_for_instance(user, action, one) for one in (mine, other)]
    assert may == [own_one, others]
    found = set(POLICY.instances_user_has_any_permission_for(user, [action]))
    assert found == {one for one, allowed in zip((mine, other), may, strict=True) if allowed}


def test_the_list_of_an_author_has_the_own_questions(
    author: User, own: Question, other: Question, signed_in: Callable[[User], Client]
) -> None:
    shown = text(signed_in(author).get(bank_url("questions:index")))

    assert own.name in shown
    assert "Somebody else" not in shown


def test_a_reader_is_offered_no_change_of_what_others_wrote(
    other: Question, signed_in: Callable[[User], Client]
) -> None:
    reader = person("add_question", "view_question")
    QuestionFactory.create(name="Mine alone", created_by=reader)

    shown = text(signed_in(reader).get(bank_url("questions:index")))

    assert "Somebody else" in shown
    assert bank_url("questions:edit", other.pk) not in shown
    assert bank_url("questions:delete", other.pk) not in shown


@pytest.mark.parametrize("page", ONE_QUESTION)
def test_every_page_of_a_question_is_its_authors(
    page: str, author: User, own: Question, other: Question, signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(author)

    assert browser.get(bank_url(f"questions:{page}", own.pk)).status_code == 200
    refused = browser.get(bank_url(f"questions:{page}", other.pk))
    assert refused.status_code == 302
    assert refused["Location"] == reverse("wagtailadmin_home")


def test_a_change_of_somebody_elses_question_is_refused(
    author: User, other: Question, signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(author)
    before = Question.objects.values().get(pk=other.pk)

    browser.post(bank_url("questions:delete", other.pk))
    browser.post(bank_url("questions:edit", other.pk), {"name": "Taken over"})
    browser.post(bank_url("questions:versions", other.pk), {"version": "1"})

    assert Question.objects.values().get(pk=other.pk) == before


def test_ticked_questions_of_others_stay_as_they_are(
    author: User, own: Question, other: Question, signed_in: Callable[[User], Client]
) -> None:
    address = reverse("wagtail_bulk_action", args=["quizzes", "question", "status"])
    both = f"{address}?id={own.pk}&id={other.pk}"

    signed_in(author).post(both, {"status": "hidden"})

    assert Question.objects.get(pk=other.pk).status == "ready"


def test_the_chooser_offers_what_may_be_seen(
    author: User, own: Question, other: Question, signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(author)
    offered = text(browser.get(reverse("question_chooser:choose")))

    assert own.name in offered
    assert "Somebody else" not in offered
    assert browser.get(reverse("question_chooser:chosen", args=[own.pk])).status_code == 200
    assert browser.get(reverse("question_chooser:chosen", args=[other.pk])).status_code == 404
    several = browser.get(
        reverse("question_chooser:chosen_multiple"), {"id": [own.pk, other.pk]}
    ).json()
    assert [one["id"] for one in several["result"]] == [str(own.pk)]


def test_files_are_for_those_who_may_change_all(
    author: User, own: Question, signed_in: Callable[[User], Client]
) -> None:
    browser: Any = signed_in(author)

    for address in ("question_imports:add", "question_imports:export"):
        assert browser.get(reverse(address)).status_code == 302


def test_what_an_author_writes_is_the_own(
    author: User, signed_in: Callable[[User], Client]
) -> None:
    source = QuestionFactory.create(created_by=author)
    copy = signed_in(author).get(bank_url("questions:copy", source.pk))

    assert copy.context["form"].instance.created_by == author
