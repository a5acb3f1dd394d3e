"""Notes of the staff: appended, withdrawn, pinned, and never seen by whom they are about."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from exchanges.models import Placement
from people.models import User
from readiness import noting
from readiness.errors import NoReasonError, NotAllowedError
from readiness.models import Note
from tests.factories.exchanges import PlacementFactory
from tests.factories.notes import NoteFactory
from tests.factories.partners import TOKEN, PartnerLinkFactory
from tests.factories.people import CoordinatorFactory
from tests.readiness.moments import JANUARY

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
SUBJECTS = ("placement", "exchange")
HOUR = dt.timedelta(hours=1)


def page_of(placement: Placement, subject: str) -> str:
    named = placement.omobility_id if subject == "placement" else placement.exchange.uuid
    return reverse(f"departures:{subject}", args=[named])


def door(placement: Placement, subject: str) -> str:
    named = placement.omobility_id if subject == "placement" else placement.exchange.uuid
    return reverse(f"departures:note_{subject}", args=[named])


def notes_in(response: Any) -> list[str]:
    body = response.content.decode().partition('<ul class="rd-notes">')[2].partition("</ul>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in body.split("</li>")[:-1]]


def made(placement: Placement, subject: str, **fields: Any) -> Note:
    about = {"placement": placement} if subject == "placement" else {
        "placement": None, "exchange": placement.exchange,
    }  # fmt: skip
    return NoteFactory.create(**about | fields)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_note_is_written_at_the_form_and_shown_with_its_author_and_time(
    desk: Client, placement: Placement, office_coordinator: User, subject: str
) -> None:
    before = desk.get(page_of(placement, subject)).content.decode()
    after = desk.post(door(placement, subject), {"text": " Call before noon. "}, follow=True)
    note = Note.objects.get()

    assert "None yet. Notes are for the staff alone" in before
    assert "Participants and partners never see it." in before
    assert (note.text, note.written_by) == ("Call before noon.", office_coordinator)
    assert notes_in(after)[0].startswith(f"Call before noon. {office_coordinator}, ")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_an_empty_note_is_not_saved_and_the_form_comes_back(
    desk: Client, placement: Placement, subject: str
) -> None:
    response = desk.post(door(placement, subject), {"text": "  "})

    assert "This field is required" in response.content.decode()
    assert not Note.objects.exists()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_history_of_the_record_says_that_a_note_was_written_and_not_what(
    signed_in: SignIn, office_coordinator: User, placement: Placement, subject: str
) -> None:
    desk = signed_in(office_coordinator)
    desk.post(door(placement, subject), {"text": "Call before noon."})
    desk.post(reverse("departures:withdraw_note", args=[Note.objects.get().pk]))
    record = placement if subject == "placement" else placement.exchange
    history = desk.get(reverse(f"{subject}s:history", args=[record.pk])).content.decode()

    assert "Note written" in history
    assert "Note withdrawn" in history
    assert "noon" not in history


def test_a_note_is_withdrawn_and_stays_readable(
    desk: Client, placement: Placement, office_coordinator: User
) -> None:
    note = made(placement, "placement", text="Has no visa.", pinned_at=JANUARY)
    asked = desk.get(reverse("departures:withdraw_note", args=[note.pk])).content.decode()
    after = desk.post(reverse("departures:withdraw_note", args=[note.pk]), follow=True)
    noting.withdraw(note=note, by=CoordinatorFactory.create(is_superuser=True), at=JANUARY)

    note.refresh_from_db()
    assert "stays readable" in asked
    assert "<s>Has no visa.</s>" in after.content.decode()
    assert f"withdrawn by {office_coordinator} on" in after.content.decode()
    assert (note.withdrawn_by, note.pinned_at) == (office_coordinator, None)


def test_pinned_notes_come_first_and_can_be_let_go(desk: Client, placement: Placement) -> None:
    older = made(placement, "placement", text="Older.")
    made(placement, "placement", text="Newer.", written_at=older.written_at + HOUR)
    pin = reverse("departures:pin_note", args=[older.pk])
    page = page_of(placement, "placement")
    before = notes_in(desk.get(page))
    desk.post(pin)
    pinned = notes_in(desk.get(page))
    desk.post(pin)

    assert [one.split(".")[0] for one in before] == ["Newer", "Older"]
    assert [one.split(".")[0] for one in pinned] == ["Older", "Newer"]
    assert "Pinned" in pinned[0]
    assert notes_in(desk.get(page)) == before


@pytest.mark.parametrize("subject", SUBJECTS)
def test_notes_are_searched_on_the_page(desk: Client, placement: Placement, subject: str) -> None:
    made(placement, subject, text="Needs a room without stairs.")
    made(placement, subject, text="Room is booked.")
    page = page_of(placement, subject)

    assert len(notes_in(desk.get(page, {"notes": "room"}))) == 2
    assert len(notes_in(desk.get(page, {"notes": "room STAIRS"}))) == 1
    nothing = desk.get(page, {"notes": "zzzz"})
    assert notes_in(nothing) == []
    assert "No note has these words." in nothing.content.decode()


def test_many_notes_have_pages(desk: Client, placement: Placement) -> None:
    for number in range(21):
        made(placement, "exchange", written_at=JANUARY + number * HOUR)
    page = page_of(placement, "exchange")

    assert (len(notes_in(desk.get(page))), len(notes_in(desk.get(page, {"np": 2})))) == (20, 1)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_an_observer_reads_notes_and_writes_none(
    signed_in: SignIn, observer: User, placement: Placement, subject: str
) -> None:
    placement.office.observers.add(observer)
    note = made(placement, subject, text="Call before noon.")
    look = signed_in(observer)
    page = look.get(page_of(placement, subject))

    assert len(notes_in(page)) == 1
    assert 'method="post"' not in page.content.decode().partition("<main")[2]
    assert look.post(door(placement, subject), {"text": "No."}).status_code == 404
    for deed in ("withdraw_note", "pin_note"):
        assert look.post(reverse(f"departures:{deed}", args=[note.pk])).status_code == 404
    note.refresh_from_db()
    assert (note.withdrawn_at, note.pinned_at, Note.objects.count()) == (None, None, 1)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_coordinators_of_other_offices_neither_read_nor_write(
    signed_in: SignIn, placement: Placement, subject: str
) -> None:
    note = made(placement, subject)
    stranger = signed_in(CoordinatorFactory.create())

    assert stranger.get(page_of(placement, subject)).status_code == 404
    assert stranger.post(door(placement, subject), {"text": "No."}).status_code == 404
    assert stranger.get(reverse("departures:withdraw_note", args=[note.pk])).status_code == 404


def test_neither_the_participant_nor_a_partner_reads_a_note(
    signed_in: SignIn, placement: Placement
) -> None:
    made(placement, "placement", text="Secret word: marmalade.")
    made(placement, "exchange", text="Secret word: marmalade.")
    PartnerLinkFactory.create(exchange=placement.exchange, office=placement.office)
    own = signed_in(placement.participant)

    pages = ["/my/", f"/my/exchanges/{placement.omobility_id}/", "/my/changes/", "/my/profile/"]
    for page in [*pages, f"/partner/{TOKEN}/"]:
        response = own.get(page)
        assert response.status_code == 200
        assert "marmalade" not in response.content.decode()


def test_a_coordinator_who_goes_abroad_does_not_read_what_is_written_about_them(
    signed_in: SignIn, office_coordinator: User, placement: Placement
) -> None:
    own = PlacementFactory.create(participant=office_coordinator, office=placement.office)
    note = made(own, "placement", text="Secret word: marmalade.")
    on_the_exchange = made(own, "exchange", text="Secret word: marmalade.")
    desk = signed_in(office_coordinator)

    for subject in SUBJECTS:
        assert "marmalade" not in desk.get(page_of(own, subject)).content.decode()
    for one in (note, on_the_exchange):
        page = reverse("departures:withdraw_note", args=[one.pk])
        assert desk.get(page).status_code == 404
    assert desk.post(door(own, "placement"), {"text": "No."}).status_code == 404


def test_the_deeds_refuse_who_does_not_answer_and_what_says_nothing(
    placement: Placement, office_coordinator: User, observer: User
) -> None:
    placement.office.observers.add(observer)
    note = made(placement, "placement")

    for by in (observer, placement.participant, CoordinatorFactory.create()):
        with pytest.raises(NotAllowedError):
            noting.write(about=placement, text="No.", by=by, at=JANUARY)
        with pytest.raises(NotAllowedError):
            noting.write(about=placement.exchange, text="No.", by=by, at=JANUARY)
        with pytest.raises(NotAllowedError):
            noting.withdraw(note=note, by=by, at=JANUARY)
        with pytest.raises(NotAllowedError):
            noting.pin(note=note, by=by, at=JANUARY)
        with pytest.raises(NotAllowedError):
            noting.unpin(note=note, by=by)
    with pytest.raises(NoReasonError):
        noting.write(about=placement, text=" ", by=office_coordinator, at=JANUARY)


def test_the_database_keeps_a_note_to_its_rules(placement: Placement) -> None:
    note = made(placement, "placement", text="x" * 60)

    for wrong in (
        {"exchange": placement.exchange},
        {"placement": None},
        {"text": ""},
        {"withdrawn_at": JANUARY},
        {"withdrawn_at": JANUARY, "withdrawn_by": note.written_by, "pinned_at": JANUARY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Note.objects.filter(pk=note.pk).update(**wrong)
    assert str(note) == f"{note.written_by}, 2026-11-20: {'x' * 50}"
