"""Inviting the people whom an import has made."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from exchanges.models import Office
from interop.roster import uploads
from interop.roster.dry_run import dry_run
from interop.roster.models import RosterUpload
from people.models import Invitation, User
from tests.factories.people import CoordinatorFactory
from tests.interop.rosters import roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("northfield")]
SignIn = Callable[[User], Client]
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def head(coordinator: User) -> User:
    Office.objects.get(code="international-office").memberships.create(user=coordinator)
    return coordinator


def imported(by: User, *rows: dict[str, str]) -> RosterUpload:
    content = roster(*rows)
    upload = uploads.keep(filename="spring.csv", content=content, by=by, at=NOON)
    expected = dry_run(content, actor=by).fingerprint
    uploads.confirm(upload, expected=expected, at=NOON)
    upload.refresh_from_db()
    return upload


def page(upload: RosterUpload, name: str = "upload") -> str:
    return reverse(f"rosters:{name}", args=[upload.uuid])


def test_the_result_offers_to_invite_the_new_people_and_says_what_came_of_it(
    signed_in: SignIn, head: User
) -> None:
    client = signed_in(head)
    upload = imported(head, {}, {"email": "ana@home.example"})
    before = client.get(page(upload)).content.decode()
    assert "0 of 2 new people are invited." in before
    assert "Invite the 2 new people" in before

    after = client.post(page(upload, "invite"), follow=True).content.decode()

    assert "2 invitations are on their way." in after
    assert "2 of 2 new people are invited." in after
    assert "Invite the" not in after
    assert "ana@home.example" in {message.to[0] for message in mail.outbox}


def test_pressing_twice_invites_nobody_twice(signed_in: SignIn, head: User) -> None:
    client = signed_in(head)
    upload = imported(head, {})

    client.post(page(upload, "invite"))
    again = client.post(page(upload, "invite"), follow=True).content.decode()

    assert "Nobody was invited" in again
    assert len(mail.outbox) == Invitation.objects.count() == 1


def test_people_who_were_there_before_are_not_new(signed_in: SignIn, head: User) -> None:
    imported(head, {})
    second = imported(head, {}, {"email": "ana@home.example"})

    signed_in(head).post(page(second, "invite"))

    assert [message.to for message in mail.outbox] == [["ana@home.example"]]


def test_letters_that_fail_leave_the_people_to_be_invited(
    signed_in: SignIn, head: User, settings: Settings
) -> None:
    client = signed_in(head)
    upload = imported(head, {})
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9  # Nobody listens there.

    answer = client.post(page(upload, "invite"), follow=True).content.decode()

    assert "1 invitation could not be sent." in answer
    assert "Invite the 1 new person" in answer


def test_the_import_of_somebody_else_does_not_exist(signed_in: SignIn, head: User) -> None:
    upload = imported(head, {})

    answer = signed_in(CoordinatorFactory.create()).post(page(upload, "invite"))

    assert answer.status_code == 404
    assert mail.outbox == []


def test_looking_invites_nobody(signed_in: SignIn, head: User) -> None:
    upload = imported(head, {})

    assert signed_in(head).get(page(upload, "invite")).status_code == 405
    assert mail.outbox == []
