"""A file is read, planned and written part by part: it comes to the same as all at once."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from exchanges.models import Exchange, Institution, LanguageSkill, Office, Placement
from interop.models import RosterTrace, RosterUpload
from interop.roster import applying, dry_run, statements, undo_planning, undoing, uploads
from interop.roster.applying import Outcome, RosterChangedError, carry_out, ready
from interop.roster.parsing import Limits, parse
from interop.roster.plans import Action
from interop.roster.problems import Fault
from interop.roster.statements import Statement
from people.models import User
from tests.interop.rosters import FULL_ROW, errors, roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("northfield")]

AT = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
ANA = {"email": "ana@home.example", "given_names": "Ana"}
BO = {"email": "bo@home.example", "given_names": "Bo"}
OSLO = {
    "receiving_hei": "oslo.example",
    "receiving_hei_name": "Oslo",
    "receiving_country": "NO",
}


@pytest.fixture(params=[1, 2, 1000])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many rows make a part."""
    monkeypatch.setattr(dry_run, "ROWS_AT_ONCE", request.param)
    monkeypatch.setattr(undo_planning, "BATCH", request.param)
    monkeypatch.setattr(undoing, "AT_ONCE", request.param)
    monkeypatch.setattr(undoing, "STEPS", 30)
    return int(request.param)


def imported(content: bytes, *, good_rows_only: bool = False) -> Outcome:
    plan = dry_run.dry_run(content, actor=None)
    return applying.apply(
        parse(content), expected=plan.fingerprint, actor=None, good_rows_only=good_rows_only
    )


@pytest.mark.usefixtures("size")
def test_rows_are_held_against_each_other_across_parts() -> None:
    plan = dry_run.dry_run(
        roster(
            {"global_id": "esi:1"},
            BO,
            {**ANA, "global_id": "esi:1"},
            {**OSLO, "given_names": "Zoé"},
            {},
            {**ANA, **OSLO, "receiving_country": "SE"},
        ),
        actor=None,
    )

    assert errors(plan) == [
        (4, "global_id", Fault.STUDENT_ID_SHARED),
        (5, "family_name", Fault.TWO_NAMES),
        (6, "email", Fault.SAME_STAY_TWICE),
        (7, "receiving_hei_name", Fault.TWO_HOSTS),
    ]
    assert [error.detail for error in plan.errors] == ["2", "2", "2", "Oslo"]
    assert plan.counts[Action.CREATE] == 2


def test_the_size_of_the_parts_makes_no_other_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    content = roster({}, ANA, {"programme": "?"}, {**BO, "start_date": "2027-02-01"})
    fingerprints = set()
    for size in (1, 3, 1000):
        monkeypatch.setattr(dry_run, "ROWS_AT_ONCE", size)
        fingerprints.add(dry_run.dry_run(content, actor=None).fingerprint)

    assert len(fingerprints) == 1


@pytest.mark.usefixtures("size")
def test_parts_share_new_hosts_people_and_exchanges_with_the_dates_of_most() -> None:
    content = roster(
        {"start_date": "2027-02-01"},
        {**OSLO, "global_id": "esi:1"},
        ANA,
        {**BO, "languages": "sv:B1"},
        {**BO, **OSLO},
    )

    assert imported(content) == Outcome(created=5, people=3, partners=2, exchanges=2)
    assert Institution.objects.filter(is_home=False).count() == 2
    lund = Exchange.objects.get(host__hei_id="lund.example")
    assert lund.start_date == dt.date(2027, 1, 18)
    zoe = Placement.objects.filter(participant__email="zoe@home.example")
    assert [stay.own_start_date for stay in zoe.order_by("exchange__host__name")] == [
        dt.date(2027, 2, 1),
        None,
    ]
    assert LanguageSkill.objects.get().placement.participant.email == "bo@home.example"
    assert imported(content) == Outcome(unchanged=5)


@pytest.mark.usefixtures("size")
def test_an_identifier_that_only_one_of_the_rows_gives_is_kept() -> None:
    """Also for an account that is there, and whichever row comes first."""
    rows = [{"global_id": "esi:1"}, OSLO, ANA, {**ANA, **OSLO, "global_id": "esi:2"}]
    imported(roster(ANA))
    imported(roster(*rows))

    assert dict(User.objects.values_list("email", "global_id")) == {
        "zoe@home.example": "esi:1",
        "ana@home.example": "esi:2",
    }
    assert imported(roster(*rows)) == Outcome(unchanged=4)


