"""The letter to who signs off: what waits, once a week, and in whose words."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from exchanges.enums import PlacementStatus
from exchanges.models import OfficeMembership, Placement
from jobs.models import OutgoingMail
from people.models import User
from readiness import approvals, states
from readiness.enums import ApprovingRole, RequirementKind
from reminders.models import LetterWishes, Message, Reminder
from reminders.signing import tell_signers
from tests.factories.exchanges import OfficeFactory, PlacementFactory
from tests.factories.people import (
    AdministratorFactory,
    CoordinatorFactory,
    ParticipantFactory,
    TrainerFactory,
)
from tests.factories.readiness import RequirementFactory
from tests.factories.reminders import LetterTextFactory
from tests.reminders.conftest import on
from tests.reminders.test_texts import URL, letter, words

pytestmark = pytest.mark.django_db

MONDAY = on(1, 18)


@pytest.fixture
def interview(placement: Placement) -> None:
    RequirementFactory.create(
        kind=RequirementKind.APPROVAL, role=ApprovingRole.TRAINER, subject="Interview"
    )


@pytest.fixture
def tutor(interview: None) -> User:
    return TrainerFactory.create(first_name="Tom", time_zone="Europe/Madrid")


def tell(at: dt.datetime = MONDAY) -> int:
    states.refresh(Placement.objects.values_list("pk", flat=True), at=at)
    return tell_signers(at=at)


def sign(placement: Placement, by: User, at: dt.datetime) -> None:
    approvals.approve(
        placement=placement, role=ApprovingRole.TRAINER, subject="Interview", by=by, at=at
    )


def test_it_says_what_waits_and_where(placement: Placement, tutor: User) -> None:
    assert tell() == 1

    message = Message.objects.get()
    assert (message.person, message.address) == (tutor, tutor.email)
    assert (message.kind, message.subject) == ("signing", "Sign-offs that wait for you")
    assert message.text.startswith("Hello Tom,\n\nthis waits for your sign-off")
    assert "- Interview: Ada Byron, due by 1 February 2027\n" in message.text
    assert "/admin/departures/sign-offs/\n" in message.text
    assert message.text.endswith(f"{placement.office.name}\n")
    mail = OutgoingMail.objects.get()
    assert (mail.to, message.mail) == (tutor.email, mail)
    assert not Reminder.objects.exists()  # the participant's page names no letter to others


def test_at_most_one_in_seven_days(placement: Placement, tutor: User) -> None:
    assert [tell(on(1, day)) for day in (17, 18, 20, 23, 24, 25)] == [1, 0, 0, 0, 1, 0]


def test_two_runs_at_once_send_one(placement: Placement, tutor: User) -> None:
    assert tell() == 1
    Message.objects.all().delete()  # as seen by a run that began before the other's end

    assert tell() == 0
    assert OutgoingMail.objects.count() == 1


def test_nothing_that_waits_is_no_letter(placement: Placement, tutor: User) -> None:
    sign(placement, tutor, on(1, 17))
    assert tell() == 0
    approvals.withdraw(
        placement=placement, role=ApprovingRole.TRAINER, subject="Interview", by=tutor,
        at=on(1, 18, 13),
    )  # fmt: skip

    assert tell(on(1, 18, 14)) == 1


def test_who_has_cancelled_or_is_back_waits_for_nobody(placement: Placement, tutor: User) -> None:
    Placement.objects.update(status=PlacementStatus.CANCELLED)
    assert tell() == 0
    Placement.objects.update(status=placement.status)

    assert tell(on(12, 1)) == 0
    assert tell() == 1


def test_not_at_night_where_they_are(placement: Placement, tutor: User) -> None:
    User.objects.filter(pk=tutor.pk).update(time_zone="Asia/Tokyo")

    assert tell() == 0
    assert tell(on(1, 18, 23)) == 1


def test_each_role_hears_of_what_is_its_own(
    placement: Placement, tutor: User, office_coordinator: User
) -> None:
    for role, subject in (("coordinator", "Form"), ("administrator", "Seal")):
        RequirementFactory.create(kind=RequirementKind.APPROVAL, role=role, subject=subject)
    chief = AdministratorFactory.create()
    CoordinatorFactory.create()  # answers for no office
    ParticipantFactory.create()
    tell()

    told = {one.person: one.text for one in Message.objects.all()}
    assert set(told) == {tutor, office_coordinator, chief}
    assert "Form" in told[office_coordinator]
    assert "Interview" not in told[office_coordinator]
    assert "Seal" in told[chief]
    assert "Form" not in told[tutor]


def test_a_superuser_is_told_as_a_member_of_an_office_only(
    placement: Placement, interview: None
) -> None:
    root = User.objects.create_superuser(email="root@example.org", password="x")
    assert tell() == 0
    OfficeMembership.objects.create(office=placement.office, user=root)

    assert tell() == 1


def test_a_trainer_abroad_is_not_asked_for_the_own_sign_off(
    placement: Placement, tutor: User
) -> None:
    Placement.objects.update(participant=tutor)

    assert tell() == 0


def test_a_long_list_is_cut_and_the_queries_stay_the_same(
    placement: Placement, tutor: User, django_assert_max_num_queries: Any
) -> None:
    states.refresh([placement.pk], at=MONDAY)
    with django_assert_max_num_queries(25) as few:
        assert tell_signers(at=MONDAY) == 1
    PlacementFactory.create_batch(45, exchange=placement.exchange, office=placement.office)
    states.refresh(Placement.objects.values_list("pk", flat=True), at=on(1, 25))
    with django_assert_max_num_queries(len(few)):
        assert tell_signers(at=on(1, 25)) == 1

    text = Message.objects.latest("posted_at").text
    assert text.count("- Interview: ") == 40
    assert "\nand 6 more.\n" in text


# Words


def test_it_is_written_in_the_language_of_who_gets_it(placement: Placement, tutor: User) -> None:
    User.objects.filter(pk=tutor.pk).update(language="es")
    LetterTextFactory.create(
        office=placement.office, kind="signing", language="es", subject="Hola {name}, firme",
        text="{list}\n{link}",
    )  # fmt: skip
    tell()

    message = Message.objects.get()
    assert (message.language, message.subject) == ("es", "Hola Tom, firme")
    assert "1 de febrero de 2027" in message.text


def test_the_words_are_those_of_the_office_above_everybody(
    placement: Placement, tutor: User
) -> None:
    below = OfficeFactory.create(parent=placement.office)
    Placement.objects.update(office=below)
    for office, subject in ((placement.office, "From above"), (below, "From below")):
        LetterTextFactory.create(office=office, kind="signing", subject=subject)
    tell()
    assert Message.objects.get().subject == "From below"
    PlacementFactory.create(office=OfficeFactory.create(parent=placement.office))
    tell(on(1, 25))
    assert Message.objects.latest("posted_at").subject == "From above"
    strange = PlacementFactory.create()
    tell(on(2, 1))

    last = Message.objects.latest("posted_at")
    assert last.subject == "Sign-offs that wait for you"
    assert last.text.endswith(f"{placement.office.name}, {strange.office.name}\n")


def test_an_office_writes_it_in_its_own_words(
    desk: Client, placement: Placement, tutor: User
) -> None:
    begun = words(desk.get(f"{URL}new/?kind=signing&language=en"))
    assert "this waits for your sign-off" in begun
    own = letter(placement, kind="signing", subject="Please sign", text="{list}\n{link}")
    looked = words(desk.post(f"{URL}new/", own | {"look": "1"}))
    assert "- Interview: Grace Hopper, due by" in looked
    assert "/admin/departures/sign-offs/" in looked
    assert desk.post(f"{URL}new/", own).status_code == 302
    tell()

    assert Message.objects.get().subject == "Please sign"


# Wishes and the log


def test_who_signs_off_can_do_without(
    placement: Placement, tutor: User, signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(tutor)
    assert 'name="sign_offs"' in words(browser.get("/my/profile/"))
    browser.post("/my/profile/", {"section": "letters", "before_due": "on"})
    assert not LetterWishes.objects.get(user=tutor).sign_offs
    assert tell() == 0
    browser.post("/my/profile/", {"section": "letters", "before_due": "on", "sign_offs": "on"})

    assert tell() == 1


def test_a_participant_is_not_asked_about_sign_offs(
    placement: Placement, signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(placement.participant)
    assert 'name="sign_offs"' not in words(browser.get("/my/profile/"))
    browser.post("/my/profile/", {"section": "letters", "before_due": "on"})

    assert LetterWishes.objects.get().sign_offs


def test_the_log_has_it(
    placement: Placement, tutor: User, signed_in: Callable[[User], Client]
) -> None:
    tell()
    browser = signed_in(AdministratorFactory.create())
    listed = words(browser.get("/admin/messages/?kind=signing"))

    assert "Sign-offs that wait for somebody" in listed
    assert "Sign-offs that wait for you" in listed
    shown = words(browser.get(f"/admin/messages/inspect/{Message.objects.get().pk}/"))
    assert "Interview: Ada Byron" in shown
