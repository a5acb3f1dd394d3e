"""What a roster would do: told row by row, in the same few queries for any file."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from exchanges.enums import PlacementStatus
from exchanges.models import Exchange, Institution, Office, Placement
from interop.roster.dry_run import dry_run
from interop.roster.plans import Action
from interop.roster.problems import Fault
from people.models import User
from tests.factories.exchanges import (
    ExchangeFactory,
    InstitutionFactory,
    OfficeFactory,
    PlacementFactory,
)
from tests.factories.people import ParticipantFactory, TrainerFactory
from tests.interop.rosters import change, errors, remarks, roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("northfield")]

ID = "5a470204-c37c-58b6-a969-52c08c16cea9"


@pytest.fixture
def lund() -> Institution:
    return InstitutionFactory.create(hei_id="lund.example", name="Lund", country="SE")


@pytest.fixture
def exchange(lund: Institution) -> Exchange:
    return ExchangeFactory.create(
        programme__code="studies",
        host=lund,
        start_date=dt.date(2027, 1, 18),
        end_date=dt.date(2027, 6, 6),
    )


@pytest.fixture
def placement(exchange: Exchange) -> Placement:
    """Zoë's placement, as the good row tells it."""
    return PlacementFactory.create(
        omobility_id=ID,
        participant__email="zoe@home.example",
        participant__first_name="Zoë",
        participant__last_name="Müller",
        exchange=exchange,
        office=Office.objects.get(code="engineering"),
        status=PlacementStatus.NOMINATION,
    )


HERE = {"programme": "studies"}


@pytest.fixture
def head(coordinator: User) -> User:
    """The coordinator of the international office, above engineering."""
    Office.objects.get(code="international-office").memberships.create(user=coordinator)
    return coordinator


def test_a_new_row_brings_person_host_exchange_and_placement() -> None:
    plan = dry_run(roster({}), actor=None)

    assert errors(plan) == []
    assert [(row.number, row.action, row.name) for row in plan.rows] == [
        (2, Action.CREATE, "Zoë Müller")
    ]
    assert [person.email for person in plan.new_people] == ["zoe@home.example"]
    assert [(partner.hei_id, partner.time_zone) for partner in plan.new_partners] == [
        ("lund.example", "Europe/Stockholm")
    ]
    assert [(made.start_date, made.time_zone) for made in plan.new_exchanges] == [
        (dt.date(2027, 1, 18), "Europe/Stockholm")
    ]
    assert plan.stays[0].values.status == "nomination"
    assert plan.stays[0].values.activity_type == "student-studies"


def test_a_row_that_is_recorded_already_changes_nothing(placement: Placement) -> None:
    plan = dry_run(
        roster(
            HERE,
        ),
        actor=None,
    )

    assert [row.action for row in plan.rows] == [Action.UNCHANGED]
    assert not plan.changes_anything
    assert (plan.new_people, plan.new_partners, plan.new_exchanges) == ([], [], [])


def test_an_empty_cell_keeps_what_is_recorded(placement: Placement) -> None:
    Placement.objects.update(
        status="live", eqf_level=7, iia_id="A", leaves_home_on=dt.date(2027, 1, 16)
    )
    blank = {"status": "", "eqf_level": "", "iia_id": "", "leaves_home_on": "", "languages": ""}
    plan = dry_run(roster({**HERE, **blank}), actor=None)

    assert [row.action for row in plan.rows] == [Action.UNCHANGED]


def test_changes_are_told_column_by_column(placement: Placement) -> None:
    plan = dry_run(
        roster(
            {
                **HERE,
                "omobility_id": ID,
                "given_names": "Zoe",
                "global_id": "esi:1",
                "sending_ounit": "humanities",
                "status": "live",
                "end_date": "30.05.2027",
                "languages": "sv:B1;en:B2",
                "destination_country": "DK",
                "eqf_level": "6",
            }
        ),
        actor=None,
    )

    assert [row.action for row in plan.rows] == [Action.UPDATE]
    assert change(plan) == {
        "given_names": ("Zoë", "Zoe"),
        "global_id": ("", "esi:1"),
        "sending_ounit": ("engineering", "humanities"),
        "status": ("nomination", "live"),
        "end_date": ("2027-06-06", "2027-05-30"),
        "languages": ("", "en:B2;sv:B1"),
        "destination_country": ("SE", "DK"),
        "eqf_level": ("", "6"),
    }


