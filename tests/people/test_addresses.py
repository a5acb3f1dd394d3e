import pytest
from allauth.account.models import EmailAddress

from people.addresses import record_given_address, settle_address
from people.models import User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def addresses() -> list[tuple[str, bool, bool]]:
    return list(EmailAddress.objects.order_by("email").values_list("email", "verified", "primary"))


def test_a_given_address_counts_as_confirmed() -> None:
    user = UserFactory.create(email="given@home.example")

    record_given_address(user)
    record_given_address(user)

    assert addresses() == [("given@home.example", True, True)]


def test_a_pending_change_is_left_alone() -> None:
    user = UserFactory.create(email="given@home.example")
    record_given_address(user)
    EmailAddress.objects.create(user=user, email="wish@home.example")

    record_given_address(user)

    assert ("wish@home.example", False, False) in addresses()


def test_an_address_that_was_taken_away_opens_nothing() -> None:
    user = UserFactory.create(email="old@home.example")
    record_given_address(user)
    User.objects.filter(pk=user.pk).update(email="new@home.example")
    user.refresh_from_db()

    settle_address(user)

    assert addresses() == [("new@home.example", True, True)]


def test_the_owner_of_an_address_wins_over_a_stale_record() -> None:
    other = UserFactory.create(email="other@home.example")
    EmailAddress.objects.create(user=other, email="mine@home.example", verified=True)
    user = UserFactory.create(email="mine@home.example")

    settle_address(user)

    assert EmailAddress.objects.get(email="mine@home.example").user == user
