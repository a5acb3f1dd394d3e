import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from exchanges.models import OfficeMembership
from people.models import User
from tests.factories.exchanges import PlacementFactory
from tests.factories.modules import WorkshopSessionFactory

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


def test_one_may_say_how_one_is_called(signed_in: SignIn, participant: User) -> None:
    client = signed_in(participant)

    page = client.post(
        "/my/profile/", {"section": "name", "called": "Nana", "pronouns": "they/them"}, follow=True
    ).content.decode()

    participant.refresh_from_db()
    assert (participant.called, participant.pronouns) == ("Nana", "they/them")
    assert "Saved: how you are called." in page


def test_both_are_optional_and_short(signed_in: SignIn, participant: User) -> None:
    client = signed_in(participant)

    page = client.post("/my/profile/", {"section": "name", "pronouns": "x" * 41}).content.decode()
    client.post("/my/profile/", {"section": "name", "called": "", "pronouns": ""})

    assert 'href="#id_pronouns"' in page
    participant.refresh_from_db()
    assert participant.pronouns == ""


def test_what_one_writes_about_oneself_stays_text(signed_in: SignIn, participant: User) -> None:
    client = signed_in(participant)
    form = {"section": "name", "called": "", "pronouns": "<b onclick=x>she</b>"}

    page = client.post("/my/profile/", form, follow=True).content.decode()

    assert "<b onclick" not in page


def test_extra_time_is_a_wish_without_a_reason(signed_in: SignIn, participant: User) -> None:
    client = signed_in(participant)
    before = client.get("/my/profile/").content.decode()

    page = client.post(
        "/my/profile/",
        {"section": "access", "extra_time": "50", "hides_countdown": "on"},
        follow=True,
    ).content.decode()

    assert "you need not say why" in before
    assert "Your exchange office sees it" in before
    participant.refresh_from_db()
    assert (participant.extra_time, participant.hides_countdown) == (50, True)
    assert "Saved: what you need in quizzes." in page


@pytest.mark.parametrize("wish", ["-50", "33", "1000", "", "NaN"])
def test_only_the_offered_times_can_be_wished(
    signed_in: SignIn, participant: User, wish: str
) -> None:
    signed_in(participant).post("/my/profile/", {"section": "access", "extra_time": wish})

    participant.refresh_from_db()
    assert participant.extra_time == 0


def test_a_section_leaves_the_others_alone(signed_in: SignIn, participant: User) -> None:
    client = signed_in(participant)
    client.post("/my/profile/", {"section": "name", "called": "Nana", "extra_time": "100"})

    participant.refresh_from_db()
    assert (participant.called, participant.extra_time) == ("Nana", 0)
    assert client.post("/my/profile/", {"section": "made-up"}).status_code == 200


def test_it_tells_the_time_there_now_and_where_to_correct_the_name(
    signed_in: SignIn, participant: User
) -> None:
    placement = PlacementFactory.create(participant=participant)

    page = signed_in(participant).get("/my/profile/").content.decode()

    assert "In UTC it is now" in page
    assert f"Write to {placement.office}" in page


def test_the_office_sees_pronouns_and_the_wish(
    signed_in: SignIn, coordinator: User, participant: User
) -> None:
    User.objects.filter(pk=participant.pk).update(pronouns="they/them", extra_time=50)
    placement = PlacementFactory.create(participant=participant)
    OfficeMembership.objects.create(office=placement.office, user=coordinator)

    address = f"/admin/departures/placements/{placement.omobility_id}/"
    page = signed_in(coordinator).get(address).content.decode()

    assert "they/them" in page
    assert "Half as much time again" in page


def test_trainers_see_pronouns_and_not_the_wish(
    signed_in: SignIn, trainer: User, participant: User
) -> None:
    User.objects.filter(pk=participant.pk).update(pronouns="they/them", extra_time=50)
    PlacementFactory.create(participant=participant)
    session = WorkshopSessionFactory.create(
        starts_at=timezone.now() - dt.timedelta(days=1), ends_at=timezone.now()
    )

    page = signed_in(trainer).get(f"/admin/teaching/registers/{session.uuid}/").content.decode()

    assert f"{participant} (they/them)" in page
    assert "Half as much time again" not in page
