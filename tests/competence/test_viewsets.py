"""The frameworks in the CMS: administrators look after them, nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from competence.models import Dimension, Framework
from people import roles
from people.models import User
from tests.factories.people import UserFactory
from tests.factories.quizzes import QuestionFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def manager() -> User:
    """Somebody who administers by role and is no superuser."""
    return UserFactory.create(group_names=(roles.ADMINISTRATORS,))


@pytest.fixture
def framework() -> Framework:
    return Framework.objects.get(code="sojourn")


def edit_url(framework: Framework) -> str:
    return reverse("frameworks:edit", args=[framework.pk])


def form_of(framework: Framework, *, drop: str = "", **changes: str) -> dict[str, str]:
    """What the edit form sends for this framework, without the dimension `drop`."""
    dimensions = [
        {
            "id": dimension.pk,
            "name": dimension.name,
            "code": dimension.code,
            "description": dimension.description,
            "correspondences": inline_formset([]),
            "DELETE": "on" if dimension.code == drop else "",
        }
        for dimension in framework.dimensions.order_by("sort_order")
    ]
    data: dict[str, str] = nested_form_data(
        {
            "name": framework.name,
            "code": framework.code,
            "version": framework.version,
            "is_default": "on",
            "description": framework.description,
            "credit": framework.credit,
            "licence_note": framework.licence_note,
            "dimensions": inline_formset(dimensions, initial=len(dimensions)),
            "levels": inline_formset([]),
            **changes,
        }
    )
    return data


def test_the_menu_leads_there(signed_in: SignIn, manager: User, framework: Framework) -> None:
    client = signed_in(manager)

    assert "/admin/frameworks/" in client.get("/admin/").content.decode()
    assert framework.name in client.get(reverse("frameworks:index")).content.decode()


def test_the_whole_framework_is_edited_on_one_page(
    signed_in: SignIn, manager: User, framework: Framework
) -> None:
    page = signed_in(manager).get(edit_url(framework)).content.decode()

    for words in ("Empathy and perspective-taking", "savoir comprendre", "Emerging"):
        assert words in page


def test_words_can_be_changed(signed_in: SignIn, manager: User, framework: Framework) -> None:
    response = signed_in(manager).post(edit_url(framework), form_of(framework, name="Own words"))

    assert response.status_code == 302
    framework.refresh_from_db()
    assert framework.name == "Own words"
    assert framework.dimensions.count() == 8


def test_an_unused_dimension_can_be_deleted(
    signed_in: SignIn, manager: User, framework: Framework
) -> None:
    response = signed_in(manager).post(edit_url(framework), form_of(framework, drop="ethics"))

    assert response.status_code == 302
    assert not Dimension.objects.filter(code="ethics").exists()


def test_a_dimension_that_a_question_uses_stays(
    signed_in: SignIn, manager: User, framework: Framework
) -> None:
    question = QuestionFactory.create()
    question.dimensions.create(dimension=framework.dimensions.get(code="ethics"))
    question.save()

    response = signed_in(manager).post(
        edit_url(framework), form_of(framework, drop="ethics", name="Own words")
    )

    assert response.status_code == 200
    assert "is used by questions or modules and cannot be deleted" in response.content.decode()
    framework.refresh_from_db()
    assert framework.name != "Own words"
    assert Dimension.objects.filter(code="ethics").exists()


def test_a_framework_in_use_is_not_deleted(
    signed_in: SignIn, manager: User, framework: Framework
) -> None:
    question = QuestionFactory.create()
    question.dimensions.create(dimension=framework.dimensions.first(), weight=1)
    question.save()

    address = reverse("frameworks:delete", args=[framework.pk])
    page = signed_in(manager).post(address, follow=True).content.decode()

    assert "has not been deleted" in page
    assert Framework.objects.filter(pk=framework.pk).exists()


def test_a_second_framework_in_use_is_refused_with_words(
    signed_in: SignIn, manager: User, framework: Framework
) -> None:
    other = Framework.objects.create(code="other", name="Other")

    response = signed_in(manager).post(edit_url(other), form_of(other))

    assert response.status_code == 200
    assert "Another framework is in use already." in response.content.decode()


@pytest.mark.parametrize("who", ["participant", "trainer", "coordinator"])
def test_others_do_not_reach_them(
    request: pytest.FixtureRequest, signed_in: SignIn, who: str, framework: Framework
) -> None:
    client = signed_in(request.getfixturevalue(who))

    assert client.get(reverse("frameworks:index")).status_code == 302
    client.post(edit_url(framework), form_of(framework, name="Canary"))
    framework.refresh_from_db()
    assert framework.name != "Canary"
