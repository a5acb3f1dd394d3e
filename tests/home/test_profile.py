from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from people.models import User

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_the_profile_is_for_signed_in_people(client: Client) -> None:
    assert client.get("/my/profile/").headers["Location"] == "/accounts/login/?next=/my/profile/"


def test_it_shows_who_one_is(signed_in: SignIn, participant: User) -> None:
    page = signed_in(participant).get("/my/profile/").content.decode()

    assert participant.get_full_name() in page
    assert participant.email in page


def test_time_zone_and_language_are_kept(signed_in: SignIn, participant: User) -> None:
    client = signed_in(participant)

    page = client.post(
        "/my/profile/", {"time_zone": "Asia/Tokyo", "language": "es"}, follow=True
    ).content.decode()

    participant.refresh_from_db()
    assert participant.time_zone == ZoneInfo("Asia/Tokyo")
    assert participant.language == "es"
    assert "Asia/Tokyo" in page


def test_a_made_up_time_zone_is_refused_with_a_way_to_the_field(
    signed_in: SignIn, participant: User
) -> None:
    page = signed_in(participant).post("/my/profile/", {"time_zone": "Moon/Sea"}).content.decode()

    participant.refresh_from_db()
    assert participant.time_zone == ZoneInfo("UTC")
    assert 'href="#id_time_zone"' in page
    assert 'id="id_time_zone_error"' in page


def test_nothing_else_can_be_changed_here(signed_in: SignIn, participant: User) -> None:
    name = participant.first_name
    signed_in(participant).post(
        "/my/profile/",
        {"time_zone": "UTC", "first_name": "X", "is_superuser": "on", "email": "x@home.example"},
    )

    changed = User.objects.get(pk=participant.pk)
    assert changed.first_name == name
    assert not changed.is_superuser
    assert changed.email == participant.email
