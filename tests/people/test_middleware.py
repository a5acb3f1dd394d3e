import pytest
from django.test import Client

from people.models import User

pytestmark = pytest.mark.django_db


def page_of(client: Client, user: User, **headers: str) -> str:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/my/profile/", headers=headers).content.decode()


def test_without_a_wish_the_browser_decides(client: Client, participant: User) -> None:
    assert '<html lang="es" dir="ltr">' in page_of(client, participant, accept_language="es")


def test_the_language_of_the_profile_wins(client: Client, participant: User) -> None:
    participant.language = "ar"
    participant.save()

    assert '<html lang="ar" dir="rtl">' in page_of(client, participant, accept_language="es")


def test_the_language_of_one_reader_does_not_reach_the_next(
    client: Client, participant: User
) -> None:
    participant.language = "ar"
    participant.save()
    page_of(client, participant)

    assert '<html lang="en" dir="ltr">' in Client().get("/accounts/login/").content.decode()
