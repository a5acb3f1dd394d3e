"""Plans the undoing of an import: what it made goes, what it changed is as it was.

What somebody has worked with since stays: a record that was changed after the import is
kept as it is, and a placement with facts of its own is cancelled, which keeps them.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from exchanges.enums import PlacementStatus
from exchanges.models import Exchange, Placement
from interop.roster.hanging import Besides, hanging_on
from interop.roster.models import RosterTrace, RosterUpload, TraceKind
from interop.roster.tracing import BATCH, MODELS, Image, images
from people.models import User

Traces = dict[int, RosterTrace]
"""What the import did to records of one kind, by their keys."""


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


def plan_undo(upload: RosterUpload, *, actor: User) -> UndoPlan:
    """What undoing would do now; only placements of the actor's offices are touched."""
    placements = list(_all_steps(upload, TraceKind.PLACEMENT, actor=actor))
    gone: Besides = {Placement: _removed(placements)}
    exchanges = list(_all_steps(upload, TraceKind.EXCHANGE, actor=actor, besides=gone))
    without: Besides = {Exchange: _removed(exchanges)}
    partners = _all_steps(upload, TraceKind.PARTNER, actor=actor, besides=without)
    people = _all_steps(upload, TraceKind.PERSON, actor=actor, besides=gone)
    return UndoPlan((*placements, *exchanges, *partners, *people))


def _removed(steps: Iterable[Step]) -> set[int]:
    return {step.pk for step in steps if step.deed is Deed.REMOVE}


def first_traces(upload: RosterUpload, kind: TraceKind, *, most: int, after: int = 0) -> Traces:
    """The traces of one kind with the lowest keys that come `after` that one."""
    coming = upload.traces.filter(kind=kind, record_pk__gt=after).order_by("record_pk")
    return {one.record_pk: one for one in coming[:most]}


def steps_of(
    kind: TraceKind, traces: Traces, *, actor: User, besides: Besides | None = None
) -> list[Step]:
    """What becomes of these records as they stand now; those that are gone are left out.

    Args:
        besides: by model, the keys of records that are as good as gone.
    """
    if kind is TraceKind.PLACEMENT:
        return _placements(traces, actor)
    return list(_others(kind, traces, besides=besides or {}))


def _all_steps(
    upload: RosterUpload, kind: TraceKind, *, actor: User, besides: Besides | None = None
) -> Iterator[Step]:
    last = 0
    while traces := first_traces(upload, kind, most=BATCH, after=last):
        last = max(traces)
        yield from steps_of(kind, traces, actor=actor, besides=besides)


def _placements(traces: Traces, actor: User) -> list[Step]:
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


def _clashing(traces: Traces, now: dict[int, Image]) -> set[int]:
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


def _others(kind: TraceKind, traces: Traces, *, besides: Besides) -> Iterator[Step]:
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
