"""How an invitation is written, taken back, accepted and refused."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from people import invitations
from people.enums import InvitationState
from people.models import Invitation, User
from tests.factories.people import CoordinatorFactory, InvitedFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
WISHES = {"time_zone": ZoneInfo("Europe/Madrid"), "language": "es"}


def letter_to(user: User, *, at: dt.datetime = NOON) -> invitations.Letter:
    [letter] = invitations.write([user], by=CoordinatorFactory.create(), at=at)
    return letter


def state(letter: invitations.Letter, *, as_of: dt.datetime = NOON) -> InvitationState:
    found = invitations.find(letter.token)
    assert found is not None
    return invitations.state_of(found, as_of=as_of)


def test_the_token_has_128_bits_and_only_its_hash_is_kept() -> None:
    letter = letter_to(InvitedFactory.create())

    row = Invitation.objects.get()
    assert len(letter.token) == 22  # 16 bytes in base64.
    assert letter.token not in str(vars(row))
    assert row.token_hash == invitations.hash_of(letter.token)
    assert row.until == NOON + dt.timedelta(days=14)


def test_everybody_gets_a_token_of_their_own() -> None:
    letters = invitations.write(InvitedFactory.create_batch(20), by=None, at=NOON)

    assert len({letter.token for letter in letters}) == 20


@pytest.mark.parametrize("hours", [0, 1, 24 * 13])
def test_nobody_gets_a_second_letter_while_the_first_is_open(hours: int) -> None:
    user = InvitedFactory.create()
    letter_to(user)

    assert invitations.write([user], by=None, at=NOON + dt.timedelta(hours=hours)) == []
    assert Invitation.objects.count() == 1


def test_inviting_again_adds_a_row_and_closes_the_one_before() -> None:
    user = InvitedFactory.create()
    first = letter_to(user)
    later = NOON + dt.timedelta(hours=1)

    [second] = invitations.write([user], by=None, at=later, again=True)

    assert Invitation.objects.count() == 2
    assert state(first, as_of=later) == InvitationState.NOT_INVITED
    assert state(second, as_of=later) == InvitationState.OPEN
    assert Invitation.objects.get(pk=first.invitation.pk).revoked_at == later


def test_pressing_again_twice_sends_one_letter() -> None:
    user = InvitedFactory.create()
    letter_to(user, at=NOON - dt.timedelta(days=1))

    sent = [
        len(invitations.write([user], by=None, at=NOON + dt.timedelta(seconds=s), again=True))
        for s in (0, 1, 299, 300)
    ]

    assert sent == [1, 0, 0, 1]


def test_who_is_invited_anew_after_the_letter_ran_out() -> None:
    user = InvitedFactory.create()
    letter_to(user)

    assert len(invitations.write([user], by=None, at=NOON + invitations.LASTS)) == 1


def test_people_with_a_password_and_closed_accounts_are_left_out() -> None:
    people = [ParticipantFactory.create(), InvitedFactory.create(is_active=False)]

    assert invitations.write(people, by=None, at=NOON, again=True) == []


def test_one_letter_waits_for_a_person_even_if_two_write_at_once() -> None:
    user = InvitedFactory.create()
    letter = letter_to(user)

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            user=user, email=user.email, invited_at=NOON, until=NOON, token_hash="other"
        )
    assert state(letter) == InvitationState.OPEN


def test_accepting_sets_the_password_and_confirms_the_address() -> None:
    user = InvitedFactory.create()
    letter = letter_to(user)
    later = NOON + dt.timedelta(days=2)

    invitations.accept(letter.invitation, password="a-harbour-at-dawn", wishes=WISHES, at=later)

    user = User.objects.get(pk=user.pk)
    assert user.check_password("a-harbour-at-dawn")
    assert (user.time_zone, user.language) == (ZoneInfo("Europe/Madrid"), "es")
    assert EmailAddress.objects.get(user=user, email=user.email).verified
    assert Invitation.objects.get().accepted_at == later


def test_it_lets_in_once() -> None:
    letter = letter_to(InvitedFactory.create())
    invitations.accept(letter.invitation, password="a-harbour-at-dawn", wishes=WISHES, at=NOON)

    with pytest.raises(invitations.InvitationClosed):
        invitations.accept(letter.invitation, password="another-one-99", wishes=WISHES, at=NOON)
    assert letter.invitation.user.check_password("password") is False
    assert User.objects.get(pk=letter.invitation.user_id).check_password("a-harbour-at-dawn")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"password": "set-by-a-reset-link"}, InvitationState.ACCEPTED),
        ({"email": "moved@home.example"}, InvitationState.NOT_INVITED),
        ({"is_active": False}, InvitationState.NOT_INVITED),
    ],
)
def test_a_letter_is_good_for_the_account_it_was_written_for(
    change: dict[str, object], expected: InvitationState
) -> None:
    letter = letter_to(InvitedFactory.create())
    User.objects.filter(pk=letter.invitation.user_id).update(**change)

    assert state(letter) == expected
    with pytest.raises(invitations.InvitationClosed):
        invitations.accept(letter.invitation, password="long-enough-99", wishes=WISHES, at=NOON)


def test_it_runs_out_to_the_moment() -> None:
    letter = letter_to(InvitedFactory.create())
    last_moment = NOON + invitations.LASTS - dt.timedelta(microseconds=1)

    assert state(letter, as_of=last_moment) == InvitationState.OPEN
    assert state(letter, as_of=NOON + invitations.LASTS) == InvitationState.EXPIRED


def test_an_unknown_token_finds_nothing() -> None:
    letter_to(InvitedFactory.create())

    assert invitations.find("AAAAAAAAAAAAAAAAAAAAAA") is None
    assert invitations.find("") is None


def test_letters_that_did_not_get_away_can_be_sent_at_once() -> None:
    user = InvitedFactory.create()
    letter = letter_to(user)

    invitations.take_back([letter.invitation], at=NOON)

    assert len(invitations.write([user], by=None, at=NOON)) == 1


def test_how_it_stands_with_many_is_one_query(django_assert_num_queries: object) -> None:
    new, waiting, late, done = InvitedFactory.create_batch(4)
    able = ParticipantFactory.create()
    letter_to(waiting)
    letter_to(late, at=NOON - invitations.LASTS)
    accepted = letter_to(done)
    invitations.accept(accepted.invitation, password="a-harbour-at-dawn", wishes=WISHES, at=NOON)
    people = list(User.objects.filter(pk__in=[p.pk for p in (new, waiting, late, done, able)]))

    with django_assert_num_queries(1):  # type: ignore[operator]  # the invitations
        found = invitations.standings(people, as_of=NOON)

    assert [found[user.pk].state for user in (new, waiting, late, done, able)] == [
        InvitationState.NOT_INVITED,
        InvitationState.OPEN,
        InvitationState.EXPIRED,
        InvitationState.ACCEPTED,
        InvitationState.SIGNS_IN,
    ]
