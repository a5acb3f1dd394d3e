"""Undoes an import: what it made goes, what it changed is as it was, and nothing else is touched.

What somebody has worked with since stays: a record that was changed after the import is
kept as it is, and a placement with facts of its own is cancelled, which keeps them.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.db import IntegrityError, transaction

from exchanges.enums import PlacementStatus
from exchanges.models import Exchange, LanguageSkill, Placement
from interop.roster.applying import wait_for_other_imports
from interop.roster.hanging import Besides, hanging_on
from interop.roster.models import RosterTrace, RosterUpload, TraceKind
from interop.roster.parsing import MAX_ROWS
from interop.roster.tracing import BATCH, FIELDS, LANGUAGES, MODELS, Image, images
from interop.roster.written import WRITTEN
from library.batches import batches
from people.models import User
from readiness import states

UNDONE_WITHIN = dt.timedelta(days=30)
ROWS_AT_ONCE = 1000
REMOVED_IN_TURN = (TraceKind.PLACEMENT, TraceKind.EXCHANGE, TraceKind.PARTNER, TraceKind.PERSON)
"""What hangs on another record goes before it."""


class Deed(StrEnum):
    REMOVE = "remove"
    RESTORE = "restore"
    CANCEL = "cancel"
    KEEP_CHANGED = "keep-changed"
    KEEP_USED = "keep-used"
    KEEP_OTHERS = "keep-others"
    KEEP_CLASHING = "keep-clashing"

    @property
    def is_done(self) -> bool:
        """Whether the record is touched at all."""
        return self in {Deed.REMOVE, Deed.RESTORE, Deed.CANCEL}


class CannotUndoError(Exception):
    """The import is undone already, or its traces are not kept any more."""


class UndoChangedError(Exception):
    """What is recorded has changed since the undo was looked at."""


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one record that the import has touched."""

    kind: TraceKind
    pk: int
    deed: Deed


@dataclass(frozen=True)
class UndoPlan:
    steps: tuple[Step, ...]

    @cached_property
    def counts(self) -> Counter[tuple[TraceKind, Deed]]:
        return Counter((step.kind, step.deed) for step in self.steps)

    @property
    def figures(self) -> dict[str, int]:
        """The counts in the form in which the upload keeps them: `placement:remove`."""
        return {f"{kind}:{deed}": number for (kind, deed), number in self.counts.items()}

    @property
    def changes_anything(self) -> bool:
        return any(step.deed.is_done for step in self.steps)

    @cached_property
    def fingerprint(self) -> str:
        """Equal for equal plans, and only for them."""
        seen = hashlib.sha256()
        for step in self.steps:
            seen.update(f"{step.kind} {step.pk} {step.deed}\n".encode())
        return seen.hexdigest()

    def pks(self, kind: TraceKind, *deeds: Deed) -> set[int]:
        return {step.pk for step in self.steps if step.kind is kind and step.deed in deeds}


def can_undo(upload: RosterUpload, *, at: dt.datetime) -> bool:
    """For 30 days, and once."""
    is_fresh = upload.applied_at is not None and at < upload.applied_at + UNDONE_WITHIN
    return is_fresh and upload.undone_at is None and upload.traces.exists()


def is_large(upload: RosterUpload) -> bool:
    """Whether undoing keeps others waiting for so long that it is left to the command."""
    written = upload.summary.get("created", 0) + upload.summary.get("updated", 0)
    return bool(written > MAX_ROWS)


def forget_old_traces(*, at: dt.datetime) -> None:
    """Delete the traces of imports that nobody can undo any more."""
    RosterTrace.objects.filter(upload__applied_at__lte=at - UNDONE_WITHIN).delete()


def plan_undo(upload: RosterUpload, *, actor: User) -> UndoPlan:
    """What undoing would do now; only placements of the actor's offices are touched."""
    placements = [
        step
        for traces in _traces(upload, TraceKind.PLACEMENT)
        for step in _placements(traces, actor)
    ]
    gone = {step.pk for step in placements if step.deed is Deed.REMOVE}
    exchanges = _others(upload, TraceKind.EXCHANGE, besides={Placement: gone})
    gone_exchanges = {step.pk for step in exchanges if step.deed is Deed.REMOVE}
    partners = _others(upload, TraceKind.PARTNER, besides={Exchange: gone_exchanges})
    people = _others(upload, TraceKind.PERSON, besides={Placement: gone})
    return UndoPlan((*placements, *exchanges, *partners, *people))


def undo(
    upload: RosterUpload, *, expected: str, actor: User, at: dt.datetime
) -> Counter[tuple[TraceKind, Deed]]:
    """Carry out the plan that was shown, all of it or nothing.

    Raises:
        CannotUndoError: it is undone already, or too long ago.
        UndoChangedError: something has changed since it was shown.
    """
    try:
        with transaction.atomic():
            wait_for_other_imports()
            kept = RosterUpload.objects.select_for_update().get(pk=upload.pk)
            if not can_undo(kept, at=at):
                raise CannotUndoError
            plan = plan_undo(kept, actor=actor)
            if plan.fingerprint != expected:
                raise UndoChangedError
            _carry_out(kept, plan)
            kept.undone_at, kept.undone_by = at, actor
            kept.undone = plan.figures
            kept.save(update_fields=["undone_at", "undone_by", "undone"])
            kept.traces.all().delete()
    except IntegrityError as error:
        raise UndoChangedError from error
    states.keep(at=at, most=ROWS_AT_ONCE)
    return plan.counts


def _traces(upload: RosterUpload, kind: TraceKind) -> Iterator[dict[int, RosterTrace]]:
    """Yield the traces by record, some at a time."""
    coming = upload.traces.filter(kind=kind).order_by("record_pk")
    last, found = 0, None
    while found is None or len(found) == BATCH:
        found = {one.record_pk: one for one in coming.filter(record_pk__gt=last)[:BATCH]}
        if found:
            last = max(found)
            yield found


