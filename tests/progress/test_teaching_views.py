"""The trainers' pages of the CMS, from outside."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from modules.models import WorkshopSession
from people.models import User
from progress.models import Attendance
from tests.factories.exchanges import PlacementFactory
from tests.factories.modules import (
    CataloguePageFactory,
    LessonPageFactory,
    TrainingSessionPageFactory,
    WorkshopSessionFactory,
)
from tests.factories.progress import AttendanceFactory, LessonRecordFactory, ModuleRecordFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
DASHBOARD = "/admin/teaching/"
REGISTERS = "/admin/teaching/registers/"


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def session() -> WorkshopSession:
    return WorkshopSessionFactory.create(workshop__title="Story circle")


@pytest.fixture
def register(session: WorkshopSession) -> str:
    return f"{REGISTERS}{session.uuid}/"


@pytest.mark.parametrize("role", ["participant", "coordinator"])
def test_only_trainers_get_in(
    role: str, request: pytest.FixtureRequest, signed_in: SignIn, register: str
) -> None:
    client = signed_in(request.getfixturevalue(role))
    module = LessonPageFactory.create().get_parent()

    for url in (DASHBOARD, f"{DASHBOARD}modules/{module.pk}/", REGISTERS, register):
        assert client.get(url).status_code == 302
        assert client.post(url).status_code == 302
    assert not Attendance.objects.exists()


def test_the_menu_and_the_first_page_lead_there(
    trainer: User, coordinator: User, signed_in: SignIn
) -> None:
    module = TrainingSessionPageFactory.create(title="Culture and self")
    recent = timezone.now() - dt.timedelta(days=2)
    WorkshopSessionFactory.create(
        starts_at=recent, ends_at=recent + dt.timedelta(hours=1), place="Garden room"
    )

    page = text_of(signed_in(trainer), "/admin/")

    assert DASHBOARD in page
    assert f"{DASHBOARD}modules/{module.pk}/" in page
    assert "Registers to fill in" in page
    assert "Garden room" in page
    assert DASHBOARD not in text_of(signed_in(coordinator), "/admin/")


def test_the_first_page_of_somebody_new(trainer: User, signed_in: SignIn) -> None:
    assert "Write your first module" in text_of(signed_in(trainer), "/admin/")


def test_the_dashboard_counts(trainer: User, signed_in: SignIn) -> None:
    lesson = LessonPageFactory.create(title="Iceberg", parent__owner=trainer)
    module = lesson.get_parent()
    for _ in range(2):
        ModuleRecordFactory.create(module=module)
    LessonRecordFactory.create(lesson=lesson)

    page = text_of(signed_in(trainer), DASHBOARD)

    assert "<td>2</td> <td>0</td> <td>–</td> <td>Iceberg</td>" in page
    assert "yours" in page


def test_without_modules_it_says_how_to_begin(trainer: User, signed_in: SignIn) -> None:
    catalogue = CataloguePageFactory.create()

    page = text_of(signed_in(trainer), DASHBOARD)

    assert "Write your first module" in page
    assert f"/admin/pages/{catalogue.pk}/add_subpage/" in page


def test_without_a_catalogue_it_says_whom_to_ask(trainer: User, signed_in: SignIn) -> None:
    assert "There is no catalogue yet" in text_of(signed_in(trainer), DASHBOARD)


def test_a_module_s_figures(trainer: User, signed_in: SignIn) -> None:
    lesson = LessonPageFactory.create(title="Iceberg")
    module = lesson.get_parent()
    url = f"{DASHBOARD}modules/{module.pk}/"
    client = signed_in(trainer)

    assert "Nobody has begun yet" in text_of(client, url)

    ModuleRecordFactory.create(module=module)
    LessonRecordFactory.create(lesson=lesson)
    assert '<progress max="1" value="0" aria-label="Iceberg">' in text_of(client, url)


def test_a_module_without_steps_says_what_to_do(trainer: User, signed_in: SignIn) -> None:
    module = TrainingSessionPageFactory.create()

    page = text_of(signed_in(trainer), f"{DASHBOARD}modules/{module.pk}/")

    assert "Add a lesson below it and publish it." in page


def test_what_is_no_module_is_not_found(trainer: User, signed_in: SignIn) -> None:
    lesson = LessonPageFactory.create()

    assert signed_in(trainer).get(f"{DASHBOARD}modules/{lesson.pk}/").status_code == 404


def test_the_list_of_registers(trainer: User, signed_in: SignIn) -> None:
    client = signed_in(trainer)
    assert "No workshop has a date yet" in text_of(client, REGISTERS)

    session = WorkshopSessionFactory.create(workshop__title="Story circle")
    AttendanceFactory.create_batch(3, session=session)
    later = timezone.now() + dt.timedelta(days=3)
    WorkshopSessionFactory.create(starts_at=later, ends_at=later + dt.timedelta(hours=1))

    page = text_of(client, REGISTERS)
    assert "Story circle" in page
    assert "2 November 2026, 13:00" in page
    assert "<td>3</td>" in page
    assert "still to come" in page


def test_filling_in_and_correcting_a_register(
    trainer: User, signed_in: SignIn, session: WorkshopSession, register: str
) -> None:
    anna, ben = (
        PlacementFactory.create(
            participant__first_name=name, participant__last_name="X"
        ).participant
        for name in ("Anna", "Ben")
    )
    client = signed_in(trainer)
    shown = [str(anna.uuid), str(ben.uuid)]
    assert "Anna X" in text_of(client, register)

    saved = client.post(register, {"shown": shown, "present": [shown[0]]}, follow=True)
    assert "Saved: 1 added, 0 taken off." in saved.content.decode()
    assert Attendance.objects.get().participant == anna

    client.post(register, {"shown": shown, "present": [shown[1]]})
    assert Attendance.objects.get().participant == ben
    page = text_of(client, register)
    assert "added Ben X; taken off Anna X" in page
    assert f'id="present-{ben.uuid}" checked' in page


def test_finding_people_for_the_register(trainer: User, signed_in: SignIn, register: str) -> None:
    anna = PlacementFactory.create(participant__first_name="Anna")
    PlacementFactory.create(participant__first_name="Ben")
    client = signed_in(trainer)

    by_name = text_of(client, f"{register}?words=anna")
    assert "Anna" in by_name
    assert "Ben" not in by_name

    by_exchange = text_of(client, f"{register}?exchange={anna.exchange_id}")
    assert "Anna" in by_exchange
    assert ">Ben " not in by_exchange

    assert "Nobody with an exchange fits" in text_of(client, f"{register}?words=zzz")
    assert "Ben" in text_of(client, f"{register}?exchange=none")


def test_a_long_register_is_shown_in_part(
    trainer: User, signed_in: SignIn, register: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("progress.views.teaching.MOST_SHOWN", 2)
    PlacementFactory.create_batch(3)

    page = text_of(signed_in(trainer), register)

    assert "The first 2 of 3 people." in page
    assert page.count('name="present"') == 2


def test_who_lost_the_placement_can_still_be_taken_off(
    trainer: User, signed_in: SignIn, session: WorkshopSession, register: str
) -> None:
    entry = AttendanceFactory.create(session=session)
    client = signed_in(trainer)

    client.post(register, {"shown": [str(entry.participant.uuid)]})

    assert not Attendance.objects.exists()


@pytest.mark.parametrize("uuid", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_somebody_unknown_saves_nothing(
    uuid: str, trainer: User, signed_in: SignIn, register: str
) -> None:
    placement = PlacementFactory.create()
    known = str(placement.participant.uuid)

    answer = signed_in(trainer).post(
        register, {"shown": [known, uuid], "present": [known, uuid]}, follow=True
    )

    assert "Nothing was saved" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_a_register_opens_when_its_session_begins(trainer: User, signed_in: SignIn) -> None:
    later = timezone.now() + dt.timedelta(days=3)
    session = WorkshopSessionFactory.create(starts_at=later, ends_at=later + dt.timedelta(hours=1))
    person = PlacementFactory.create().participant
    client = signed_in(trainer)
    url = f"{REGISTERS}{session.uuid}/"

    assert "The register opens when the session begins." in text_of(client, url)
    client.post(url, {"shown": [str(person.uuid)], "present": [str(person.uuid)]})

    assert not Attendance.objects.exists()


def test_a_register_of_no_session_is_not_found(trainer: User, signed_in: SignIn) -> None:
    url = f"{REGISTERS}00000000-0000-0000-0000-000000000000/"

    assert signed_in(trainer).get(url).status_code == 404