@pytest.mark.usefixtures("size")
def test_an_exchange_moves_if_everybody_on_it_moves_in_whichever_part() -> None:
    imported(roster({}, ANA, BO))
    later = {"start_date": "2027-02-01"}

    assert imported(roster(later, {**ANA, **later})) == Outcome(updated=2)
    assert imported(roster(later, {**ANA, **later}, {**BO, **later})) == Outcome(
        updated=1, unchanged=2, exchanges_moved=1
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda: User.objects.create(email="ana@home.example"),
        lambda: Placement.objects.update(iia_id="other"),
        lambda: Office.objects.filter(code="engineering").update(time_zone="Europe/Oslo"),
        lambda: Exchange.objects.update(end_date=dt.date(2027, 6, 7)),
        lambda: LanguageSkill.objects.create(
            placement=Placement.objects.get(), language="da", cefr_level="A1"
        ),
    ],
)
def test_nothing_comes_in_if_anything_changes_between_planning_and_writing(
    change: Callable[[], Any],
) -> None:
    imported(roster({}))
    content = roster({"status": "live"}, ANA)
    shown = dry_run.dry_run(content, actor=None).fingerprint
    script = ready(parse(content), expected=shown, actor=None)
    change()

    with pytest.raises(RosterChangedError):
        carry_out(script)

    assert Placement.objects.get().status == "nomination"
    assert carry_out(ready(parse(roster(BO)), expected=_shown(BO), actor=None)).created == 1


def _shown(row: dict[str, str]) -> str:
    return dry_run.dry_run(roster(row), actor=None).fingerprint


def test_an_import_that_breaks_off_half_way_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, administrator: User
) -> None:
    monkeypatch.setattr(dry_run, "ROWS_AT_ONCE", 1)
    content = roster({}, ANA, BO)
    upload = uploads.keep(filename="a.csv", content=content, by=administrator, at=AT)
    people = User.objects.count()
    parts, write = [], statements.carry_out

    def broken(of_a_part: list[Statement]) -> None:
        parts.append(len(of_a_part))
        if len(parts) > 1:
            raise KeyboardInterrupt
        write(of_a_part)

    monkeypatch.setattr("interop.roster.writing.carry_out", broken)
    shown = dry_run.dry_run(content, actor=administrator).fingerprint
    with pytest.raises(KeyboardInterrupt):
        uploads.confirm(upload, expected=shown, at=AT)

    assert not Placement.objects.exists()
    assert not Exchange.objects.exists()
    assert not RosterTrace.objects.exists()
    assert User.objects.count() == people
    assert RosterUpload.objects.get().applied_at is None


@pytest.mark.usefixtures("size")
def test_an_import_of_several_parts_is_undone(administrator: User) -> None:
    imported(roster(FULL_ROW))
    changed = {**FULL_ROW, "given_names": "Zoey", "status": "recognized"}
    content = roster(changed, ANA, BO, {**BO, **OSLO})
    upload = uploads.keep(filename="a.csv", content=content, by=administrator, at=AT)
    shown = dry_run.dry_run(content, actor=administrator).fingerprint
    uploads.confirm(upload, expected=shown, at=AT)
    upload.refresh_from_db()
    plan = undo_planning.plan_undo(upload, actor=administrator)
    assert plan.figures == {
        "placement:restore": 1,
        "placement:remove": 3,
        "exchange:remove": 1,
        "partner:remove": 1,
        "person:restore": 1,
        "person:remove": 2,
    }

    undoing.begin(upload, expected=plan.fingerprint, actor=administrator, at=AT)
    assert undoing.go_on(upload, at=AT)

    stay = Placement.objects.select_related("participant").get()
    assert (stay.status, stay.participant.first_name) == ("live", "Zoë")
    assert not User.objects.filter(email__in=["ana@home.example", "bo@home.example"]).exists()


def test_a_plan_keeps_the_first_problems_and_counts_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interop.roster.plans.KEPT", 2)
    plan = dry_run.dry_run(roster(*({"programme": "?"} for _row in range(5)), {}), actor=None)

    assert [(error.row, error.fault) for error in plan.errors] == [
        (2, Fault.UNKNOWN_PROGRAMME),
        (3, Fault.SAME_STAY_TWICE),
    ]
    assert (plan.error_count, plan.counts[Action.REFUSE]) == (9, 5)
    assert [row.number for row in plan.rows] == [2, 3, 7]


def test_a_file_may_have_as_many_rows_as_its_limits_say() -> None:
    content = roster({}, ANA, BO)

    assert [one.fault for one in parse(content, Limits(rows=2)).problems] == [Fault.TOO_MANY_ROWS]
    assert len(parse(content, Limits(rows=3)).rows) == 3
    assert [one.fault for one in parse(b"x" * 2**20 + b"x", Limits(megabytes=1)).problems] == [
        Fault.TOO_LARGE
    ]