def test_a_mobility_id_follows_its_stay_to_another_exchange(placement: Placement) -> None:
    plan = dry_run(
        roster(
            {
                **HERE,
                "omobility_id": ID,
                "receiving_hei": "oslo.example",
                "receiving_hei_name": "Oslo",
                "receiving_country": "NO",
            }
        ),
        actor=None,
    )

    assert [row.action for row in plan.rows] == [Action.UPDATE]
    assert change(plan) == {
        "receiving_hei": ("lund.example", "oslo.example"),
        "destination_country": ("SE", "NO"),
    }
    assert [partner.time_zone for partner in plan.new_partners] == ["Europe/Oslo"]


def test_most_rows_give_a_new_exchange_its_dates() -> None:
    rows = [
        {"email": f"p{number}@home.example", "start_date": start, "status": status}
        for number, (start, status) in enumerate(
            [
                ("2027-01-11", "live"),
                ("2027-01-18", "live"),
                ("2027-01-25", "live"),
                ("2027-01-25", "live"),
                ("2027-01-18", "live"),
                ("2027-02-01", "cancelled"),
                ("2027-02-01", "cancelled"),
                ("2027-02-01", "cancelled"),
            ]
        )
    ]
    plan = dry_run(roster(*rows), actor=None)

    assert [made.start_date for made in plan.new_exchanges] == [dt.date(2027, 1, 18)]


def test_cancelled_rows_alone_still_make_an_exchange() -> None:
    plan = dry_run(roster({"status": "cancelled"}), actor=None)

    assert [made.start_date for made in plan.new_exchanges] == [dt.date(2027, 1, 18)]


def test_an_exchange_moves_only_with_everybody_on_it(placement: Placement) -> None:
    later = {**HERE, "start_date": "2027-01-25"}
    other = PlacementFactory.create(exchange=placement.exchange)

    plan = dry_run(roster(later), actor=None)
    assert plan.moved_exchanges == []
    assert change(plan) == {"start_date": ("2027-01-18", "2027-01-25")}

    Placement.objects.filter(pk=other.pk).update(status="cancelled")
    plan = dry_run(roster(later), actor=None)
    assert [moved.start_date for moved in plan.moved_exchanges] == [dt.date(2027, 1, 25)]


