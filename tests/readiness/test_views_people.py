"""The list of all people: found, counted, saved as a view, ticked and taken away."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from exchanges.models import Exchange, Office, OfficeMembership, Placement
from people.models import User
from readiness import overview, report, states
from readiness.figures import ALWAYS
from readiness.models import Assignment, RequirementSet, SavedView, StateRow, Waiver
from tests.factories.exchanges import OfficeFactory, PlacementFactory
from tests.factories.people import AdministratorFactory, CoordinatorFactory
from tests.factories.readiness import DeclarationFactory, DeclarationRequirementFactory

pytestmark = pytest.mark.django_db

URL = "/admin/departures/people/"
LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
PASSPORT = "declaration:passport"


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def leaving(office: Office, start: int, last_name: str, **fields: Any) -> Placement:
    return PlacementFactory.create(
        office=office,
        participant__last_name=last_name,
        exchange__start_date=days(start),
        exchange__end_date=days(start + 100),
        **fields,
    )


def fresh() -> None:
    """Rows of what factories made past the deeds."""
    for _batch in states.rebuild(Placement.objects.all(), at=timezone.now()):
        pass


@pytest.fixture
def office() -> Office:
    return OfficeFactory.create(time_zone="UTC")


@pytest.fixture
def me(office: Office) -> User:
    user = CoordinatorFactory.create()
    OfficeMembership.objects.create(office=office, user=user)
    return user


@pytest.fixture
def mine(me: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(me)


@pytest.fixture
def three(office: Office, everybody: RequirementSet) -> list[Placement]:
    """Ash leaves first and is ready; Birch is late; Cedar leaves late and is on track."""
    DeclarationRequirementFactory.create(requirement_set=everybody)
    ash = leaving(office, 10, "Ash", exchange__programme__name="Law")
    birch = leaving(office, 20, "Birch", exchange__host__name="Aveiro")
    cedar = leaving(office, 90, "Cedar", audience="staff")
    DeclarationFactory.create(placement=ash, declared_at=LONG_AGO)
    leaving(OfficeFactory.create(), 5, "Stranger")
    fresh()
    return [ash, birch, cedar]


def names(client: Client, **query: Any) -> list[str]:
    response = client.get(URL, query)
    assert response.status_code == 200
    return [one.row.participant.last_name for one in response.context["object_list"]]


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_own_people_stand_by_departure(mine: Client, three: list[Placement]) -> None:
    assert names(mine) == ["Ash", "Birch", "Cedar"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"window": "28"}, ["Ash", "Birch"]),
        ({"first": str(days(15)), "last": str(days(25))}, ["Birch"]),
        ({"state": "ready"}, ["Ash"]),
        ({"state": "not_ready"}, ["Birch", "Cedar"]),
        ({"state": "departed_unready"}, []),
        ({"deadline": "late"}, ["Birch"]),
        ({"deadline": "on_track"}, ["Ash", "Cedar"]),
        ({"progress": "complete"}, ["Ash"]),
        ({"progress": "not_started"}, ["Birch", "Cedar"]),
        ({"missing": PASSPORT}, ["Birch", "Cedar"]),
        ({"turn": "participant"}, ["Birch", "Cedar"]),
        ({"turn": "office"}, []),
        ({"audience": "staff"}, ["Cedar"]),
        ({"country": "SE"}, ["Ash", "Birch", "Cedar"]),
        ({"term": "2026/2027-2/2"}, ["Ash", "Birch", "Cedar"]),
        ({"coordinator": "null"}, ["Ash", "Birch", "Cedar"]),
        ({"q": "bir"}, ["Birch"]),
        ({"q": "irch"}, []),
        ({"q": "law"}, ["Ash"]),
        ({"q": "aveiro birch"}, ["Birch"]),
        ({"ordering": "-departure"}, ["Cedar", "Birch", "Ash"]),
        ({"ordering": "-name"}, ["Cedar", "Birch", "Ash"]),
        ({"ordering": "nonsense"}, ["Ash", "Birch", "Cedar"]),
    ],
)
def test_the_list_is_narrowed_and_put_in_order(
    mine: Client, three: list[Placement], query: dict[str, str], expected: list[str]
) -> None:
    assert names(mine, **query) == expected


def test_who_has_left_is_found_by_the_window(mine: Client, office: Office) -> None:
    leaving(office, -10, "Away")
    leaving(office, -300, "Back")
    fresh()

    assert names(mine) == []
    assert names(mine, window="away") == ["Away"]
    assert names(mine, window="over") == ["Back"]
    assert names(mine, window="all") == ["Back", "Away"]
    assert names(mine, state="departed_ready") == ["Back", "Away"]


def test_the_cancelled_are_shown_only_when_asked_for(mine: Client, office: Office) -> None:
    leaving(office, 10, "Gone", status="cancelled")
    fresh()

    assert names(mine) == []
    assert names(mine, state="cancelled") == ["Gone"]


def test_every_figure_is_that_of_the_fold(mine: Client, three: list[Placement]) -> None:
    for one in mine.get(URL).context["object_list"]:
        true = report.for_placement(one.row.placement, as_of=timezone.now())
        assert (one.state, one.done, one.row.required) == (true.state, true.done, true.required)
        assert one.days_to_departure == true.days_to_departure
        assert one.missing == [cell.requirement.name for cell in true.missing]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_days_are_those_of_the_office(
    mine: Client, office: Office, everybody: RequirementSet, zone: str
) -> None:
    """Always one of these two has another day than a reader who goes by UTC."""
    office.time_zone = zone
    office.save()
    DeclarationRequirementFactory.create(requirement_set=everybody)
    leaving(office, 40, "Ash")
    fresh()

    (one,) = mine.get(URL).context["object_list"]
    (line,) = exported(mine)

    now = timezone.now()
    true = report.for_placement(one.row.placement, as_of=now)
    days_left = (one.row.departs_on - now.astimezone(ZoneInfo(zone)).date()).days
    assert one.days_to_departure == true.days_to_departure == days_left
    assert line["Days to departure"] == str(days_left)
    assert one.next_due == true.missing[0].due_on
    assert line["Next due"] == str(one.next_due)


def test_late_is_explained(mine: Client, three: list[Placement]) -> None:
    page = words(mine.get(URL, {"deadline": "late"}))

    assert "<summary>Late</summary>" in page
    assert "Something was due by" in page


def test_at_risk_is_explained_by_days_work_and_pace(
    mine: Any, office: Office, three: list[Placement]
) -> None:
    mine.is_fresh = True
    StateRow.objects.filter(pk=three[2].pk).update(risk_from=ALWAYS)

    page = words(mine.get(URL, {"deadline": "at_risk"}))

    assert "days are left. 5 minutes of work at 30 minutes a day" in page


def test_groups_lead_to_their_people(mine: Client, three: list[Placement]) -> None:
    response = mine.get(URL, {"group": "audience"})
    rows = response.context["group_rows"]

    assert [(one["label"], one["counts"].people, one["counts"].ready) for one in rows] == [
        ("Student", 2, 1),
        ("Staff", 1, 0),
    ]
    assert names(mine) != names(mine, audience="staff")
    followed = mine.get(rows[1]["url"])
    assert [one.row.participant.last_name for one in followed.context["object_list"]] == ["Cedar"]


@pytest.mark.parametrize("by", ["programme", "host", "country", "office", "term", "activity_type"])
def test_each_group_counts_everybody_once(mine: Client, three: list[Placement], by: str) -> None:
    rows = mine.get(URL, {"group": by}).context["group_rows"]

    assert sum(one["counts"].people for one in rows) == 3
    assert sum(one["counts"].late for one in rows) == 1


def test_queries_do_not_grow_with_people(
    mine: Client, office: Office, three: list[Placement], django_assert_max_num_queries: Any
) -> None:
    mine.get(URL)
    with django_assert_max_num_queries(40) as few:
        mine.get(URL, {"group": "host"})
    for number in range(12):
        leaving(office, 30 + number, f"Person {number}")
    fresh()
    with django_assert_max_num_queries(len(few)):
        mine.get(URL, {"group": "host"})


# Files


def exported(client: Client, **query: Any) -> list[dict[str, str]]:
    response = client.get(URL, query | {"export": "csv"})
    body = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(body)))


def test_the_file_has_what_is_shown_in_its_order(mine: Client, three: list[Placement]) -> None:
    rows = exported(mine, state="not_ready", ordering="-departure")

    assert [row["Name"].split()[-1] for row in rows] == ["Cedar", "Birch"]
    assert (rows[1]["Missing"], rows[1]["Whose turn"]) == ("Passport", "Participant")
    assert (rows[1]["Done"], rows[1]["Required"], rows[1]["Deadline"]) == ("0", "1", "Late")


def test_a_file_of_ticked_people(mine: Client, three: list[Placement]) -> None:
    ticked = str(three[1].omobility_id)

    assert len(exported(mine, person=ticked)) == 1
    assert len(exported(mine, person=ticked, all="1")) == 3


def test_a_formula_in_a_name_is_disarmed(mine: Client, office: Office) -> None:
    leaving(office, 10, "=1+1", participant__first_name="")
    fresh()

    assert exported(mine)[0]["Name"].startswith("'=")
    response = mine.get(URL, {"export": "xlsx"})
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    line = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values)[1]
    assert line[10] == 10


# Saved views


def test_a_view_is_saved_opened_and_deleted(mine: Client, me: User) -> None:
    answer = mine.post(f"{URL}views/save/", {"name": "Late ones", "query": "deadline=late"})

    saved = SavedView.objects.get()
    assert (saved.owner, saved.query, saved.is_shared) == (me, "deadline=late", False)
    assert answer["Location"] == f"{URL}?deadline=late"
    assert f'href="{URL}?deadline=late">Late ones</a>' in words(mine.get(URL))
    mine.post(f"{URL}views/save/", {"name": "Late ones", "query": "turn=office"})
    assert SavedView.objects.get().query == "turn=office"
    mine.post(f"{URL}views/{saved.pk}/delete/")
    assert not SavedView.objects.exists()


def test_without_a_name_nothing_is_saved(mine: Client) -> None:
    mine.post(f"{URL}views/save/", {"name": " ", "query": "turn=office"})

    assert not SavedView.objects.exists()


def test_only_shared_views_of_others_are_shown_and_none_of_theirs_deleted(mine: Client) -> None:
    other = CoordinatorFactory.create()
    shared = SavedView.objects.create(owner=other, name="For all", is_shared=True)
    SavedView.objects.create(owner=other, name="Just mine")
    page = words(mine.get(URL))

    assert "For all" in page
    assert "Just mine" not in page
    assert mine.post(f"{URL}views/{shared.pk}/delete/").status_code == 404


# Deeds


def test_all_that_match_are_waived_with_a_reason(mine: Client, three: list[Placement]) -> None:
    address = f"{URL}waive/?all=1&window=28"
    assert "For 2 people:" in words(mine.get(address))

    mine.post(address, {"requirement": PASSPORT, "reason": "Travels with an identity card."})

    assert Waiver.objects.get().placement == three[1]
    assert names(mine, state="ready") == ["Ash", "Birch"]


def test_a_waiver_that_ends_in_the_past_is_refused(mine: Client, three: list[Placement]) -> None:
    wish = {"requirement": PASSPORT, "reason": "Why", "until": str(days(-3))}
    answer = mine.post(f"{URL}waive/?person={three[1].omobility_id}", wish)

    assert "That day has passed." in words(answer)
    assert not Waiver.objects.exists()


def test_ticked_people_are_assigned_and_found_by_it(
    mine: Client, me: User, three: list[Placement]
) -> None:
    address = f"{URL}assign/?person={three[2].omobility_id}"
    mine.post(address, {"coordinator": me.pk})

    assert Assignment.objects.get().coordinator == me
    assert names(mine, coordinator=str(me.pk)) == ["Cedar"]
    fresh()
    assert names(mine, coordinator=str(me.pk)) == ["Cedar"]
    mine.post(address, {"coordinator": ""})
    assert names(mine, coordinator=str(me.pk)) == []


def test_somebody_who_does_not_answer_for_them_is_not_assigned(
    signed_in: Callable[[User], Client], office: Office, three: list[Placement]
) -> None:
    below = CoordinatorFactory.create()
    OfficeMembership.objects.create(office=OfficeFactory.create(parent=office), user=below)
    client = signed_in(AdministratorFactory.create())
    answer = client.post(f"{URL}assign/?all=1", {"coordinator": below.pk})

    assert "does not answer for all of them" in words(answer)
    assert not Assignment.objects.exists()


def test_people_of_other_offices_cannot_be_ticked(mine: Client, three: list[Placement]) -> None:
    strange = Placement.objects.get(participant__last_name="Stranger")

    assert "Nobody is ticked." in words(mine.get(f"{URL}assign/?person={strange.omobility_id}"))
    assert mine.get(f"{URL}addresses/?person={strange.omobility_id}").context["addresses"] == []


def test_invitations_tell_what_became_of_them(mine: Client, three: list[Placement]) -> None:
    answer = mine.post(f"{URL}invite/?all=1", follow=True)

    assert "Nobody was invited" in words(answer)


def test_addresses_of_all_that_match(mine: Client, three: list[Placement]) -> None:
    found = mine.get(f"{URL}addresses/?all=1&state=ready").context["addresses"]

    assert found == [three[0].participant.email]


# Pictures


def test_the_pictures_show_the_same_people(mine: Client, three: list[Placement]) -> None:
    context = mine.get(f"{URL}pictures/").context

    assert sum(one.total for one in context["by_week"].columns) == 3
    assert [(row.label, row.value) for row in context["stuck"].rows] == [("Passport", 2)]
    assert context["lead"].total == 1
    week = context["by_week"].columns[0]
    assert [one.row.participant.last_name for one in mine.get(week.url).context["object_list"]] == [
        "Ash"
    ]


def test_the_trend_sets_this_term_against_the_one_before(
    mine: Client, office: Office, three: list[Placement]
) -> None:
    before = leaving(office, -200, "Before", exchange__term="2026/2027-1/2")
    DeclarationFactory.create(placement=before, declared_at=LONG_AGO)
    fresh()
    trend = mine.get(f"{URL}pictures/").context["trend"]

    assert [one.label for one in trend.series] == ["2026/2027-1/2", "2026/2027-2/2"]
    assert trend.series[0].values[-1] == 100
    assert trend.series[1].values[-1] is None
    assert Exchange.objects.count() == 5


def test_pictures_of_nobody_say_so(mine: Client) -> None:
    assert "Nobody matches." in words(mine.get(f"{URL}pictures/"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL weighs what it has counted")
def test_who_lacks_something_is_answered_by_the_index_of_what_blocks() -> None:
    """The table itself is not read for each person."""
    plan = StateRow.objects.filter(overview.lacking(PASSPORT, timezone.now())).explain()

    assert "readiness_open_blocking" in plan
