"""The log, the rules and the pauses in the CMS."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from exchanges.models import Placement
from people.models import User
from reminders.models import Message, OfficePlan, Pause
from tests.factories.exchanges import OfficeFactory, PlacementFactory
from tests.factories.jobs import OutgoingMailFactory
from tests.factories.reminders import MessageFactory, OfficePlanFactory, ReminderFactory
from tests.reminders.conftest import on, run

pytestmark = pytest.mark.django_db

LOG, RULES = "/admin/messages/", "/admin/reminder-rules/"


def words(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def subjects(client: Client, **query: str) -> list[str]:
    return sorted(one.subject for one in client.get(LOG, query).context["object_list"])


@pytest.fixture
def three(placement: Placement, office_coordinator: User) -> None:
    """Two letters about the placement, and one about a stranger."""
    told = MessageFactory.create(
        person=placement.participant, subject="By clock", mail=OutgoingMailFactory.create()
    )
    asked = MessageFactory.create(
        person=placement.participant, subject="By hand", kind="asked", asked_by=office_coordinator
    )
    ReminderFactory.create(placement=placement, message=told)
    ReminderFactory.create(placement=placement, message=asked, step=None)
    strange = MessageFactory.create(subject="Strange")
    ReminderFactory.create(placement=PlacementFactory.create(), message=strange)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["By clock", "By hand"]),
        ({"kind": "asked"}, ["By hand"]),
        ({"state": "waiting"}, ["By clock"]),
        ({"state": "sent"}, ["By hand"]),
        ({"q": "byr"}, ["By clock", "By hand"]),
        ({"q": "zzz"}, []),
        ({"posted_at_from": "2027-01-21"}, []),
        ({"posted_at_from": "2027-01-20", "posted_at_to": "2027-01-20"}, ["By clock", "By hand"]),
    ],
)
def test_the_log_shows_own_people_and_is_narrowed(
    desk: Client, three: None, query: dict[str, str], expected: list[str]
) -> None:
    assert subjects(desk, **query) == expected


def test_the_log_is_narrowed_to_an_office_and_those_below(
    desk: Client, placement: Placement, three: None
) -> None:
    below = OfficeFactory.create(parent=placement.office)

    assert subjects(desk, office=str(placement.office_id)) == ["By clock", "By hand"]
    assert subjects(desk, office=str(below.pk)) == []


def test_the_log_is_taken_away_as_a_file(desk: Client, three: None) -> None:
    answer = desk.get(LOG, {"export": "csv", "kind": "asked"})
    (row,) = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))  # type: ignore[attr-defined]

    assert (row["To"], row["About"], row["Delivered"]) == ("Ada Byron", "Passport", "Sent")


def test_a_letter_is_read_whole(desk: Client, placement: Placement) -> None:
    run(on(1, 18))
    page = words(desk.get(f"{LOG}inspect/{Message.objects.get().pk}/"))

    assert "Hello Ada," in page
    assert "Waiting" in page
    assert f"/admin/departures/placements/{placement.omobility_id}/" in page


def test_words_about_another_offices_exchange_are_not_shown(
    desk: Client, placement: Placement
) -> None:
    letter = ReminderFactory.create(placement=placement).message
    other = PlacementFactory.create(participant=placement.participant)
    ReminderFactory.create(placement=other, message=letter, requirement_name="Visa")
    page = words(desk.get(f"{LOG}inspect/{letter.pk}/"))

    assert "Passport" in page
    assert "Visa" not in page
    assert "Hello." not in page
    assert "its words are not shown" in page


def test_a_stranger_letter_does_not_exist(desk: Client, three: None) -> None:
    strange = Message.objects.get(subject="Strange")

    assert desk.get(f"{LOG}inspect/{strange.pk}/").status_code == 404


def test_queries_of_the_log_do_not_grow(
    desk: Client, placement: Placement, three: None, django_assert_max_num_queries: Any
) -> None:
    desk.get(LOG)
    with django_assert_max_num_queries(40) as few:
        desk.get(LOG)
    for number in range(8):
        ReminderFactory.create(placement=placement, step=20 + number)
    with django_assert_max_num_queries(len(few)):
        desk.get(LOG)


# Rules


def rule(**changes: str) -> dict[str, str]:
    return {"days_before": "21, 7", "days_after": "", "wakes": "9", "rests": "18"} | changes


def test_a_coordinator_writes_rules_for_own_offices(desk: Client, placement: Placement) -> None:
    desk.post(f"{RULES}new/", rule(office=str(placement.office_id)))

    own = OfficePlan.objects.get()
    assert own.plan.steps == (7, 21)
    desk.post(f"{RULES}edit/{own.pk}/", rule(office=str(placement.office_id), is_paused="on"))
    own.refresh_from_db()
    assert own.is_paused
    assert "21, 7" in words(desk.get(RULES))
    desk.post(f"{RULES}delete/{own.pk}/")
    assert not OfficePlan.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"days_before": "two weeks"}, "“two” is none."),
        ({"wakes": "18"}, "The first hour comes before the last"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_in_words(
    desk: Client, placement: Placement, changes: dict[str, str], said: str
) -> None:
    answer = desk.post(f"{RULES}new/", rule(office=str(placement.office_id), **changes))

    assert said in words(answer)
    assert not OfficePlan.objects.exists()


def test_rules_of_other_offices_are_out_of_reach(desk: Client) -> None:
    strange = OfficePlanFactory.create()

    assert desk.get(f"{RULES}edit/{strange.pk}/").status_code == 404
    assert desk.get(f"{RULES}delete/{strange.pk}/").status_code == 404
    assert "Select a valid choice" in words(
        desk.post(f"{RULES}new/", rule(office=str(strange.office_id)))
    )
    assert desk.get(RULES).context["object_list"].count() == 0


# The placement's page


def test_the_placement_says_what_was_written(desk: Client, placement: Placement) -> None:
    url = f"/admin/departures/placements/{placement.omobility_id}/"
    assert "No reminder has been sent yet." in words(desk.get(url))

    run(on(1, 18))
    page = words(desk.get(url))
    assert "Still open before you leave" in page
    assert "Reminder by the clock · Waiting" in page


def test_reminders_pause_with_a_reason_and_go_on(desk: Client, placement: Placement) -> None:
    url = f"/admin/departures/placements/{placement.omobility_id}/"
    assert "This field is required" in words(desk.post(f"{url}reminders/pause/", {"reason": " "}))
    desk.post(f"{url}reminders/pause/", {"reason": "In hospital"})

    assert Pause.objects.get().ended_at is None
    page = words(desk.get(url))
    assert "In hospital" in page
    assert "Pause reminders" not in page
    desk.post(f"{url}reminders/go-on/")
    assert Pause.objects.get().ended_by is not None
    assert "Pause reminders" in words(desk.get(url))


def test_another_offices_reminders_cannot_be_paused(
    signed_in: Callable[[User], Client], coordinator: User, placement: Placement
) -> None:
    url = f"/admin/departures/placements/{placement.omobility_id}/reminders/pause/"

    assert signed_in(coordinator).post(url, {"reason": "No"}).status_code == 404
    assert not Pause.objects.exists()


def test_an_office_without_rules_reads_which_ones_hold(desk: Client, placement: Placement) -> None:
    page = words(desk.get(RULES))

    assert "letters go out 14, 3 days before something is due" in page
    assert 'href="/admin/reminder-rules/new/"' in page
    assert "usual rules" not in words(desk.get(RULES, {"q": "zzz"}))
