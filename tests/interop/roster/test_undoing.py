"""An import is undone: what it made goes, what it changed comes back, the rest stays."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from exchanges.enums import PlacementStatus
from exchanges.models import Exchange, Institution, Office, Placement
from interop.models import RosterTrace, RosterUpload
from interop.roster import undoing, uploads
from interop.roster.dry_run import dry_run
from interop.roster.models import TraceKind
from interop.roster.undo_planning import Deed, plan_undo
from interop.roster.undoing import (
    UNDONE_WITHIN,
    CannotUndoError,
    UndoChangedError,
    begin,
    can_undo,
    go_on,
)
from people.models import User
from readiness.models import StateRow
from tests.factories.exchanges import InstitutionFactory, PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.progress import ModuleRecordFactory
from tests.factories.readiness import DeclarationFactory
from tests.interop.rosters import FULL_ROW, roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("northfield")]

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
ANA = {"email": "ana@home.example", "given_names": "Ana"}


def imported(content: bytes, by: User) -> RosterUpload:
    upload = uploads.keep(filename="spring.csv", content=content, by=by, at=NOW)
    uploads.confirm(upload, expected=dry_run(content, actor=by).fingerprint, at=NOW)
    upload.refresh_from_db()
    return upload


def undone(upload: RosterUpload, by: User) -> dict[tuple[TraceKind, Deed], int]:
    begin(upload, expected=plan_undo(upload, actor=by).fingerprint, actor=by, at=LATER)
    assert go_on(upload, at=LATER)
    upload.refresh_from_db()
    pairs = {tuple(name.split(":")): number for name, number in upload.undone.items()}
    return {(TraceKind(kind), Deed(deed)): number for (kind, deed), number in pairs.items()}


MODELS: tuple[type[Model], ...] = (User, Institution, Exchange, Placement, StateRow)


def everything() -> list[list[dict[str, object]]]:
    return [list(model._default_manager.order_by("pk").values()) for model in MODELS]


def test_undoing_leaves_no_trace_of_what_was_made(administrator: User) -> None:
    before = everything()
    upload = imported(roster(FULL_ROW, ANA), administrator)

    counts = undone(upload, administrator)

    assert everything() == before
    assert counts == {
        (TraceKind.PLACEMENT, Deed.REMOVE): 2,
        (TraceKind.EXCHANGE, Deed.REMOVE): 1,
        (TraceKind.PARTNER, Deed.REMOVE): 1,
        (TraceKind.PERSON, Deed.REMOVE): 2,
    }
    upload.refresh_from_db()
    assert (upload.undone_at, upload.undone_by) == (LATER, administrator)
    assert upload.undone["placement:remove"] == 2
    assert not RosterTrace.objects.exists()


def test_what_was_changed_is_as_it_was(administrator: User) -> None:
    imported(roster(FULL_ROW), administrator)
    before = everything()[:4]
    changed = FULL_ROW | {
        "given_names": "Zoe", "languages": "sv:C1", "iia_id": "", "eqf_level": "7",
        "start_date": "2027-01-25", "destination_country": "NO",
    }  # fmt: skip
    second = imported(roster(changed), administrator)
    assert Placement.objects.get().language_skills.get(language="sv").cefr_level == "C1"
    assert everything()[:4] != before

    counts = undone(second, administrator)

    assert everything()[:4] == before
    skills = Placement.objects.get().language_skills.values_list("language", "cefr_level")
    assert list(skills) == [("en", "B2"), ("sv", "B1")]
    assert set(counts) == {
        (TraceKind.PLACEMENT, Deed.RESTORE),
        (TraceKind.EXCHANGE, Deed.RESTORE),
        (TraceKind.PERSON, Deed.RESTORE),
    }


def test_the_rows_of_lists_follow(administrator: User) -> None:
    imported(roster({}), administrator)
    second = imported(roster({"leaves_home_on": "2027-01-10"}), administrator)
    assert StateRow.objects.get().departs_on == dt.date(2027, 1, 10)

    undone(second, administrator)

    assert StateRow.objects.get().departs_on == dt.date(2027, 1, 18)


def test_what_somebody_changed_since_is_kept(administrator: User) -> None:
    upload = imported(roster({}), administrator)
    Placement.objects.update(receiving_ounit="Physics")

    counts = undone(upload, administrator)

    assert Placement.objects.get().receiving_ounit == "Physics"
    assert counts[TraceKind.PLACEMENT, Deed.KEEP_CHANGED] == 1
    assert counts[TraceKind.EXCHANGE, Deed.KEEP_USED] == 1
    assert counts[TraceKind.PARTNER, Deed.KEEP_USED] == 1
    assert counts[TraceKind.PERSON, Deed.KEEP_USED] == 1


def test_a_placement_with_facts_is_cancelled_and_keeps_them(administrator: User) -> None:
    upload = imported(roster({}), administrator)
    declaration = DeclarationFactory.create(placement=Placement.objects.get(), declared_at=NOW)

    counts = undone(upload, administrator)

    declaration.refresh_from_db()
    assert declaration.placement.status == PlacementStatus.CANCELLED
    assert counts[TraceKind.PLACEMENT, Deed.CANCEL] == 1
    assert counts[TraceKind.PERSON, Deed.KEEP_USED] == 1


def test_a_person_who_has_learned_or_signed_in_keeps_the_account(administrator: User) -> None:
    upload = imported(roster({}, ANA), administrator)
    zoe = User.objects.get(email="zoe@home.example")
    ModuleRecordFactory.create(participant=zoe)
    User.objects.filter(email="ana@home.example").update(last_login=NOW)

    counts = undone(upload, administrator)

    assert not Placement.objects.exists()
    assert counts[TraceKind.PERSON, Deed.KEEP_USED] == 2
    assert User.objects.filter(email__in=[zoe.email, "ana@home.example"]).count() == 2


def test_records_that_were_there_before_stay(administrator: User) -> None:
    lund = InstitutionFactory.create(hei_id="lund.example", country="SE")
    User.objects.create_user("zoe@home.example", first_name="Zoë", last_name="Müller")
    upload = imported(roster({}), administrator)

    counts = undone(upload, administrator)

    assert Institution.objects.filter(pk=lund.pk).exists()
    assert User.objects.filter(email="zoe@home.example").exists()
    assert TraceKind.PARTNER not in {kind for kind, _deed in counts}


def test_an_exchange_that_somebody_else_joined_stays(administrator: User) -> None:
    upload = imported(roster({}), administrator)
    other = PlacementFactory.create(exchange=Exchange.objects.get())

    counts = undone(upload, administrator)

    assert list(Placement.objects.all()) == [other]
    assert counts[TraceKind.EXCHANGE, Deed.KEEP_USED] == 1


def test_placements_of_other_offices_are_not_touched(administrator: User) -> None:
    coordinator = CoordinatorFactory.create()
    membership = Office.objects.get(code="engineering").memberships.create(user=coordinator)
    upload = imported(roster({}), coordinator)
    membership.delete()

    counts = undone(upload, coordinator)

    assert counts[TraceKind.PLACEMENT, Deed.KEEP_OTHERS] == 1
    assert Placement.objects.exists()


def test_a_person_who_is_on_the_former_exchange_anew_does_not_go_back(administrator: User) -> None:
    imported(roster(FULL_ROW), administrator)
    first = Exchange.objects.get()
    moved = FULL_ROW | {"receiving_academic_year": "2027/2028", "sending_academic_term": "",
                        "non_standard_period": "yes"}  # fmt: skip
    second = imported(roster(moved), administrator)
    person = User.objects.get(email=FULL_ROW["email"])
    assert Placement.objects.get().exchange != first
    PlacementFactory.create(participant=person, exchange=first)

    counts = undone(second, administrator)

    assert counts[TraceKind.PLACEMENT, Deed.KEEP_CLASHING] == 1
    assert Placement.objects.filter(participant=person).count() == 2


def test_it_is_undone_once_and_only_as_shown(administrator: User) -> None:
    upload = imported(roster({}), administrator)
    shown = plan_undo(upload, actor=administrator).fingerprint
    DeclarationFactory.create(placement=Placement.objects.get(), declared_at=NOW)
    with pytest.raises(UndoChangedError):
        begin(upload, expected=shown, actor=administrator, at=LATER)
    assert Placement.objects.get().status != PlacementStatus.CANCELLED

    undone(upload, administrator)

    with pytest.raises(CannotUndoError):
        begin(upload, expected=shown, actor=administrator, at=LATER)


BO = {"email": "bo@home.example", "given_names": "Bo"}


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "AT_ONCE", 1)
    monkeypatch.setattr(undoing, "STEPS", 20)


def begun(upload: RosterUpload, by: User) -> RosterUpload:
    begin(upload, expected=plan_undo(upload, actor=by).fingerprint, actor=by, at=LATER)
    upload.refresh_from_db()
    return upload


@pytest.mark.usefixtures("one_by_one")
def test_an_undo_that_is_killed_goes_on_where_it_stopped(
    administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()
    upload = begun(imported(roster({}, ANA, BO), administrator), administrator)
    assert upload.is_being_undone
    assert Placement.objects.count() == 3

    def killed(*args: Any) -> None:
        delete_them(*args)
        raise KeyboardInterrupt

    undoing.step(upload.pk, at=LATER)
    delete_them = undoing._carry_out
    with monkeypatch.context() as patched:
        patched.setattr(undoing, "_carry_out", killed)
        with pytest.raises(KeyboardInterrupt):
            undoing.step(upload.pk, at=LATER)

    upload.refresh_from_db()
    assert upload.is_being_undone
    assert upload.undone == {"placement:remove": 1}
    assert Placement.objects.count() == 2
    assert undoing.left(upload) == 2 + 1 + 1 + 3

    assert go_on(upload, at=LATER + UNDONE_WITHIN)

    assert everything() == before
    upload.refresh_from_db()
    assert (upload.undone_at, upload.undone_by) == (LATER + UNDONE_WITHIN, administrator)
    assert upload.undone == {
        "placement:remove": 3,
        "exchange:remove": 1,
        "partner:remove": 1,
        "person:remove": 3,
    }
    assert not RosterTrace.objects.exists()


@pytest.mark.usefixtures("one_by_one")
def test_what_is_used_or_changed_before_its_turn_is_kept(administrator: User) -> None:
    upload = begun(imported(roster({}, ANA, BO), administrator), administrator)
    undoing.step(upload.pk, at=LATER)
    used, changed = Placement.objects.order_by("pk")
    DeclarationFactory.create(placement=used, declared_at=LATER)
    Placement.objects.filter(pk=changed.pk).update(receiving_ounit="Physics")

    assert go_on(upload, at=LATER)

    used.refresh_from_db()
    assert used.status == PlacementStatus.CANCELLED
    assert StateRow.objects.get(placement=used).is_cancelled
    assert Placement.objects.get(pk=changed.pk).receiving_ounit == "Physics"
    upload.refresh_from_db()
    assert upload.undone == {
        "placement:remove": 1,
        "placement:cancel": 1,
        "placement:keep-changed": 1,
        "exchange:keep-used": 1,
        "partner:keep-used": 1,
        "person:remove": 1,
        "person:keep-used": 2,
    }


def test_what_is_begun_is_not_begun_again_and_its_traces_stay(administrator: User) -> None:
    upload = imported(roster({}), administrator)
    shown = plan_undo(upload, actor=administrator).fingerprint
    begun(upload, administrator)

    with pytest.raises(CannotUndoError):
        begin(upload, expected=shown, actor=administrator, at=LATER)
    uploads.keep(filename="next.csv", content=b"", by=administrator, at=LATER + 2 * UNDONE_WITHIN)

    assert undoing.left(upload) == 4


@pytest.mark.usefixtures("one_by_one")
def test_a_job_goes_on_some_steps_at_a_time(
    administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "STEPS", 3)
    imported(roster({"given_names": "Other", "email": "other@home.example"}), administrator)
    upload = begun(imported(roster({}, ANA, BO), administrator), administrator)

    assert undoing.carry_on(at=LATER) == 3
    assert undoing.left(upload) == 3
    assert undoing.carry_on(at=LATER) == 3
    assert undoing.carry_on(at=LATER) == 0

    upload.refresh_from_db()
    assert upload.undone_at == LATER
    assert Placement.objects.count() == 1
    assert RosterUpload.objects.filter(undone_at=None).count() == 1


def test_the_job_leaves_large_ones_to_the_command(
    administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = begun(imported(roster({}), administrator), administrator)
    monkeypatch.setattr(undoing, "MAX_ROWS", 0)

    assert undoing.carry_on(at=LATER) == 0
    assert Placement.objects.exists()
    assert undoing.left(upload) == 4


def test_traces_are_kept_for_as_long_as_an_import_can_be_undone(administrator: User) -> None:
    upload = imported(roster({}), administrator)
    over = NOW + UNDONE_WITHIN
    assert can_undo(upload, at=over - dt.timedelta(seconds=1))
    assert not can_undo(upload, at=over)

    uploads.keep(filename="next.csv", content=b"", by=administrator, at=over)

    assert not RosterTrace.objects.exists()
    assert RosterUpload.objects.filter(pk=upload.pk).exists()


def test_the_queries_do_not_grow_with_the_rows(administrator: User) -> None:
    counts = []
    for number in (1, 40):
        rows = [
            {"email": f"{number}-{one}@home.example", "given_names": f"G{one}"}
            for one in range(number)
        ]
        upload = imported(roster(*rows), administrator)
        with CaptureQueriesContext(connection) as queries:
            plan_undo(upload, actor=administrator)
        counts.append(len(queries))
        undone(upload, administrator)

    assert counts[0] == counts[1]