@pytest.mark.parametrize(
    ("changes", "column", "fault"),
    [
        ({"sending_ounit": "enginering"}, "sending_ounit", Fault.UNKNOWN_OFFICE),
        ({"sending_hei": "lund.example"}, "sending_hei", Fault.OTHER_SENDER),
        ({"programme": "erasmus"}, "programme", Fault.UNKNOWN_PROGRAMME),
        (
            {"receiving_hei": "northfield.example", "receiving_country": "ES"},
            "receiving_hei",
            Fault.OWN_INSTITUTION,
        ),
        ({"receiving_country": "NO"}, "receiving_country", Fault.HOST_IN_OTHER_COUNTRY),
        ({"receiving_hei": "lunds.example"}, "receiving_hei_name", Fault.HOST_NAME_TAKEN),
        (
            {"receiving_hei": "oslo.example", "receiving_hei_name": ""},
            "receiving_hei_name",
            Fault.HOST_NEEDS_NAME,
        ),
        (
            {"receiving_hei": "oslo.example", "receiving_country": ""},
            "receiving_country",
            Fault.HOST_NEEDS_COUNTRY,
        ),
        (
            {"receiving_hei": "mit.example", "receiving_hei_name": "M", "receiving_country": "US"},
            "receiving_time_zone",
            Fault.HOST_NEEDS_TIME_ZONE,
        ),
        (
            {"omobility_id": "6a470204-c37c-58b6-a969-52c08c16cea9"},
            "omobility_id",
            Fault.ON_EXCHANGE_ALREADY,
        ),
        (
            {"omobility_id": ID, "email": "ana@home.example"},
            "omobility_id",
            Fault.MOBILITY_OF_OTHER,
        ),
        ({"global_id": "esi:taken"}, "global_id", Fault.STUDENT_ID_OF_OTHER),
        (
            {"email": "ana@home.example", "global_id": "esi:other"},
            "global_id",
            Fault.OTHER_STUDENT_ID,
        ),
        ({"email": "gone@home.example"}, "email", Fault.CLOSED_ACCOUNT),
    ],
)
def test_a_row_against_the_records_is_refused(
    placement: Placement, changes: dict[str, str], column: str, fault: Fault
) -> None:
    ParticipantFactory.create(
        email="ana@home.example", first_name="Zoë", last_name="Müller", global_id="esi:taken"
    )
    ParticipantFactory.create(
        email="gone@home.example", first_name="Zoë", last_name="Müller", is_active=False
    )
    plan = dry_run(roster({**HERE, **changes}), actor=None)

    assert errors(plan) == [(2, column, fault)]
    assert [(row.action, row.stay) for row in plan.rows] == [(Action.REFUSE, None)]
    assert not plan.changes_anything


def test_a_recorded_day_of_leaving_must_fit_a_new_start(placement: Placement) -> None:
    Placement.objects.update(leaves_home_on=dt.date(2027, 1, 16))
    plan = dry_run(roster({**HERE, "start_date": "2027-01-11"}), actor=None)

    assert errors(plan) == [(2, "leaves_home_on", Fault.LEAVES_AFTER_START)]


def test_a_host_without_id_is_known_by_its_name_and_country(lund: Institution) -> None:
    nameless = {"receiving_hei": "", "receiving_hei_name": "LUND", "receiving_country": "SE"}
    plan = dry_run(roster(nameless), actor=None)

    assert errors(plan) == []
    assert plan.new_partners == []
    assert plan.exchanges[0].partner.pk == lund.pk


@pytest.mark.parametrize(
    "second",
    [
        {"receiving_hei_name": "Lunds universitet"},
        {"receiving_country": "NO"},
        {"receiving_hei": "lu.example"},
        {"receiving_hei": ""},
    ],
)
def test_rows_must_describe_a_new_host_alike(second: dict[str, str]) -> None:
    plan = dry_run(roster({}, {"email": "ana@home.example", **second}), actor=None)

    assert errors(plan) == [(3, "receiving_hei_name", Fault.TWO_HOSTS)]


def test_two_rows_may_not_mean_the_same_recorded_stay(placement: Placement) -> None:
    moved = {**HERE, "omobility_id": ID, "sending_academic_term": "2026/2027-1/2"}
    plan = dry_run(roster(moved, {**HERE, "omobility_id": ""}), actor=None)

    assert errors(plan) == [(3, "email", Fault.SAME_STAY_TWICE)]


def test_problems_of_the_form_and_of_the_values_stand_together() -> None:
    content = roster({}, {"email": "x"}) + b"surplus," * 20 + b"x\n"
    content = content.replace("Müller".encode(), b"M\x00ller", 1)
    plan = dry_run(content, actor=None)

    assert errors(plan) == [
        (2, "family_name", Fault.CONTROL_CHARACTER),
        (3, "email", Fault.BAD_EMAIL),
        (4, "", Fault.TOO_MANY_CELLS),
    ]
    assert [row.number for row in plan.rows] == [2, 3, 4]
    assert plan.rows[0].name == "Zoë M\N{REPLACEMENT CHARACTER}ller"


def test_a_file_that_cannot_be_read_has_no_rows() -> None:
    plan = dry_run(b"", actor=None)

    assert plan.rows == ()
    assert not plan.is_readable
    assert plan.has_errors


