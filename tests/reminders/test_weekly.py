"""The weekly report to coordinators, and who wants which letters."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from exchanges.models import OfficeMembership, Placement
from jobs.models import OutgoingMail
from people.models import User
from readiness import states
from reminders.models import LetterWishes, Message
from reminders.weekly import report_weekly
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.readiness import DeclarationRequirementFactory, WaiverFactory
from tests.reminders.conftest import on, run

pytestmark = pytest.mark.django_db

MONDAY = on(2, 8)  # three weeks before 1 March


def report(at: dt.datetime = MONDAY) -> int:
    states.refresh(Placement.objects.values_list("pk", flat=True), at=at)
    return report_weekly(at=at)


def test_it_says_who_leaves_what_is_missing_and_whose_turn_it_is(
    placement: Placement, office_coordinator: User
) -> None:
    PlacementFactory.create(participant__last_name="Stranger")
    assert report() == 1

    message = Message.objects.get()
    assert message.person == office_coordinator
    assert message.subject == "Who leaves within four weeks and is not ready: 1"
    assert "1 person of your offices leaves within four weeks" in message.text
    assert "Ada Byron, " in message.text
    assert "in 21 days (1 March 2027) – Late" in message.text
    assert "Missing: Passport. Turn: Participant" in message.text
    assert "Stranger" not in message.text
    assert "/admin/departures/people/?window=28&state=not_ready\n" in message.text
    assert "&export=csv" in message.text
    assert "/my/profile/" in message.text
    assert OutgoingMail.objects.get().to == office_coordinator.email


def test_once_a_week_and_a_missed_monday_is_made_up_for(
    placement: Placement, office_coordinator: User
) -> None:
    assert [report(on(2, day)) for day in (10, 11, 14, 15, 16)] == [1, 0, 0, 1, 0]


def test_not_at_night_where_the_coordinator_is(
    placement: Placement, office_coordinator: User
) -> None:
    User.objects.filter(pk=office_coordinator.pk).update(time_zone="Asia/Tokyo")

    assert report() == 0
    assert report(on(2, 8, 23)) == 1


def test_nobody_to_hear_of_is_no_letter(placement: Placement, office_coordinator: User) -> None:
    assert report(on(1, 11)) == 0
    WaiverFactory.create(placement=placement)
    assert report() == 0
    assert not Message.objects.exists()


def test_who_leaves_later_and_is_late_is_counted(
    placement: Placement, office_coordinator: User
) -> None:
    DeclarationRequirementFactory.create(declaration="insurance", offset_days=-60)
    assert report(on(1, 11)) == 1

    text = Message.objects.get().text
    assert "Everybody of your offices who leaves within four weeks is ready." in text
    assert "1 person leaves later, and something is overdue:" in text
    assert "/admin/departures/people/?deadline=late\n" in text


def test_a_coordinator_can_do_without(placement: Placement, office_coordinator: User) -> None:
    LetterWishes.objects.create(user=office_coordinator, weekly_report=False)

    assert report() == 0


def test_only_those_who_answer_for_an_office_get_it(
    placement: Placement, participant: User, coordinator: User
) -> None:
    OfficeMembership.objects.create(office=placement.office, user=participant)

    assert report() == 0


def test_a_long_list_is_cut_and_the_queries_stay_the_same(
    placement: Placement, office_coordinator: User, django_assert_max_num_queries: Any
) -> None:
    states.refresh([placement.pk], at=MONDAY)
    with django_assert_max_num_queries(25) as few:
        assert report_weekly(at=MONDAY) == 1
    PlacementFactory.create_batch(45, exchange=placement.exchange, office=placement.office)
    states.refresh(Placement.objects.values_list("pk", flat=True), at=on(2, 15))
    with django_assert_max_num_queries(len(few)):
        assert report_weekly(at=on(2, 15)) == 1

    text = Message.objects.latest("posted_at").text
    assert "46 people of your offices" in text
    assert "and 6 more people." in text


# Wishes


def test_who_wants_no_reminder_before_is_told_of_what_is_overdue(placement: Placement) -> None:
    LetterWishes.objects.create(user=placement.participant, before_due=False)

    assert run(on(1, 18)) == 0
    assert run(on(1, 30)) == 0
    assert run(on(2, 2)) == 1


def test_letters_are_chosen_on_the_profile(
    placement: Placement, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(placement.participant)
    page = client.get("/my/profile/").content.decode()
    assert 'name="before_due"' in page
    assert 'name="weekly_report"' not in page

    client.post("/my/profile/", {"section": "letters"})
    assert not LetterWishes.objects.get().before_due
    client.post("/my/profile/", {"section": "letters", "before_due": "on"})
    wishes = LetterWishes.objects.get()
    assert (wishes.before_due, wishes.weekly_report) == (True, True)


def test_coordinators_choose_the_weekly_report_too(
    signed_in: Callable[[User], Client],
) -> None:
    user = CoordinatorFactory.create()
    client = signed_in(user)
    client.post("/my/profile/", {"section": "letters", "before_due": "on"})

    assert not LetterWishes.objects.get(user=user).weekly_report
