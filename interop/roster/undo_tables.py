"""How undoing an import is shown in the CMS: how many records of each kind, and which."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, Table

from exchanges.models import Placement
from interop.roster.models import RosterUpload, TraceKind
from interop.roster.undo_planning import Deed, UndoPlan

SHOWN_ROWS = 200
DEEDS = {
    Deed.REMOVE: _("Made by the import: removed"),
    Deed.RESTORE: _("Changed by the import: put back as before"),
    Deed.CANCEL: _("Made by the import, with facts since: cancelled, the facts stay"),
    Deed.KEEP_CHANGED: _("Changed by somebody since: kept as it is"),
    Deed.KEEP_USED: _("Used by something else by now: kept"),
    Deed.KEEP_OTHERS: _("Of an office that is not yours: kept"),
    Deed.KEEP_CLASHING: _("Cannot go back to its former exchange: kept as it is"),
}


def count_table(plan: UndoPlan) -> Table:
    return _counts(plan.figures)


def undone_table(upload: RosterUpload) -> Table:
    """What was done when the import was undone, or has been done so far."""
    return _counts(upload.undone)


def _counts(counts: Mapping[str, int]) -> Table:
    rows = [
        {"kind": kind.label, "deed": DEEDS[deed], "number": counts[f"{kind}:{deed}"]}
        for kind in TraceKind
        for deed in Deed
        if f"{kind}:{deed}" in counts
    ]
    columns = [
        Column("kind", label=_("Record")),
        Column("deed", label=_("What happens")),
        Column("number", label=_("How many")),
    ]
    return Table(columns, rows, caption=_("What undoing does"))


def placement_table(plan: UndoPlan) -> Table:
    """The first placements with what becomes of each, those that are kept first."""
    steps = [step for step in plan.steps if step.kind is TraceKind.PLACEMENT]
    steps.sort(key=lambda step: (step.deed.is_done, step.pk))
    return _placements((step.pk, step.deed) for step in steps[:SHOWN_ROWS])


def _placements(steps: Iterable[tuple[int, Deed]]) -> Table:
    deeds = dict(steps)
    found = Placement.objects.select_related("participant", "exchange__host").in_bulk(list(deeds))
    rows = [
        {"who": str(found[pk].participant), "where": str(found[pk].exchange), "deed": DEEDS[deed]}
        for pk, deed in deeds.items()
    ]
    columns = [
        Column("who", label=_("Person")),
        Column("where", label=_("Exchange")),
        Column("deed", label=_("What happens")),
    ]
    return Table(columns, rows, caption=_("Placements"))
