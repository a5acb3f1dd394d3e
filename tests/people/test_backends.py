from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.test import Client

from people.backends import PermissionsBackend
from people.models import User
from people.roles import TRAINERS
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_own_and_role_s_permissions_take_one_query(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    user = UserFactory.create(group_names=(TRAINERS,))
    user.user_permissions.add(Permission.objects.get(codename="view_user"))

    with django_assert_num_queries(1):
        assert user.has_perm("people.teach")
        assert user.has_perm("people.view_user")
        assert not user.has_perm("people.coordinate")
        assert not user.has_perm("people.delete_user")


def test_they_are_what_django_finds(trainer: User, administrator: User) -> None:
    for user in (trainer, administrator):
        read_apart = User.objects.get(pk=user.pk)
        expected = read_apart.get_group_permissions() | read_apart.get_user_permissions()

        assert PermissionsBackend().get_all_permissions(user) == expected


def test_nobody_and_the_disabled_may_do_nothing(trainer: User) -> None:
    trainer.is_active = False

    assert PermissionsBackend().get_all_permissions(AnonymousUser()) == set()
    assert PermissionsBackend().get_all_permissions(trainer) == set()


def test_it_answers_for_no_single_object(trainer: User) -> None:
    assert PermissionsBackend().get_all_permissions(trainer, obj=trainer) == set()


def test_it_signs_nobody_in(trainer: User) -> None:
    backend: Any = PermissionsBackend()

    assert backend.authenticate(None, username=trainer.email, password="password") is None
    assert Client().login(username=trainer.email, password="password")
