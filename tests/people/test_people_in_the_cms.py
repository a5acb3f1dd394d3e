"""Adding and editing people in the CMS, with users who have no username."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from people import roles
from people.models import User
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import ParticipantFactory, UserFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

NEW = {
    "email": "New.Person@home.example",
    "first_name": "Nadia",
    "last_name": "Berg",
    "time_zone": "Europe/Oslo",
    "language": "",
    "global_id": "",
}


@pytest.fixture
def manager() -> User:
    """Somebody who administers by role and is no superuser."""
    return UserFactory.create(group_names=(roles.ADMINISTRATORS,))


def edit_url(user: User) -> str:
    return reverse("wagtailusers_users:edit", args=[user.pk])


def as_shown(user: User, **changes: object) -> dict[str, object]:
    """What the form sends for this person, with changes."""
    shown = {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "time_zone": str(user.time_zone),
        "language": user.language,
        "global_id": user.global_id or "",
        "groups": [group.pk for group in user.groups.all()],
        "is_active": "on",
    }
    return {**shown, **changes}


def test_the_list_names_people(signed_in: SignIn, manager: User) -> None:
    ParticipantFactory.create(first_name="Liv", last_name="Aas", email="liv@home.example")

    page = signed_in(manager).get(reverse("wagtailusers_users:index")).content.decode()

    assert "Liv Aas" in page
    assert "liv@home.example" in page


def test_the_form_for_a_new_person_has_our_fields(signed_in: SignIn, manager: User) -> None:
    page = signed_in(manager).get(reverse("wagtailusers_users:add")).content.decode()

    for name in ("email", "first_name", "last_name", "time_zone", "language", "global_id"):
        assert f'name="{name}"' in page
    assert 'name="username"' not in page
    assert 'name="is_superuser"' not in page


def test_a_new_person_needs_no_password_and_gets_a_role(signed_in: SignIn, manager: User) -> None:
    role = Group.objects.get(name=roles.TRAINERS)

    response = signed_in(manager).post(
        reverse("wagtailusers_users:add"), {**NEW, "groups": [role.pk], "is_superuser": "on"}
    )

    assert response.status_code == 302
    user = User.objects.get(email="new.person@home.example")
    assert user.time_zone == ZoneInfo("Europe/Oslo")
    assert user.global_id is None
    assert roles.is_trainer(user)
    assert not user.is_superuser
    assert not user.has_usable_password()


def test_an_address_in_use_is_refused(signed_in: SignIn, manager: User) -> None:
    UserFactory.create(email="new.person@home.example")

    response = signed_in(manager).post(reverse("wagtailusers_users:add"), NEW)

    assert response.status_code == 200
    assert User.objects.filter(email__iexact=NEW["email"]).count() == 1


def test_two_people_without_identifier_do_not_clash(signed_in: SignIn, manager: User) -> None:
    client = signed_in(manager)
    for email in ("one@home.example", "two@home.example"):
        client.post(reverse("wagtailusers_users:add"), {**NEW, "email": email})

    assert User.objects.filter(last_name="Berg", global_id=None).count() == 2


def test_a_changed_address_closes_the_old_one(signed_in: SignIn, manager: User) -> None:
    user = ParticipantFactory.create(email="old@home.example")
    EmailAddress.objects.create(user=user, email="old@home.example", verified=True, primary=True)

    response = signed_in(manager).post(edit_url(user), as_shown(user, email="new@home.example"))

    assert response.status_code == 302
    user.refresh_from_db()
    assert user.email == "new@home.example"
    assert user.check_password("password")
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["new@home.example"]


def test_nobody_becomes_superuser_through_the_form(signed_in: SignIn, manager: User) -> None:
    user = ParticipantFactory.create()

    signed_in(manager).post(edit_url(user), as_shown(user, is_superuser="on"))

    assert not User.objects.get(pk=user.pk).is_superuser


def test_nobody_changes_own_roles(signed_in: SignIn, manager: User) -> None:
    client = signed_in(manager)
    assert 'name="groups"' not in client.get(edit_url(manager)).content.decode()

    client.post(edit_url(manager), as_shown(manager, first_name="Ada", groups=[]))

    manager.refresh_from_db()
    assert manager.first_name == "Ada"
    assert roles.is_administrator(User.objects.get(pk=manager.pk))


@pytest.mark.parametrize("who", ["participant", "trainer", "coordinator"])
def test_other_roles_do_not_reach_people(
    request: pytest.FixtureRequest, signed_in: SignIn, who: str
) -> None:
    user = request.getfixturevalue(who)
    client = signed_in(user)

    for url in (reverse("wagtailusers_users:index"), reverse("wagtailusers_users:add")):
        assert client.get(url).status_code in {302, 403}
    client.post(edit_url(user), as_shown(user, first_name="Canary"))
    assert User.objects.get(pk=user.pk).first_name != "Canary"


def test_somebody_of_whom_something_is_recorded_is_not_deleted(
    signed_in: SignIn, manager: User
) -> None:
    person = PlacementFactory.create().participant
    address = reverse("wagtailusers_users:delete", args=[person.pk])

    page = signed_in(manager).post(address, follow=True).content.decode()

    assert "have not been deleted" in page
    assert User.objects.filter(pk=person.pk).exists()


def test_somebody_of_whom_nothing_is_recorded_is_deleted(signed_in: SignIn, manager: User) -> None:
    person = ParticipantFactory.create()

    signed_in(manager).post(reverse("wagtailusers_users:delete", args=[person.pk]))

    assert not User.objects.filter(pk=person.pk).exists()
