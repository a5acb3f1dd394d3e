"""What a change of plan would make of everybody concerned: shown before, written down after."""

import datetime as dt
from collections.abc import Sequence

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from readiness.demands import Demands, demands
from readiness.effects import Impact, effect
from readiness.gathering import SHOWN
from readiness.replanning.plans import parts
from readiness.replanning.proposals import Proposal, applied
from readiness.report import BY_NAME, Detail, fold_read


def preview(proposal: Proposal, *, at: dt.datetime, asked: Demands | None = None) -> Impact:
    """Compare how people stand at `at` under both plans; the same queries for any number.

    Who is cancelled and stays so is not looked at. `asked` stands in for what is asked.
    """
    rows = list(proposal.concerned().select_related(*SHOWN).order_by(*BY_NAME))
    return _compare(*_alive(rows, applied(rows, proposal)), asked or demands(as_of=at), at)


def _alive(
    before: Sequence[Placement], after: Sequence[Placement]
) -> tuple[list[Placement], list[Placement]]:
    gone = PlacementStatus.CANCELLED
    pairs = zip(before, after, strict=True)
    alive = [(one, other) for one, other in pairs if not one.status == other.status == gone]
    return [one for one, _other in alive], [other for _one, other in alive]


def _compare(
    before: list[Placement], after: list[Placement], asked: Demands, at: dt.datetime
) -> Impact:
    old = fold_read(before, as_of=at, asked=asked, detail=Detail.STATUS)
    new = fold_read(after, as_of=at, asked=asked, detail=Detail.STATUS)
    plans = [tuple(parts(one, other)) for one, other in zip(before, after, strict=True)]
    found = [effect(*three) for three in zip(old, new, plans, strict=True)]
    return Impact(len(before), tuple(one for one in found if one is not None))
