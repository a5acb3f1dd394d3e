"""The way of an invited person: letter, link, password, in."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone

from people import invitations, mailing
from people.models import Invitation, User
from people.views.invitations import link_to_invitation
from tests.factories.people import CoordinatorFactory, InvitedFactory

pytestmark = pytest.mark.django_db
GOOD = {"password": "a-harbour-at-dawn", "time_zone": "Europe/Madrid", "language": ""}
WHY = mailing.Occasion(
    office="International Office",
    exchange="Erasmus+ – Lund University, 2026/2027-2",
    leaves_on=dt.date(2027, 3, 1),
)


@pytest.fixture
def invited() -> User:
    return InvitedFactory.create(first_name="Ana", last_name="Ruiz")


def link_to(user: User, *, days_ago: int = 0) -> str:
    at = timezone.now() - dt.timedelta(days=days_ago)
    [letter] = invitations.write([user], by=CoordinatorFactory.create(), at=at)
    return f"/accounts/invitation/{letter.token}/"


def test_the_letter_says_who_why_and_until_when(invited: User) -> None:
    by = CoordinatorFactory.create(first_name="Carla", last_name="Coordinator")
    at = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    letters = invitations.write([invited], by=by, at=at)

    stayed = mailing.send(letters, link_to="https://x/{}".format, occasions={invited.pk: WHY})

    [message] = mail.outbox
    body = str(message.body)
    assert stayed == []
    assert message.to == [invited.email]
    assert message.subject == "International Office invites you to prepare your exchange"
    assert "Hello Ana," in body
    assert "Carla Coordinator (International Office) invites you" in body
    assert "Your exchange: Erasmus+ – Lund University, 2026/2027-2" in body
    assert "1 March 2027" in body
    assert f"https://x/{letters[0].token}" in body
    assert "until Monday, 7 December 2026, 12:00 (UTC)" in body


def test_the_letter_of_somebody_without_exchange_needs_no_reason(invited: User) -> None:
    letters = invitations.write([invited], by=None, at=timezone.now())

    mailing.send(letters, link_to=str, occasions={})

    assert mail.outbox[0].subject == "Your account in Sojourn"
    assert "None" not in str(mail.outbox[0].body)


def test_names_of_people_are_not_escaped_in_letters_nor_break_the_subject(invited: User) -> None:
    why = mailing.Occasion(office="R&D\nBcc: x@y.example", exchange="<Ö>", leaves_on=dt.date.max)
    letters = invitations.write([invited], by=None, at=timezone.now())

    mailing.send(letters, link_to=str, occasions={invited.pk: why})

    assert "\n" not in mail.outbox[0].subject
    assert "<Ö>" in str(mail.outbox[0].body)
    assert mail.outbox[0].recipients() == [invited.email]


def test_letters_the_server_refuses_are_named(
    invited: User, settings: pytest.FixtureRequest
) -> None:
    setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")  # noqa: B010
    setattr(settings, "EMAIL_PORT", 9)  # noqa: B010  Nobody listens there.
    letters = invitations.write([invited], by=None, at=timezone.now())

    assert mailing.send(letters, link_to=str, occasions={}) == letters


def test_the_page_shows_who_one_is_and_the_rules_before_the_password(
    client: Client, invited: User
) -> None:
    response = client.get(link_to(invited))
    page = response.content.decode()

    assert "Welcome, Ana" in page
    assert "Ana Ruiz" in page
    assert invited.email in page
    assert "At least 8 characters" in page
    assert 'autocomplete="new-password"' in page
    assert "no-store" in response.headers["Cache-Control"]


def test_with_a_password_one_lands_signed_in_on_my_exchange(client: Client, invited: User) -> None:
    response = client.post(link_to(invited), GOOD, follow=True)

    assert [address for address, _ in response.redirect_chain] == ["/start/", "/my/"]
    assert "Welcome, Ana. Your password is saved" in response.content.decode()
    assert client.session["_auth_user_id"] == str(invited.pk)
    invited.refresh_from_db()
    assert str(invited.time_zone) == "Europe/Madrid"


def test_a_weak_password_is_refused_and_the_link_stays_open(client: Client, invited: User) -> None:
    link = link_to(invited)

    page = client.post(link, {**GOOD, "password": "12345"}).content.decode()

    assert "Something needs your attention" in page
    assert "12345" not in page
    assert client.post(link, GOOD).status_code == 302


def test_the_link_works_once_and_then_says_what_to_do(client: Client, invited: User) -> None:
    link = link_to(invited)
    client.post(link, GOOD)

    for response in (Client().get(link), Client().post(link, {**GOOD, "password": "taken-over-1"})):
        assert response.status_code == 410
        assert "You have chosen your password already" in response.content.decode()
    assert User.objects.get(pk=invited.pk).check_password(GOOD["password"])


def test_an_old_link_says_when_it_ran_out_and_how_to_get_a_new_one(
    client: Client, invited: User
) -> None:
    response = client.get(link_to(invited, days_ago=15))

    assert response.status_code == 410
    assert "This invitation has run out" in response.content.decode()
    assert "/accounts/password/reset/" in response.content.decode()


def test_a_link_that_was_replaced_says_so(client: Client, invited: User) -> None:
    link = link_to(invited, days_ago=1)
    invitations.write([invited], by=None, at=timezone.now(), again=True)

    assert "There is a newer letter" in client.get(link).content.decode()


def test_a_guessed_link_tells_nothing_and_guessing_is_slowed_down(client: Client) -> None:
    answers = [client.get(f"/accounts/invitation/guess{n:02}/") for n in range(21)]

    assert {answer.status_code for answer in answers[:20]} == {404}
    assert len({len(answer.content) for answer in answers[:20]}) == 1
    assert answers[20].status_code == 429
    assert int(answers[20].headers["Retry-After"]) > 0


def test_many_people_of_one_house_may_come_at_once(client: Client, invited: User) -> None:
    link = link_to(invited)

    assert {client.get(link).status_code for _ in range(25)} == {200}


@pytest.mark.parametrize(
    "wish", ["//evil.example/", "https://evil.example/", "/\\evil.example", "https:evil.example"]
)
def test_next_leads_nowhere_else(client: Client, invited: User, wish: str) -> None:
    response = client.post(f"{link_to(invited)}?next={wish}", {**GOOD, "next": wish})

    assert response.headers["Location"] == "/start/"


def test_whoever_is_signed_in_on_the_device_gives_way(client: Client, invited: User) -> None:
    client.force_login(
        CoordinatorFactory.create(), backend="django.contrib.auth.backends.ModelBackend"
    )
    before = client.session.session_key

    client.post(link_to(invited), GOOD)

    assert client.session["_auth_user_id"] == str(invited.pk)
    assert client.session.session_key != before


def test_the_link_leads_to_this_site(rf: RequestFactory) -> None:
    link = link_to_invitation(rf.get("/admin/"))("abc")

    assert re.fullmatch(r"http://testserver/accounts/invitation/abc/", link)


def test_the_page_speaks_the_language_of_the_person(client: Client, invited: User) -> None:
    User.objects.filter(pk=invited.pk).update(language="ar")

    page = client.get(link_to(invited)).content.decode()

    assert 'dir="rtl"' in page


def test_nothing_is_written_by_looking(client: Client, invited: User) -> None:
    link = link_to(invited)
    before = list(Invitation.objects.values())

    client.get(link)
    client.head(link)

    assert list(Invitation.objects.values()) == before
