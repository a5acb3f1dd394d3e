"""Requirement sets in the CMS: what they ask, of how many, and what is broken."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exchanges.enums import Audience, PlacementStatus
from exchanges.models import Placement, Programme
from people.models import User
from quizzes.enums import Purpose
from quizzes.models import Quiz
from readiness.models import Requirement, RequirementSet
from tests.factories.exchanges import PlacementFactory
from tests.factories.quizzes import QuizFactory
from tests.factories.readiness import (
    DeclarationRequirementFactory,
    RequirementFactory,
    RequirementSetFactory,
)
from tests.readiness.conftest import FreshClient

pytestmark = pytest.mark.django_db

ADD = "/admin/requirement_sets/new/"
LOGIN = "/accounts/login/"
INDEX = "/admin/requirement_sets/"


def edit(one: RequirementSet) -> str:
    return reverse("requirement_sets:edit", args=[one.pk])


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def form(*requirements: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """What the browser sends for a set with these requirements."""
    data = {
        "name": "Before departure",
        "programme": "",
        "audience": "",
        "is_active": "on",
        "requirements-TOTAL_FORMS": len(requirements),
        "requirements-INITIAL_FORMS": 0,
        "requirements-MIN_NUM_FORMS": 0,
        "requirements-MAX_NUM_FORMS": 1000,
        **fields,
    }
    plain = {"strength": "shall", "phase": "before", "due_event": "start", "offset_days": "-28"}
    for number, one in enumerate(requirements):
        for name, value in {**plain, "ORDER": number + 1, **one}.items():
            data[f"requirements-{number}-{name}"] = value
    return data


def test_a_set_with_every_kind_is_saved(desk: Client, module: Any, quiz: Quiz) -> None:
    check = QuizFactory.create(purpose=Purpose.SELF_ASSESSMENT)
    response = desk.post(
        ADD,
        form(
            {"kind": "module", "module": module.pk},
            {"kind": "quiz", "quiz": quiz.pk, "min_percent": "80"},
            {"kind": "self_assessment", "quiz": check.pk},
            {"kind": "declaration", "declaration": "passport", "needs_verification": "on"},
        ),
    )

    assert response.status_code == 302
    made = RequirementSet.objects.get()
    assert [one.kind for one in made.requirements.order_by("sort_order")] == [
        "module",
        "quiz",
        "self_assessment",
        "declaration",
    ]


@pytest.mark.parametrize(
    ("requirement", "message"),
    [
        ({"kind": "module"}, "Choose the module that has to be completed."),
        ({"kind": "quiz"}, "Choose the quiz that has to be passed."),
        ({"kind": "self_assessment"}, "Choose the self-assessment that has to be done."),
        ({"kind": "declaration"}, "Name the declaration for a declaration, and only then."),
        ({"kind": ""}, "This field is required."),
        (
            {"kind": "declaration", "declaration": "visa", "min_percent": "80"},
            "Only “quiz passed” asks for a percentage.",
        ),
        (
            {"kind": "module", "needs_verification": "on"},
            "Only a declaration can be verified by the office.",
        ),
    ],
)
def test_a_requirement_without_what_its_kind_needs_is_refused_in_words(
    desk: Client, requirement: dict[str, Any], message: str
) -> None:
    response = desk.post(ADD, form(requirement))

    assert response.status_code == 200
    assert message in text(response)
    assert not RequirementSet.objects.exists()


def test_a_percentage_lies_between_0_and_100(desk: Client, quiz: Quiz) -> None:
    response = desk.post(ADD, form({"kind": "quiz", "quiz": quiz.pk, "min_percent": "101"}))

    assert response.status_code == 200
    assert not Requirement.objects.exists()


def test_a_quiz_of_the_wrong_kind_is_refused_in_words(desk: Client, quiz: Quiz) -> None:
    check = QuizFactory.create(purpose=Purpose.SELF_ASSESSMENT)
    graded_as_check = desk.post(ADD, form({"kind": "self_assessment", "quiz": quiz.pk}))
    check_as_graded = desk.post(ADD, form({"kind": "quiz", "quiz": check.pk}))

    assert "This quiz is not a self-assessment." in text(graded_as_check)
    assert "The score of this quiz never counts." in text(check_as_graded)


def test_a_requirement_that_is_taken_out_is_not_checked(
    desk: Client, everybody: RequirementSet
) -> None:
    broken = RequirementFactory.create(requirement_set=everybody)
    data = form(
        {"kind": "module", "id": broken.pk, "DELETE": "on"},
        name="Everybody",
        **{"requirements-INITIAL_FORMS": 1},
    )

    assert desk.post(edit(everybody), data).status_code == 302
    assert not Requirement.objects.exists()


def test_the_list_says_for_whom_a_set_holds_and_how_many_that_are(
    desk: Client, placement: Placement
) -> None:
    programme: Programme = placement.exchange.programme
    PlacementFactory.create(exchange=placement.exchange, status=PlacementStatus.CANCELLED)
    PlacementFactory.create(audience=Audience.FACULTY)
    RequirementSetFactory.create(name="All")
    DeclarationRequirementFactory.create(
        requirement_set=RequirementSetFactory.create(
            name="Own", programme=programme, audience=Audience.STUDENT
        )
    )
    page = text(desk.get(INDEX))

    assert "Every programme: everybody 0 2" in page
    assert f"{programme.name}: Student 1 1" in page


def test_the_editor_says_how_many_a_change_concerns(
    desk: Client, placement: Placement, everybody: RequirementSet
) -> None:
    assert "It concerns 1 person whose stay is not over." in text(desk.get(edit(everybody)))


def test_a_stay_that_is_over_is_not_concerned(
    desk: Client, placement: Placement, everybody: RequirementSet
) -> None:
    PlacementFactory.create(exchange__start_date="2020-01-01", exchange__end_date="2020-06-30")

    assert "It concerns 1 person whose stay is not over." in text(desk.get(edit(everybody)))


def test_a_set_that_is_not_in_force_says_so(desk: Client, everybody: RequirementSet) -> None:
    RequirementSet.objects.update(is_active=False)

    assert "This set is not in force" in text(desk.get(edit(everybody)))


def test_the_editor_warns_of_what_nobody_can_do(
    desk: Client, everybody: RequirementSet, module: Any
) -> None:
    RequirementFactory.create(requirement_set=everybody, module=module)
    fine = text(desk.get(edit(everybody)))
    module.unpublish()
    broken = text(desk.get(edit(everybody)))

    assert "cannot be met by anybody" not in fine
    assert "cannot be met by anybody: Safety : The module is not published." in broken


def test_the_list_takes_the_same_queries_for_any_number_of_sets(
    desk: FreshClient, django_assert_max_num_queries: Any
) -> None:
    desk.get(INDEX)
    RequirementSetFactory.create()
    with django_assert_max_num_queries(100) as few:
        desk.get(INDEX)
    count = len(few)
    for one in RequirementSetFactory.create_batch(8):
        DeclarationRequirementFactory.create(requirement_set=one)
    desk.get(INDEX)
    desk.is_fresh = True
    with django_assert_max_num_queries(count):
        desk.get(INDEX)


@pytest.mark.parametrize("path", [INDEX, ADD])
def test_others_do_not_reach_the_sets(
    path: str, trainer: User, participant: User, signed_in: Callable[[User], Client]
) -> None:
    for user in (trainer, participant):
        response = signed_in(user).get(path)
        assert response.status_code in {302, 403, 404}
        assert response.headers.get("Location", "").split("?")[0] in {"", "/admin/", LOGIN}
    assert signed_in(trainer).post(ADD, form()).status_code == 302
    assert not RequirementSet.objects.exists()


def test_an_administrator_reaches_the_sets(
    administrator: User, signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(administrator).get(INDEX).status_code == 200


def test_a_published_set_is_not_deleted(
    coordinator: User, signed_in: Callable[[User], Client]
) -> None:
    one = DeclarationRequirementFactory.create().requirement_set
    client = signed_in(coordinator)
    client.post(reverse("requirement_sets:publish", args=[one.pk]))
    assert one.versions.exists()

    page = text(client.post(reverse("requirement_sets:delete", args=[one.pk]), follow=True))

    assert "has been published and has not been deleted" in page
    assert RequirementSet.objects.filter(pk=one.pk).exists()


def test_a_draft_is_deleted(coordinator: User, signed_in: Callable[[User], Client]) -> None:
    one = RequirementSet.objects.create(name="Draft")

    signed_in(coordinator).post(reverse("requirement_sets:delete", args=[one.pk]))

    assert not RequirementSet.objects.filter(pk=one.pk).exists()
