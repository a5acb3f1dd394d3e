import datetime as dt

import pytest
from wagtail.models import ModelLogEntry

from exchanges.enums import PlacementStatus
from people.models import User
from progress.attendance import SessionNotBegun, eligible, history, record_attendance
from progress.models import Attendance, ModuleRecord
from tests.factories.exchanges import PlacementFactory
from tests.factories.modules import WorkshopSessionFactory
from tests.factories.people import ParticipantFactory, UserFactory
from tests.factories.progress import NOON

pytestmark = pytest.mark.django_db

LATER = NOON + dt.timedelta(days=1)


def test_being_there_completes_the_workshop(participant: User, trainer: User) -> None:
    session = WorkshopSessionFactory.create()

    record_attendance(
        session=session, present=[participant], among=[participant], by=trainer, at=NOON
    )

    entry = Attendance.objects.get()
    assert (entry.participant, entry.session_key) == (participant, session.uuid)
    assert (entry.held_at, entry.recorded_at) == (session.starts_at, NOON)
    assert entry.recorded_by == trainer
    assert ModuleRecord.objects.get().completed_at == session.starts_at


def test_saving_twice_changes_nothing(participant: User, trainer: User) -> None:
    session = WorkshopSessionFactory.create()
    for at in (NOON, LATER):
        record_attendance(
            session=session, present=[participant], among=[participant], by=trainer, at=at
        )

    assert Attendance.objects.get().recorded_at == NOON
    assert ModelLogEntry.objects.for_instance(session).count() == 1


def test_a_correction_leaves_a_trace_and_takes_no_completion_back(
    participant: User, trainer: User
) -> None:
    session = WorkshopSessionFactory.create()
    people = [participant]
    record_attendance(session=session, present=people, among=people, by=trainer, at=NOON)

    record_attendance(session=session, present=[], among=people, by=trainer, at=LATER)

    assert not Attendance.objects.exists()
    assert ModuleRecord.objects.get().completed_at is not None
    assert [
        (change.at, change.by, change.added, change.removed) for change in history(session)
    ] == [
        (LATER, trainer, (), (str(participant),)),
        (NOON, trainer, (str(participant),), ()),
    ]


def test_who_is_not_shown_keeps_what_was_recorded(trainer: User) -> None:
    session = WorkshopSessionFactory.create()
    there, also_there, absent = ParticipantFactory.create_batch(3)
    record_attendance(session=session, present=[there], among=[there, absent], by=trainer, at=NOON)

    saved = record_attendance(
        session=session, present=[also_there], among=[also_there, absent], by=trainer, at=LATER
    )

    assert saved.added == (str(also_there),)
    assert set(Attendance.objects.values_list("participant", flat=True)) == {
        there.pk,
        also_there.pk,
    }


def test_a_tick_for_somebody_who_is_not_shown_counts_for_nothing(
    participant: User, trainer: User
) -> None:
    session = WorkshopSessionFactory.create()

    record_attendance(session=session, present=[participant], among=[], by=trainer, at=NOON)

    assert not Attendance.objects.exists()


def test_nobody_has_attended_what_is_still_to_come(participant: User, trainer: User) -> None:
    session = WorkshopSessionFactory.create()
    just_before = session.starts_at - dt.timedelta(seconds=1)

    with pytest.raises(SessionNotBegun):
        record_attendance(
            session=session, present=[participant], among=[participant], by=trainer, at=just_before
        )

    assert not Attendance.objects.exists()


def test_two_sessions_of_a_workshop_are_two_registers(participant: User, trainer: User) -> None:
    first = WorkshopSessionFactory.create()
    second = WorkshopSessionFactory.create(workshop=first.workshop)
    for session in (first, second):
        record_attendance(
            session=session, present=[participant], among=[participant], by=trainer, at=NOON
        )

    record_attendance(session=second, present=[], among=[participant], by=trainer, at=LATER)

    assert Attendance.objects.get().session_key == first.uuid


def test_the_history_outlives_a_deleted_account(trainer: User) -> None:
    session = WorkshopSessionFactory.create()
    somebody = UserFactory.create()
    record_attendance(session=session, present=[somebody], among=[somebody], by=trainer, at=NOON)
    Attendance.objects.all().delete()
    ModuleRecord.objects.all().delete()
    somebody.delete()

    assert [change.added for change in history(session)] == [()]


def test_people_with_an_exchange_may_stand_on_a_register() -> None:
    anna = PlacementFactory.create(participant__first_name="Anna", participant__last_name="Berg")
    PlacementFactory.create(
        participant__first_name="Cleo", participant__last_name="Berg", exchange=anna.exchange
    )
    PlacementFactory.create(
        participant__first_name="Anna",
        participant__last_name="Gone",
        status=PlacementStatus.CANCELLED,
    )
    PlacementFactory.create(
        participant__first_name="Anna",
        participant__last_name="Left",
        participant__is_active=False,
    )
    other = PlacementFactory.create(
        participant__first_name="Anna",
        participant__last_name="Zimm",
        participant__email="az@else.example",
    )
    UserFactory.create(first_name="Anna", last_name="Stays")

    def names(**wishes: object) -> list[str]:
        return [str(person) for person in eligible(**wishes)]  # type: ignore[arg-type]

    assert names() == ["Anna Berg", "Cleo Berg", "Anna Zimm"]
    assert names(words="anna") == ["Anna Berg", "Anna Zimm"]
    assert names(words="anna berg") == ["Anna Berg"]
    assert names(words="else.example") == ["Anna Zimm"]
    assert names(exchange_id=other.exchange_id) == ["Anna Zimm"]


def test_two_exchanges_make_nobody_twice() -> None:
    placement = PlacementFactory.create()
    PlacementFactory.create(participant=placement.participant)

    assert list(eligible()) == [placement.participant]
