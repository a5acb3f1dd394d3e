"""A plan becomes records: all of it or nothing, and a second time nothing at all."""

import datetime as dt

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.test.utils import CaptureQueriesContext

from exchanges.models import Exchange, Institution, LanguageSkill, Office, Placement
from interop.roster.applying import (
    Outcome,
    RosterChangedError,
    RosterHasErrorsError,
    apply,
)
from interop.roster.dry_run import dry_run
from interop.roster.parsing import parse
from people import roles
from people.models import User
from tests.factories.exchanges import ExchangeFactory, PlacementFactory
from tests.factories.people import TrainerFactory
from tests.interop.rosters import FULL_ROW, roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("northfield")]


def imported(content: bytes, *, actor: User | None = None, good_rows_only: bool = False) -> Outcome:
    plan = dry_run(content, actor=actor)
    return apply(
        parse(content), expected=plan.fingerprint, actor=actor, good_rows_only=good_rows_only
    )


def counts() -> tuple[int, ...]:
    return tuple(
        model._default_manager.count()
        for model in (User, Institution, Exchange, Placement, LanguageSkill)
    )


def test_a_full_row_becomes_a_placement() -> None:
    outcome = imported(roster(FULL_ROW))

    assert outcome == Outcome(created=1, people=1, partners=1, exchanges=1)
    placement = Placement.objects.select_related("participant", "exchange__host", "office").get()
    assert str(placement.omobility_id) == FULL_ROW["omobility_id"]
    assert placement.participant.get_full_name() == "Zoë Müller"
    assert placement.participant.global_id == FULL_ROW["global_id"]
    assert placement.office.code == "engineering"
    assert placement.country == "DK"
    assert placement.exchange.country == "SE"
    assert placement.departs_on == dt.date(2027, 1, 16)
    assert placement.exchange.code == "erasmus-studies-lund-example-2026-2027-2-2"
    assert str(placement.exchange.host.time_zone) == "Europe/Stockholm"
    assert [str(skill) for skill in placement.language_skills.all()] == ["en B2", "sv B1"]
    placement.full_clean()
    placement.exchange.full_clean()


def test_a_new_person_can_take_part_but_not_yet_sign_in() -> None:
    imported(roster({}))
    person = User.objects.get(email="zoe@home.example")

    assert [group.name for group in person.groups.all()] == [roles.PARTICIPANTS]
    assert not person.has_usable_password()
    assert str(person.time_zone) == "Europe/Madrid"


def test_the_whole_sample_comes_in_and_a_second_time_changes_nothing(sample: bytes) -> None:
    assert imported(sample) == Outcome(created=224, people=222, partners=16, exchanges=27)
    before = counts()
    rows = list(Placement.objects.order_by("pk").values())

    assert imported(sample) == Outcome(unchanged=224)
    assert counts() == before
    assert list(Placement.objects.order_by("pk").values()) == rows


def test_an_exchange_gets_the_common_dates_and_people_their_own(sample: bytes) -> None:
    imported(sample)
    exchange = Exchange.objects.get(code="erasmus-studies-malarhamn-example-2026-2027-2-2")

    assert (exchange.start_date, exchange.end_date) == (dt.date(2027, 1, 18), dt.date(2027, 6, 6))
    late = exchange.placements.exclude(own_start_date=None).order_by("own_start_date").first()
    assert late is not None
    assert late.start_date == dt.date(2027, 1, 25)
    assert late.own_end_date is None


def test_ewp_planned_departure_is_the_last_day_at_the_host() -> None:
    text = roster({}).decode().replace("start_date", "planned-arrival-date")
    imported(text.replace("end_date", "planned-departure-date").encode())
    placement = Placement.objects.select_related("exchange").get()

    assert placement.end_date == dt.date(2027, 6, 6)
    assert placement.departs_on == placement.start_date == dt.date(2027, 1, 18)


def test_a_changed_row_changes_its_placement_and_no_other() -> None:
    imported(roster(FULL_ROW, {"email": "ana@home.example"}))
    untouched = Placement.objects.filter(participant__email="ana@home.example").values().get()
    changed = {
        **FULL_ROW,
        "given_names": "Zoe",
        "status": "recognized",
        "end_date": "2027-05-30",
        "languages": "da:A1",
        "destination_country": "SE",
    }
    outcome = imported(roster(changed))

    assert outcome == Outcome(updated=1)
    placement = Placement.objects.get(omobility_id=FULL_ROW["omobility_id"])
    assert placement.participant.first_name == "Zoe"
    assert (placement.status, placement.own_end_date) == ("recognized", dt.date(2027, 5, 30))
    assert placement.own_country == ""
    assert [str(skill) for skill in placement.language_skills.all()] == ["da A1"]
    assert Placement.objects.filter(pk=untouched["id"]).values().get() == untouched