def test_a_coordinator_imports_for_own_offices_and_those_below(head: User) -> None:
    plan = dry_run(
        roster({}, {"email": "ana@home.example", "sending_ounit": "business-school"}), actor=head
    )

    assert errors(plan) == [(3, "sending_ounit", Fault.OTHER_OFFICE)]
    assert [row.action for row in plan.rows] == [Action.CREATE, Action.REFUSE]


@pytest.mark.parametrize("changes", [{"omobility_id": ID}, {}])
def test_a_stay_of_another_office_is_out_of_reach(
    head: User, placement: Placement, changes: dict[str, str]
) -> None:
    Placement.objects.update(office=Office.objects.get(code="business-school"))
    plan = dry_run(roster({**HERE, **changes, "family_name": "X"}), actor=head)

    assert [fault for _row, _column, fault in errors(plan)] == [Fault.MOBILITY_ELSEWHERE]
    assert all("Müller" not in repr(row) for row in plan.rows)


def test_an_administrator_answers_for_every_office(administrator: User) -> None:
    plan = dry_run(roster({"sending_ounit": "business-school"}), actor=administrator)

    assert errors(plan) == []


def test_a_coordinator_renames_own_participants_only(head: User, placement: Placement) -> None:
    rename = roster({**HERE, "family_name": "Meier"})
    assert change(dry_run(rename, actor=head)) == {"family_name": ("Müller", "Meier")}

    elsewhere = PlacementFactory.create(participant=placement.participant, office=OfficeFactory())
    plan = dry_run(rename, actor=head)
    assert remarks(plan) == [(2, "email", Fault.NAME_KEPT)]
    assert change(plan) == {}

    elsewhere.delete()
    placement.participant.groups.set(TrainerFactory.create().groups.all())
    assert remarks(dry_run(rename, actor=head)) == [(2, "email", Fault.NAME_KEPT)]


def test_an_account_without_a_stay_keeps_its_name_and_tells_nobody(head: User) -> None:
    ParticipantFactory.create(email="zoe@home.example", first_name="Secret", last_name="Name")
    plan = dry_run(roster({}), actor=head)

    assert remarks(plan) == [(2, "email", Fault.NAME_KEPT)]
    assert [row.action for row in plan.rows] == [Action.CREATE]
    assert "Secret" not in repr([(row.name, row.changes, row.problems) for row in plan.rows])


def test_the_time_zone_of_a_recorded_exchange_stays(placement: Placement) -> None:
    plan = dry_run(roster({**HERE, "receiving_time_zone": "Europe/Oslo"}), actor=None)

    assert remarks(plan) == [(2, "receiving_time_zone", Fault.TIME_ZONE_KEPT)]
    assert not plan.changes_anything


def test_equal_plans_have_equal_fingerprints(placement: Placement) -> None:
    content = roster({**HERE, "status": "live"})
    plan = dry_run(content, actor=None)
    assert dry_run(content, actor=None).fingerprint == plan.fingerprint

    Placement.objects.update(iia_id="changed meanwhile")
    assert dry_run(content, actor=None).fingerprint != plan.fingerprint


@pytest.mark.parametrize("size", [1, 500])
def test_planning_takes_the_same_queries_for_any_file(
    size: int,
    django_assert_num_queries: Callable[[int], AbstractContextManager[None]],
    head: User,
    placement: Placement,
) -> None:
    rows = [{**HERE, "email": f"p{number}@home.example"} for number in range(size)]
    content = roster(*rows, {**HERE, "omobility_id": ID})
    actor = User.objects.get(pk=head.pk)

    # permissions of the user and the groups, own offices; all offices, those answered
    # for, programmes, institutions, accounts, exchanges, their placements, placements of
    # the people, languages, roles of the people.
    with django_assert_num_queries(12):
        plan = dry_run(content, actor=actor)

    assert plan.counts[Action.CREATE] == size
    assert plan.counts[Action.UNCHANGED] == 1
