"""The file of an exchange, and of one person on it, as the office prints and keeps it.

Both are made from the frozen report that page, CSV and XLSX show, and say when that was.
What was decided after `as_of` is not in them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.text import get_valid_filename, slugify

from library.printing import to_pdf
from readiness.enums import Occasion
from readiness.lines import RequirementLine
from readiness.models import Approval, Extension, Snapshot, StateChange, Waiver
from readiness.shapes import Cell, ExchangeReadiness, PlacementReadiness
from readiness.timeline import entries
from readiness.verdicts import PlacementState
from readiness.wording import STATE_LABELS

MOST_PEOPLE = 300
"""People in one file: more take longer to typeset than a request should."""
COLUMNS_ACROSS = 14
"""Requirements side by side on A4 across; what is asked beyond them follows in a table below."""
CHANGES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Who signed off what of whom; `what` is empty for the person as a whole."""

    name: str
    what: str
    by: str
    at: dt.datetime
    note: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """Who lacks a requirement for the same reason."""

    requirement: RequirementLine
    status: str
    turn: str
    why: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the columns for everybody."""

    requirements: tuple[RequirementLine, ...]
    rows: tuple[tuple[PlacementReadiness, tuple[Cell | None, ...]], ...]


def exchange_pdf(shown: ExchangeReadiness, *, chosen_by: Sequence[str] = ()) -> bytes:
    """`chosen_by` says in words by what the people in it were chosen; empty for everybody.

    Two queries. Raises as `library.printing.to_pdf`.
    """
    return _pdf(
        "readiness/files/exchange.html",
        report=shown,
        as_of=shown.as_of,
        chosen_by=chosen_by,
        states=[(STATE_LABELS[one], shown.counts[one]) for one in PlacementState],
        parts=list(parts(shown)),
        lacking=lacking(shown),
        signed_off=signed_off(shown),
    )


def placement_pdf(one: PlacementReadiness, *, as_of: dt.datetime) -> bytes:
    """Four queries. Raises as `library.printing.to_pdf`."""
    return _pdf(
        "readiness/files/placement.html",
        one=one,
        as_of=as_of,
        snapshots=_by_then(
            Snapshot.objects.filter(placement=one.placement_id, taken_at__lte=as_of)
            .defer("content")
            .select_related("taken_by", "revoked_by"),
            "revoked_at",
            as_of,
        ),
        waivers=_by_then(
            Waiver.objects.filter(placement=one.placement_id, granted_at__lte=as_of)
            .select_related("granted_by", "withdrawn_by")
            .order_by("-granted_at", "-pk"),
            "withdrawn_at",
            as_of,
        ),
        extensions=_by_then(
            Extension.objects.filter(placement=one.placement_id, asked_at__lte=as_of)
            .select_related("decided_by")
            .order_by("-asked_at", "-pk"),
            "decided_at",
            as_of,
        ),
        timeline=list(
            entries(
                StateChange.objects.filter(
                    placement=one.placement_id, noticed_at__lte=as_of
                ).order_by("-noticed_at", "-pk")[:CHANGES_SHOWN]
            )
        ),
    )


def placement_file_name(one: PlacementReadiness, *, as_of: dt.datetime) -> str:
    who = slugify(one.participant_name, allow_unicode=True) or str(one.omobility_id)
    return get_valid_filename(f"readiness-{who}-{as_of:%Y-%m-%d}.pdf")


def parts(shown: ExchangeReadiness) -> Iterator[Part]:
    """The matrix in tables that fit across a page."""
    for start in range(0, len(shown.requirements), COLUMNS_ACROSS):
        some = shown.requirements[start : start + COLUMNS_ACROSS]
        rows = tuple(
            (one, tuple(one.cell(column.key) for column in some)) for one in shown.placements
        )
        yield Part(some, rows)


def lacking(shown: ExchangeReadiness) -> list[Lacking]:
    """What is missing, most often missing first; of that the reason of most people first."""
    names: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for person in shown.active:
        for cell in person.missing:
            key = (cell.requirement.key, cell.status_label, cell.turn_label, cell.verdict.why)
            names[key].append(person.participant_name)
    order = {one.requirement.key: place for place, one in enumerate(shown.missing)}
    lines = {one.key: one for one in shown.requirements}
    found = sorted(names.items(), key=lambda one: (order[one[0][0]], -len(one[1]), one[0]))
    return [
        Lacking(lines[key], status, turn, why, tuple(people))
        for (key, status, turn, why), people in found
    ]


def signed_off(shown: ExchangeReadiness) -> list[SignedOff]:
    """What stood at that time, by name: people as a whole first, then single requirements."""
    names = {one.placement_id: one.participant_name for one in shown.placements}
    whole = Snapshot.objects.filter(
        _standing("revoked_at", shown.as_of),
        placement__in=names,
        occasion=Occasion.SIGN_OFF,
        taken_at__lte=shown.as_of,
    )
    single = Approval.objects.filter(
        _standing("withdrawn_at", shown.as_of),
        placement__in=names,
        approved_at__lte=shown.as_of,
    )
    found = [
        SignedOff(names[one.placement_id], "", str(one.taken_by), one.taken_at, one.note)
        for one in whole.defer("content").select_related("taken_by")
    ]
    found += [
        SignedOff(
            names[one.placement_id], one.subject, str(one.approved_by), one.approved_at, one.note
        )
        for one in single.select_related("approved_by")
    ]
    places = {name: place for place, name in enumerate(names.values())}
    return sorted(found, key=lambda one: (places[one.name], one.what, one.at))


def _standing(field: str, as_of: dt.datetime) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__gt": as_of})


def _by_then(records: Iterable[Any], field: str, as_of: dt.datetime) -> list[tuple[Any, bool]]:
    """Each record, and whether what `field` dates had come about by then."""
    found = []
    for one in records:
        moment = getattr(one, field)
        found.append((one, moment is not None and moment <= as_of))
    return found


def _pdf(template: str, **context: Any) -> bytes:
    return to_pdf(render_to_string(template, context))
