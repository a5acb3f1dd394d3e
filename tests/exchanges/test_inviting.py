"""Who may invite whom, and inviting in the CMS."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from exchanges.enums import PlacementStatus
from exchanges.inviting import MOST_AT_ONCE, Outcome, invitable_by, invite, occasions
from exchanges.models import OfficeMembership, Placement
from people.models import Invitation, User
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import AdministratorFactory, InvitedFactory, TrainerFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def placement(coordinator: User) -> Placement:
    """A participant without password, of the coordinator's office."""
    found: Placement = PlacementFactory.create(participant=InvitedFactory.create())
    OfficeMembership.objects.create(office=found.office, user=coordinator)
    return found


def page_of(user: User) -> str:
    return f"/admin/invitations/{user.uuid}/"


def send(by: User, *people: User, again: bool = False, at: dt.datetime = NOON) -> Outcome:
    found = User.objects.filter(pk__in=[user.pk for user in people])
    return invite(found, by=by, at=at, link_to=str, again=again)


def test_a_coordinator_invites_the_participants_of_own_offices_alone(
    coordinator: User, placement: Placement
) -> None:
    stranger = PlacementFactory.create(participant=InvitedFactory.create()).participant
    colleague = TrainerFactory.create(password="!without")

    assert list(invitable_by(coordinator)) == [placement.participant]
    outcome = send(coordinator, placement.participant, stranger, colleague)

    assert outcome == Outcome(sent=1)
    assert [message.to for message in mail.outbox] == [[placement.participant.email]]


def test_nobody_is_invited_for_a_cancelled_placement(
    coordinator: User, placement: Placement
) -> None:
    Placement.objects.update(status=PlacementStatus.CANCELLED)

    assert send(coordinator, placement.participant) == Outcome()


def test_participants_and_trainers_invite_nobody(participant: User, trainer: User) -> None:
    someone = InvitedFactory.create()

    assert send(participant, someone) == send(trainer, someone) == Outcome()
    assert not Invitation.objects.exists()


def test_an_administrator_invites_anybody(administrator: User) -> None:
    assert send(administrator, InvitedFactory.create()) == Outcome(sent=1)


def test_the_reason_is_the_next_exchange(placement: Placement) -> None:
    user = placement.participant
    PlacementFactory.create(participant=user, leaves_home_on=None)
    days = [each.departs_on for each in Placement.objects.filter(participant=user)]

    [why] = occasions([user], today=min(days)).values()

    assert why.leaves_on == min(days)
    assert why.office
    assert why.exchange


def test_who_has_no_exchange_ahead_has_no_reason(placement: Placement) -> None:
    assert occasions([placement.participant], today=dt.date(2100, 1, 1)) == {}


def test_more_than_go_at_once_are_told(administrator: User) -> None:
    people = InvitedFactory.create_batch(MOST_AT_ONCE + 3)

    first = send(administrator, *people)
    second = send(administrator, *people)
    third = send(administrator, *people)

    assert (first.sent, first.left) == (MOST_AT_ONCE, 3)
    assert (second.sent, second.left) == (3, 0)
    assert third == Outcome()
    assert len({message.to[0] for message in mail.outbox}) == len(people) == len(mail.outbox)


def test_inviting_takes_the_same_queries_for_any_number(
    administrator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = InvitedFactory.create_batch(7)
    administrator = User.objects.get(pk=administrator.pk)
    administrator.get_all_permissions()

    # Who may be invited, their letters so far; savepoint, the people locked, their letters,
    # closing what waited, the new rows, release; why.
    with django_assert_num_queries(9):
        send(administrator, *people)


def test_the_page_invites_and_says_so(
    signed_in: SignIn, coordinator: User, placement: Placement
) -> None:
    client = signed_in(coordinator)
    page = page_of(placement.participant)
    assert "Not invited" in client.get(page).content.decode()

    after = client.post(page, follow=True).content.decode()

    assert "1 invitation is on its way." in after
    assert "Invited on" in after
    assert "Invite again" in after
    assert str(coordinator) in after
    [message] = mail.outbox
    assert "/accounts/invitation/" in str(message.body)


def test_pressing_twice_sends_one_letter(
    signed_in: SignIn, coordinator: User, placement: Placement
) -> None:
    client = signed_in(coordinator)
    page = page_of(placement.participant)

    client.post(page)
    again = client.post(page, follow=True).content.decode()

    assert "An invitation went out just now" in again
    assert len(mail.outbox) == 1


def test_looking_at_the_page_invites_nobody(
    signed_in: SignIn, coordinator: User, placement: Placement
) -> None:
    signed_in(coordinator).get(page_of(placement.participant))

    assert mail.outbox == []
    assert not Invitation.objects.exists()


def test_somebody_of_another_office_does_not_exist(
    signed_in: SignIn, coordinator: User, placement: Placement
) -> None:
    stranger = PlacementFactory.create(participant=InvitedFactory.create()).participant
    client = signed_in(coordinator)

    assert client.get(page_of(stranger)).status_code == 404
    assert client.post(page_of(stranger)).status_code == 404
    assert mail.outbox == []


def test_who_signs_in_already_is_not_invited(
    signed_in: SignIn, coordinator: User, placement: Placement
) -> None:
    user = placement.participant
    user.set_password("a-harbour-at-dawn")
    user.save()

    page = signed_in(coordinator).post(page_of(user), follow=True).content.decode()

    assert "Signs in with a password" in page
    assert mail.outbox == []


def bulk(*people: User) -> str:
    wanted = "&".join(f"id={user.pk}" for user in people)
    return f"/admin/bulk/people/user/invite/?next=/admin/users/&{wanted}"


def test_many_are_invited_from_the_list_of_people(signed_in: SignIn, participant: User) -> None:
    client = signed_in(AdministratorFactory.create(is_superuser=False))
    people = InvitedFactory.create_batch(3)

    question = client.get(bulk(*people)).content.decode()
    answer = client.post(bulk(*people, participant), follow=True).content.decode()
    again = client.post(bulk(*people), follow=True).content.decode()

    assert "Yes, invite them" in question
    assert "3 invitations are on their way." in answer
    assert "Nobody was invited" in again
    assert sorted(message.to[0] for message in mail.outbox) == sorted(p.email for p in people)


def test_the_list_of_people_leads_no_coordinator_to_inviting_many(
    signed_in: SignIn, coordinator: User
) -> None:
    signed_in(coordinator).post(bulk(InvitedFactory.create()))

    assert mail.outbox == []


def test_the_persons_page_says_how_it_stands(signed_in: SignIn, administrator: User) -> None:
    user = InvitedFactory.create()

    page = signed_in(administrator).get(f"/admin/users/edit/{user.pk}/").content.decode()

    assert "Not invited" in page
    assert page_of(user) in page
