import pytest
from django.contrib.auth.models import AnonymousUser

from people import roles
from people.models import User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("group", "trains", "coordinates", "observes", "administers", "enters_cms"),
    [
        (roles.PARTICIPANTS, False, False, False, False, False),
        (roles.TRAINERS, True, False, False, False, True),
        (roles.OBSERVERS, False, False, True, False, True),
        (roles.COORDINATORS, False, True, True, False, True),
        (roles.ADMINISTRATORS, True, True, True, True, True),
    ],
)
def test_each_role_opens_its_own_doors(
    group: str, trains: bool, coordinates: bool, observes: bool, administers: bool, enters_cms: bool
) -> None:
    user = UserFactory.create(group_names=(group,))

    assert roles.is_trainer(user) is trains
    assert roles.is_coordinator(user) is coordinates
    assert roles.is_observer(user) is observes
    assert roles.is_administrator(user) is administers
    assert roles.works_in_cms(user) is enters_cms


def test_nobody_has_a_role_without_signing_in() -> None:
    nobody = AnonymousUser()

    assert not roles.is_signed_in(nobody)
    assert not roles.is_trainer(nobody)
    assert not roles.works_in_cms(nobody)


def test_a_role_ends_the_moment_the_group_is_taken_away() -> None:
    user = UserFactory.create(group_names=(roles.TRAINERS,))
    user.groups.clear()

    assert not roles.is_trainer(User.objects.get(pk=user.pk))
