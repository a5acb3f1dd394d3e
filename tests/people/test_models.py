import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from people.models import User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_user_is_known_by_an_address_in_lower_case() -> None:
    user = User.objects.create_user(" Ada@Home.Example ", "a-harbour-at-dawn")

    assert user.email == "ada@home.example"
    assert user.check_password("a-harbour-at-dawn")
    assert User.objects.get_by_natural_key("ADA@home.example") == user


def test_without_a_password_nobody_can_sign_in() -> None:
    assert not User.objects.create_user("ada@home.example").has_usable_password()


def test_without_an_address_there_is_no_user() -> None:
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("")


def test_a_superuser_enters_everywhere() -> None:
    user = User.objects.create_superuser("root@home.example", "a-harbour-at-dawn")

    assert user.is_staff
    assert user.is_superuser


def test_the_database_refuses_capitals_and_a_second_owner() -> None:
    UserFactory.create(email="ada@home.example")

    with pytest.raises(IntegrityError):
        UserFactory.create(email="ada@home.example")


def test_the_database_refuses_an_address_in_capitals() -> None:
    with pytest.raises(IntegrityError):
        UserFactory.create(email="Ada@home.example")


def test_cleaning_settles_address_and_identifier() -> None:
    user = User(email=" Ada@Home.Example ", global_id="")

    user.clean()

    assert user.email == "ada@home.example"
    assert user.global_id is None


def test_two_people_cannot_share_an_identifier() -> None:
    UserFactory.create(global_id="urn:schac:1")
    second = User(email="b@home.example", password="x", global_id="urn:schac:1")

    with pytest.raises(ValidationError, match="European Student Identifier"):
        second.full_clean()


def test_a_person_is_called_by_name_and_else_by_address() -> None:
    assert str(User(first_name="Ada", last_name="Byron")) == "Ada Byron"
    nameless = User(first_name="", last_name="", email="ada@home.example")
    assert str(nameless) == "ada@home.example"