def _placements(traces: dict[int, RosterTrace], actor: User) -> list[Step]:
    now = images(TraceKind.PLACEMENT, traces)
    used = hanging_on(Placement, now)
    mine = Placement.objects.coordinated_by(actor).filter(pk__in=list(now))
    own = set(mine.values_list("pk", flat=True))
    clashing = _clashing(traces, now)
    return [
        Step(
            TraceKind.PLACEMENT,
            pk,
            Deed.KEEP_OTHERS
            if pk not in own
            else _deed_of_placement(traces[pk], image, is_used=pk in used, clashes=pk in clashing),
        )
        for pk, image in now.items()
    ]


def _deed_of_placement(trace: RosterTrace, now: Image, *, is_used: bool, clashes: bool) -> Deed:
    if now != trace.after:
        return Deed.KEEP_CHANGED
    if trace.before is not None:
        return Deed.KEEP_CLASHING if clashes else Deed.RESTORE
    if not is_used:
        return Deed.REMOVE
    is_cancelled = now["status"] == PlacementStatus.CANCELLED
    return Deed.KEEP_USED if is_cancelled else Deed.CANCEL


def _clashing(traces: dict[int, RosterTrace], now: dict[int, Image]) -> set[int]:
    """Placements that cannot go back: the exchange is gone, or the person is on it anew."""
    back = {
        pk: (trace.before["participant_id"], trace.before["exchange_id"])
        for pk, trace in traces.items()
        if trace.before and pk in now and trace.before["exchange_id"] != now[pk]["exchange_id"]
    }
    exchanges = {exchange for _person, exchange in back.values()}
    there = set(Exchange.objects.filter(pk__in=exchanges).values_list("pk", flat=True))
    people = {person for person, _exchange in back.values()}
    others = Placement.objects.filter(exchange__in=exchanges, participant__in=people)
    taken = set(others.values_list("participant", "exchange"))
    return {pk for pk, place in back.items() if place[1] not in there or place in taken}


def _others(upload: RosterUpload, kind: TraceKind, *, besides: Besides) -> list[Step]:
    return [
        step
        for traces in _traces(upload, kind)
        for step in _some_others(kind, traces, besides=besides)
    ]


def _some_others(
    kind: TraceKind, traces: dict[int, RosterTrace], *, besides: Besides
) -> Iterator[Step]:
    now = images(kind, traces)
    made = {pk for pk in now if traces[pk].before is None}
    used = hanging_on(MODELS[kind], made, besides=besides)
    if kind is TraceKind.PERSON:
        signed_in = User.objects.filter(pk__in=made, last_login__isnull=False)
        used |= set(signed_in.values_list("pk", flat=True))
    for pk, image in now.items():
        yield Step(kind, pk, _deed_of_other(traces[pk], image, is_used=pk in used))


def _deed_of_other(trace: RosterTrace, now: Image, *, is_used: bool) -> Deed:
    if now != trace.after:
        return Deed.KEEP_CHANGED
    if trace.before is not None:
        return Deed.RESTORE
    return Deed.KEEP_USED if is_used else Deed.REMOVE


def _carry_out(upload: RosterUpload, plan: UndoPlan) -> None:
    touched = plan.pks(TraceKind.PLACEMENT, Deed.RESTORE, Deed.CANCEL)
    _restore_placements(upload, plan.pks(TraceKind.PLACEMENT, Deed.RESTORE))
    for some in batches(sorted(plan.pks(TraceKind.PLACEMENT, Deed.CANCEL)), BATCH):
        Placement.objects.filter(pk__in=some).update(status=PlacementStatus.CANCELLED)
    for kind in (TraceKind.EXCHANGE, TraceKind.PERSON):
        _restore(upload, kind, plan.pks(kind, Deed.RESTORE))
    for kind in REMOVED_IN_TURN:
        for some in batches(sorted(plan.pks(kind, Deed.REMOVE)), BATCH):
            MODELS[kind]._default_manager.filter(pk__in=some).delete()
    moved = plan.pks(TraceKind.EXCHANGE, Deed.RESTORE)
    states.mark(Placement.objects.filter(exchange__in=moved))
    for some in batches(sorted(touched), BATCH):
        states.mark(Placement.objects.filter(pk__in=some))


def _restore_placements(upload: RosterUpload, pks: set[int]) -> None:
    for some in batches(sorted(pks), BATCH):
        before = dict(_before(upload, TraceKind.PLACEMENT, some))
        Placement.objects.bulk_create(
            [
                Placement(pk=pk, **{key: value for key, value in image.items() if key != LANGUAGES})
                for pk, image in before.items()
            ],
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=WRITTEN,
        )
        LanguageSkill.objects.filter(placement__in=some).delete()
        LanguageSkill.objects.bulk_create(
            LanguageSkill(placement_id=pk, language=language, cefr_level=level)
            for pk, image in before.items()
            for language, level in image[LANGUAGES]
        )


def _restore(upload: RosterUpload, kind: TraceKind, pks: set[int]) -> None:
    model = MODELS[kind]
    for some in batches(sorted(pks), BATCH):
        records = [model(pk=pk, **image) for pk, image in _before(upload, kind, some)]
        model._default_manager.bulk_update(records, FIELDS[kind])


def _before(upload: RosterUpload, kind: TraceKind, pks: Sequence[int]) -> list[tuple[int, Image]]:
    traces = upload.traces.filter(kind=kind, record_pk__in=pks, before__isnull=False)
    return [(one.record_pk, one.before or {}) for one in traces]
