"""What the clock tells, to whom, and what it never tells twice."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from jobs.models import OutgoingMail
from jobs.sending import send_due
from reminders.models import Message, OfficePlan, Reminder
from reminders.planning import go_on, pause
from reminders.reminding import remind_due
from tests.factories.exchanges import ExchangeFactory, OfficeFactory, PlacementFactory
from tests.factories.people import AdministratorFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    ExtensionFactory,
    WaiverFactory,
)
from tests.factories.reminders import OfficePlanFactory, ReminderFactory
from tests.reminders.conftest import on, run

pytestmark = pytest.mark.django_db

FORTNIGHT = on(1, 18)  # 14 days before 1 February


def steps() -> list[int | None]:
    return list(Reminder.objects.order_by("message__posted_at").values_list("step", flat=True))


def test_each_step_is_told_once(placement: Placement) -> None:
    told = {day: run(on(1, day)) for day in range(15, 32)}
    told |= {31 + day: run(on(2, day)) for day in range(1, 6)}

    assert [day for day, letters in told.items() if letters] == [18, 29, 33]
    assert steps() == [14, 3, -1]


def test_the_letter_says_what_is_open_by_when_and_where_to_go(placement: Placement) -> None:
    run(FORTNIGHT)

    letter = OutgoingMail.objects.get()
    assert (letter.to, letter.subject) == (
        placement.participant.email, "Still open before you leave",
    )  # fmt: skip
    assert letter.text.startswith("Hello Ada,")
    assert "- Passport: due by 1 February 2027" in letter.text
    assert f"http://127.0.0.1:8000/my/exchanges/{placement.omobility_id}/" in letter.text
    assert placement.office.name in letter.text
    assert "{" not in letter.text


def test_what_is_overdue_says_so(placement: Placement) -> None:
    run(on(2, 2))

    assert "- Passport: was due by 1 February 2027" in OutgoingMail.objects.get().text


def test_it_is_written_in_the_language_of_the_person(placement: Placement) -> None:
    placement.participant.language = "es"
    placement.participant.save()
    run(FORTNIGHT)

    message = Message.objects.get()
    assert message.language == "es"
    assert "Pasaporte" in message.text
    assert "1 de febrero de 2027" in message.text


def test_days_on_which_nothing_ran_are_made_up_for(placement: Placement) -> None:
    assert run(on(1, 25)) == 1
    assert steps() == [14]


def test_a_step_that_a_later_one_has_overtaken_is_not_told(placement: Placement) -> None:
    assert run(on(1, 30)) == 1
    assert run(on(1, 31)) == 0
    assert steps() == [3]


def test_one_letter_tells_of_everything(placement: Placement) -> None:
    DeclarationRequirementFactory.create(declaration="insurance")
    other = PlacementFactory.create(
        participant=placement.participant,
        office=placement.office,
        exchange=ExchangeFactory.create(host__name="Aveiro", term="2026/2027-1/2"),
    )
    assert run(FORTNIGHT) == 1

    text = Message.objects.get().text
    assert text.count("- Passport") == text.count("- Insurance") == 2
    assert f"{other.exchange.programme} – Aveiro:" in text
    assert Reminder.objects.count() == 4


def test_nobody_gets_two_within_a_day(placement: Placement) -> None:
    run(FORTNIGHT)
    DeclarationRequirementFactory.create(declaration="insurance")

    assert run(FORTNIGHT + dt.timedelta(hours=6)) == 0
    assert run(FORTNIGHT + dt.timedelta(hours=24)) == 1
    assert "Passport" not in Message.objects.latest("posted_at").text


@pytest.mark.parametrize(
    ("zone", "letters"), [("Europe/Madrid", 1), ("Asia/Tokyo", 0), ("America/Los_Angeles", 0)]
)
def test_nobody_is_written_to_at_night(placement: Placement, zone: str, letters: int) -> None:
    placement.participant.time_zone = zone
    placement.participant.save()

    assert run(FORTNIGHT) == letters


def test_who_slept_is_told_in_the_morning(placement: Placement) -> None:
    placement.participant.time_zone = "Asia/Tokyo"
    placement.participant.save()

    assert run(FORTNIGHT) == 0
    assert run(on(1, 18, 23)) == 1
    assert OutgoingMail.objects.get().due_at == on(1, 18, 23)


# What ends it


def test_who_has_done_it_is_told_nothing_more(placement: Placement) -> None:
    run(FORTNIGHT)
    DeclarationFactory.create(placement=placement, declared_at=on(1, 20))

    assert run(on(1, 30)) == 0


def test_what_waits_for_the_office_is_not_the_persons_to_do(placement: Placement) -> None:
    DeclarationRequirementFactory.create(declaration="visa", needs_verification=True)
    DeclarationFactory.create(placement=placement, kind="visa", declared_at=on(1, 10))
    run(FORTNIGHT)

    assert "Visa" not in Message.objects.get().text


def test_what_is_only_recommended_is_left_alone(placement: Placement) -> None:
    DeclarationRequirementFactory.create(declaration="insurance", strength="should")
    run(FORTNIGHT)

    assert "Insurance" not in Message.objects.get().text


def test_who_is_let_off_is_told_nothing(placement: Placement) -> None:
    WaiverFactory.create(placement=placement)

    assert run(FORTNIGHT) == 0


def test_who_is_cancelled_is_told_nothing(placement: Placement) -> None:
    placement.status = PlacementStatus.CANCELLED
    placement.save()

    assert run(FORTNIGHT) == 0


def test_who_has_left_is_told_nothing(placement: Placement) -> None:
    assert run(on(3, 3)) == 0


def test_a_closed_account_is_told_nothing(placement: Placement) -> None:
    placement.participant.is_active = False
    placement.participant.save()

    assert run(FORTNIGHT) == 0


def test_a_row_that_does_not_hold_tells_nothing(placement: Placement) -> None:
    run(on(1, 10))
    DeclarationRequirementFactory.create(declaration="insurance")

    assert remind_due(at=FORTNIGHT) == 0
    assert run(FORTNIGHT) == 1


# A due date that moves


def test_a_later_date_is_told_anew_when_its_own_time_comes(placement: Placement) -> None:
    run(on(1, 29))
    ExtensionFactory.create(
        placement=placement,
        until=dt.date(2027, 2, 20),
        decided_at=on(1, 30),
        decided_by=AdministratorFactory.create(),
    )

    assert run(on(1, 31)) == 0
    assert run(on(2, 6)) == 1
    assert run(on(2, 17)) == 1
    assert steps() == [3, 14, 3]
    assert "due by 20 February 2027" in Message.objects.latest("posted_at").text


def test_an_earlier_date_is_told_at_once(placement: Placement) -> None:
    run(FORTNIGHT)
    placement.exchange.start_date = dt.date(2027, 2, 18)
    placement.exchange.save()

    assert run(on(1, 20)) == 1
    assert "due by 21 January 2027" in Message.objects.latest("posted_at").text
    assert run(on(1, 21, 13)) == 0


# The office's rules


def test_the_office_says_when(placement: Placement) -> None:
    OfficePlanFactory.create(
        office=placement.office, days_before="5", days_after="", wakes=13, rests=14
    )

    assert run(FORTNIGHT) == 0
    assert run(on(1, 27, 11)) == 0
    assert run(on(1, 27, 12)) == 1
    assert run(on(2, 2)) == 0


def test_rules_hold_for_offices_below_unless_they_have_their_own(placement: Placement) -> None:
    below = OfficeFactory.create(parent=placement.office)
    placement.office.refresh_from_db()
    Placement.objects.filter(pk=placement.pk).update(office=below)
    rule = OfficePlanFactory.create(office=placement.office, days_before="", days_after="")
    assert run(FORTNIGHT) == 0

    OfficePlanFactory.create(office=below)
    assert run(FORTNIGHT) == 1

    rule.is_paused = True
    rule.save()
    assert run(on(1, 30)) == 0


def test_a_paused_office_sends_nothing(placement: Placement) -> None:
    OfficePlanFactory.create(office=placement.office, is_paused=True)

    assert run(FORTNIGHT) == 0


def test_a_pause_of_one_placement_is_made_up_for(placement: Placement) -> None:
    somebody = AdministratorFactory.create()
    pause(placement=placement, reason="In hospital", by=somebody, at=on(1, 10))
    pause(placement=placement, reason="Again", by=somebody, at=on(1, 11))

    assert placement.reminder_pauses.get().reason == "In hospital"
    assert run(FORTNIGHT) == 0
    go_on(placement=placement, by=somebody, at=on(1, 19))
    assert run(on(1, 20)) == 1


# Kept by the database, and by the outbox


def test_the_database_refuses_to_tell_the_same_again(placement: Placement) -> None:
    ReminderFactory.create(placement=placement)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderFactory.create(placement=placement)


@pytest.mark.parametrize("values", [{"wakes": 20, "rests": 20}, {"rests": 25}])
def test_the_database_refuses_hours_that_no_day_has(values: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficePlanFactory.create(**values)
    assert not OfficePlan.objects.exists()


def test_the_log_knows_what_became_of_a_letter(placement: Placement, mailoutbox: Any) -> None:
    run(FORTNIGHT)
    message = Message.objects.select_related("mail").get()
    assert message.delivery == "Waiting"

    send_due(at=FORTNIGHT, clock=lambda: FORTNIGHT)
    message = Message.objects.select_related("mail").get()
    assert (message.delivery, message.sent_at) == ("Sent", FORTNIGHT)
    assert mailoutbox[0].subject == message.subject

    OutgoingMail.objects.all().delete()
    assert Message.objects.get().delivery == "Sent"


def test_queries_do_not_grow_with_people(
    placement: Placement, django_assert_num_queries: Any
) -> None:
    def count() -> int:
        # What is asked, plans, offices, their words, zones, who waits; then in one
        # transaction (2): the people, what waits for them, known letters, the letters, their
        # ids, the messages, the reminders; last, who waits still.
        with django_assert_num_queries(16):
            return remind_due(at=FORTNIGHT)

    run(on(1, 10))
    assert count() == 1
    for _number in range(12):
        PlacementFactory.create(office=placement.office)
    run(on(1, 10))
    assert count() == 12