def test_an_exchange_moves_when_everybody_moves() -> None:
    people = [{"email": f"p{number}@home.example"} for number in range(3)]
    imported(roster(*people))
    later = [{**person, "start_date": "2027-02-01"} for person in people]

    assert imported(roster(*later)) == Outcome(updated=3, exchanges_moved=1)
    assert Exchange.objects.get().start_date == dt.date(2027, 2, 1)
    assert not Placement.objects.exclude(own_start_date=None).exists()
    assert imported(roster(*later)) == Outcome(unchanged=3)


def test_part_of_the_people_moving_leaves_the_exchange_where_it_is() -> None:
    people = [{"email": f"p{number}@home.example"} for number in range(3)]
    imported(roster(*people))
    later = [{**person, "start_date": "2027-02-01"} for person in people[:2]]

    assert imported(roster(*later)) == Outcome(updated=2)
    assert Exchange.objects.get().start_date == dt.date(2027, 1, 18)
    assert Placement.objects.filter(own_start_date=dt.date(2027, 2, 1)).count() == 2
    assert imported(roster(*later)) == Outcome(unchanged=2)


def test_an_empty_exchange_made_by_hand_takes_the_dates_of_the_roster() -> None:
    imported(roster({"status": "cancelled"}))
    Placement.objects.all().delete()
    Exchange.objects.update(start_date=dt.date(2027, 3, 1))

    assert imported(roster({})) == Outcome(created=1, exchanges_moved=1)
    assert imported(roster({})) == Outcome(unchanged=1)


def test_somebody_with_another_role_gains_a_place_and_keeps_the_role() -> None:
    TrainerFactory.create(email="zoe@home.example", first_name="Zoë", last_name="Müller")

    assert imported(roster({})) == Outcome(created=1, partners=1, exchanges=1)
    person = User.objects.get(email="zoe@home.example")
    assert roles.is_trainer(person)
    assert set(person.groups.values_list("name", flat=True)) == {
        roles.PARTICIPANTS,
        roles.TRAINERS,
        roles.LEAD_TRAINERS,
    }
    assert person.check_password("password")


def test_codes_of_exchanges_stay_unique() -> None:
    ExchangeFactory.create(code="erasmus-studies-lund-example-2026-2027-2-2")
    imported(
        roster(
            {},
            {
                "email": "ana@home.example",
                "receiving_hei": "lund-example.example",
                "receiving_hei_name": "Lund 2",
            },
        )
    )

    assert (
        Exchange.objects.filter(
            code__startswith="erasmus-studies-lund-example-2026-2027-2-2-"
        ).count()
        == 1
    )


def test_one_error_stops_the_whole_file() -> None:
    before = counts()
    content = roster({}, {"email": "nobody"})

    with pytest.raises(RosterHasErrorsError):
        imported(content)
    assert counts() == before


def test_good_rows_come_in_alone_only_if_asked_for() -> None:
    content = roster({}, {"email": "nobody"})

    outcome = imported(content, good_rows_only=True)
    assert outcome == Outcome(created=1, refused=1, people=1, partners=1, exchanges=1)
    assert Placement.objects.get().participant.email == "zoe@home.example"


def test_a_file_without_a_readable_header_never_comes_in() -> None:
    with pytest.raises(RosterHasErrorsError):
        imported(b"name\nZoe\n", good_rows_only=True)


def test_nothing_comes_in_when_the_records_changed_since_the_dry_run() -> None:
    content = roster({})
    shown = dry_run(content, actor=None)
    Office.objects.get(code="engineering").delete()
    before = counts()

    with pytest.raises(RosterChangedError) as caught:
        apply(parse(content), expected=shown.fingerprint, actor=None)

    assert counts() == before
    assert caught.value.plan is not None
    assert caught.value.plan.has_errors


@pytest.mark.usefixtures("racing_account")
def test_a_clash_that_only_the_database_sees_undoes_everything() -> None:
    before = counts()

    with pytest.raises(RosterChangedError) as caught:
        imported(roster({}))

    assert caught.value.plan is None
    assert counts() == before


def test_a_coordinator_cannot_write_for_another_office(coordinator: User) -> None:
    Office.objects.get(code="business-school").memberships.create(user=coordinator)
    content = roster({}, {"email": "ana@home.example", "sending_ounit": "business-school"})

    outcome = imported(content, actor=coordinator, good_rows_only=True)
    assert (outcome.created, outcome.refused) == (1, 1)
    assert Placement.objects.get().participant.email == "ana@home.example"


@pytest.mark.parametrize("size", [2, 200])
def test_writing_new_rows_takes_few_queries_for_any_file(size: int) -> None:
    content = roster(*({"email": f"p{number}@home.example"} for number in range(size)))
    plan = dry_run(content, actor=None)

    with CaptureQueriesContext(connections[DEFAULT_DB_ALIAS]) as queries:
        apply(parse(content), expected=plan.fingerprint, actor=None)

    assert len(queries) <= 40


def test_an_import_keeps_what_the_file_does_not_name() -> None:
    other = PlacementFactory.create()
    imported(roster({}))

    assert Placement.objects.filter(pk=other.pk).exists()
    assert Placement.objects.count() == 2
