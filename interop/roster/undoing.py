"""Undoes an import in short transactions: others save in between, and it survives its process.

It begins once, when all that may not be undone has been shown, and then goes on to the end:
each record is looked at again under lock and has its turn together with its trace. Whoever
finds an undo that was broken off goes on with the traces that are left.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Model
from django.db.models.sql import DeleteQuery

from exchanges.enums import PlacementStatus
from exchanges.models import LanguageSkill, Placement
from interop.roster.applying import wait_for_other_imports
from interop.roster.models import RosterTrace, RosterUpload, TraceKind
from interop.roster.parsing import MAX_ROWS
from interop.roster.tracing import FIELDS, LANGUAGES, MODELS, Image
from interop.roster.undo_planning import (
    Deed,
    Step,
    Traces,
    UndoPlan,
    first_traces,
    plan_undo,
    steps_of,
)
from interop.roster.written import WRITTEN
from people.models import User
from readiness import states
from readiness.models import StateRow

UNDONE_WITHIN = dt.timedelta(days=30)
ROWS_AT_ONCE = 1000
"""Rows of lists that are made anew in the request that ends an undo."""
AT_ONCE = 500
"""Records that have their turn in one transaction."""
STEPS = 8
"""Transactions of one request or one run of the job, so that others have their turn, too."""
IN_TURN = (TraceKind.PLACEMENT, TraceKind.EXCHANGE, TraceKind.PARTNER, TraceKind.PERSON)
"""What hangs on another record goes before it."""


class CannotUndoError(Exception):
    """The import is undone already or about to be, or its traces are not kept any more."""


class UndoChangedError(Exception):
    """What is recorded has changed since the undo was looked at."""


def can_undo(upload: RosterUpload, *, at: dt.datetime) -> bool:
    """For 30 days, and once."""
    is_fresh = upload.applied_at is not None and at < upload.applied_at + UNDONE_WITHIN
    is_untouched = upload.undo_begun_at is None and upload.undone_at is None
    return is_fresh and is_untouched and upload.traces.exists()


def is_large(upload: RosterUpload) -> bool:
    """Whether looking at what undoing does takes so long that it is left to the command."""
    written = upload.summary.get("created", 0) + upload.summary.get("updated", 0)
    return bool(written > MAX_ROWS)


def left(upload: RosterUpload) -> int:
    """How many records still wait for their turn."""
    return upload.traces.count()


def forget_old_traces(*, at: dt.datetime) -> None:
    """Delete the traces of imports that nobody can undo any more; what is begun is finished."""
    RosterTrace.objects.filter(
        upload__applied_at__lte=at - UNDONE_WITHIN, upload__undo_begun_at=None
    ).delete()


def begin(
    upload: RosterUpload,
    *,
    expected: str,
    actor: User,
    at: dt.datetime,
    plan: UndoPlan | None = None,
) -> None:
    """Begin with what was shown; nothing is taken back yet.

    Args:
        expected: fingerprint of the plan that was shown.
        plan: what undoing would do now; without it, it is made here, outside of any
            transaction. It must be the same.
        actor: whose undo it is; only placements of their offices are touched.

    Raises:
        CannotUndoError: it is undone or being undone already, or too long ago.
        UndoChangedError: something has changed since it was shown.
    """
    if not can_undo(upload, at=at):
        raise CannotUndoError
    plan = plan or plan_undo(upload, actor=actor)
    if plan.fingerprint != expected:
        raise UndoChangedError
    with transaction.atomic():
        kept = _locked(upload.pk)
        if not can_undo(kept, at=at):
            raise CannotUndoError
        kept.undo_begun_at, kept.undone_by = at, actor
        kept.save(update_fields=["undo_begun_at", "undone_by"])


def go_on(upload: RosterUpload, *, at: dt.datetime) -> bool:
    """Take the next steps of an undo that has begun; say whether it is finished."""
    for _number in range(STEPS):
        if not step(upload.pk, at=at):
            states.keep(at=at, most=ROWS_AT_ONCE)
            return True
    return False


def carry_on(*, at: dt.datetime) -> int:
    """Go on with undoings begun in the CMS, first begun first; a job of `PERIODIC_JOBS`.

    Large ones are left to the command, which others wait for less. Returns the number of steps.
    """
    waiting = RosterUpload.objects.being_undone().defer("content").order_by("undo_begun_at", "pk")
    done = 0
    for upload in waiting:
        while done < STEPS and not is_large(upload) and step(upload.pk, at=at):
            done += 1
    return done


@transaction.atomic
def step(pk: int, *, at: dt.datetime) -> bool:
    """Give the next records their turn; without any left the undo is over, and it says False."""
    upload = _locked(pk)
    if not upload.is_being_undone or upload.undone_by is None:
        return False
    for kind in IN_TURN:
        if traces := first_traces(upload, kind, most=AT_ONCE):
            _lock(MODELS[kind], traces)
            steps = steps_of(kind, traces, actor=upload.undone_by)
            _carry_out(kind, traces, steps)
            upload.traces.filter(kind=kind, record_pk__in=list(traces)).delete()
            upload.undone = dict(Counter(upload.undone) + Counter(UndoPlan(tuple(steps)).figures))
            upload.save(update_fields=["undone"])
            return True
    upload.undone_at = at
    upload.save(update_fields=["undone_at"])
    return False


def _locked(pk: int) -> RosterUpload:
    wait_for_other_imports()
    uploads = RosterUpload.objects.defer("content").select_for_update(of=["self"])
    return uploads.select_related("undone_by").get(pk=pk)


def _lock(model: type[Model], pks: Traces) -> None:
    """From here on nobody hangs anything on these records."""
    records = model._default_manager.select_for_update().filter(pk__in=list(pks))
    list(records.order_by("pk").values_list("pk"))


def _carry_out(kind: TraceKind, traces: Traces, steps: Sequence[Step]) -> None:
    pks: dict[Deed, list[int]] = {}
    for one in steps:
        pks.setdefault(one.deed, []).append(one.pk)
    if gone := pks.get(Deed.REMOVE):
        _remove(kind, gone)
    if cancelled := pks.get(Deed.CANCEL):
        Placement.objects.filter(pk__in=cancelled).update(status=PlacementStatus.CANCELLED)
        states.mark(Placement.objects.filter(pk__in=cancelled))
    if back := {pk: traces[pk].before or {} for pk in pks.get(Deed.RESTORE, ())}:
        _restore(kind, back)


def _remove(kind: TraceKind, pks: list[int]) -> None:
    """Nothing but what is derived hangs on these records.

    Of a person some ninety kinds of things may hang: they have just been asked for, and are
    not gathered once more.
    """
    records = MODELS[kind]._default_manager.filter(pk__in=pks)
    if kind is not TraceKind.PERSON:
        records.delete()
        return
    StateRow.objects.filter(participant__in=pks).delete()
    StateRow.objects.filter(coordinator__in=pks).update(coordinator=None)
    User.groups.through.objects.filter(user__in=pks).delete()
    DeleteQuery(User).delete_batch(pks, records.db)


def _restore(kind: TraceKind, before: dict[int, Image]) -> None:
    if kind is TraceKind.PLACEMENT:
        _restore_placements(before)
        states.mark(Placement.objects.filter(pk__in=list(before)))
        return
    model = MODELS[kind]
    records = [model(pk=pk, **image) for pk, image in before.items()]
    model._default_manager.bulk_update(records, FIELDS[kind])
    if kind is TraceKind.EXCHANGE:
        states.mark(Placement.objects.filter(exchange__in=list(before)))


def _restore_placements(before: dict[int, Image]) -> None:
    Placement.objects.bulk_create(
        [
            Placement(pk=pk, **{key: value for key, value in image.items() if key != LANGUAGES})
            for pk, image in before.items()
        ],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=WRITTEN,
    )
    LanguageSkill.objects.filter(placement__in=list(before)).delete()
    LanguageSkill.objects.bulk_create(
        LanguageSkill(placement_id=pk, language=language, cefr_level=level)
        for pk, image in before.items()
        for language, level in image[LANGUAGES]
    )
