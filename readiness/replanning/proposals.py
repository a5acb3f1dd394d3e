"""A change of plan before it is made: what is to be written where, and whether it fits."""

import copy
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exchanges.enums import PlacementStatus
from exchanges.models import Exchange, Institution, Placement
from exchanges.models.placements import PlacementQuerySet
from readiness.dates import has_passed
from readiness.errors import AlreadyThereError, LeftError, MisfitError, NothingNewError
from readiness.gathering import SHOWN

Fields = Mapping[str, tuple[Any, Any]]
"""Names of columns, each with its value before and after, as JSON can keep them."""

OF_EXCHANGE = ("start_date", "end_date", "host_id", "destination_country", "stay_form")
OF_PLACEMENT = (
    "exchange_id",
    "own_start_date",
    "own_end_date",
    "leaves_home_on",
    "own_country",
    "own_stay_form",
    "status",
)
OWN = {
    "start_date": ("own_start_date", "start_date"),
    "end_date": ("own_end_date", "end_date"),
    "destination_country": ("own_country", "country"),
    "stay_form": ("own_stay_form", "stay_form"),
}
"""For what an exchange says: the placement's own column, and what holds for it."""


@dataclass(frozen=True)
class Proposal:
    """What would be written: to the exchange, and to placements by their id."""

    exchange: Exchange | None = None
    fields: Fields = field(default_factory=dict)
    placements: Mapping[int, Fields] = field(default_factory=dict)

    @property
    def inverse(self) -> "Proposal":
        """What makes it undone."""
        return Proposal(
            self.exchange,
            _swapped(self.fields),
            {pk: _swapped(fields) for pk, fields in self.placements.items()},
        )

    def concerned(self) -> PlacementQuerySet:
        """Everybody whose plan it may change."""
        found = Placement.objects.filter(pk__in=list(self.placements))
        if self.exchange is not None:
            found |= Placement.objects.filter(exchange=self.exchange)
        return found


def _swapped(fields: Fields) -> Fields:
    return {name: (after, before) for name, (before, after) in fields.items()}


def plain(value: Any) -> Any:
    """A column's value as JSON can keep it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def differing(record: Exchange | Placement, wanted: Mapping[str, Any]) -> Fields:
    """Those of the wanted values that are not there yet."""
    found = {name: (plain(getattr(record, name)), plain(value)) for name, value in wanted.items()}
    return {name: both for name, both in found.items() if both[0] != both[1]}


def write(record: Exchange | Placement, fields: Fields) -> None:
    """Set the columns of a record in memory."""
    for name, (_before, after) in fields.items():
        column: Any = record._meta.get_field(name.removesuffix("_id"))
        setattr(record, name, column.to_python(after))


def for_exchange(
    exchange: Exchange,
    wanted: Mapping[str, Any],
    *,
    at: dt.datetime,
    cancels: bool = False,
    includes_abroad: bool = False,
    moves_own: bool = True,
) -> Proposal:
    """The change of a whole exchange, by the columns of `OF_EXCHANGE`.

    Who has left home keeps the plan, in own columns, unless it `includes_abroad`. Own days
    go along by as many days as the exchange's where it `moves_own`.

    Raises:
        LeftError: if the host changes and somebody who has left would keep the old one.

    And as `checked` does.
    """
    fields = differing(exchange, wanted)
    people = Placement.objects.active().filter(exchange=exchange)
    rows = list(people.select_related(*SHOWN).order_by("pk"))
    placements: dict[int, Fields] = {}
    for one in rows:
        own: dict[str, Any] = {}
        if not includes_abroad and has_left(one, at=at):
            if "host_id" in fields:
                raise LeftError
            own = {mine: getattr(one, held) for mine, held in _kept(fields)}
        else:
            own = dict(_moved(one, fields)) if moves_own else {}
            own |= {"status": PlacementStatus.CANCELLED} if cancels else {}
        if written := differing(one, own):
            placements[one.pk] = written
    return checked(Proposal(exchange, fields, placements), rows)


def for_placements(placements: PlacementQuerySet, wanted: Mapping[str, Any]) -> Proposal:
    """The same change, by the columns of `OF_PLACEMENT`, for each of these people.

    Raises: as `checked` does.
    """
    rows = list(placements.select_related(*SHOWN).order_by("pk"))
    found = {one.pk: differing(one, wanted) for one in rows}
    return checked(Proposal(placements={pk: own for pk, own in found.items() if own}), rows)


def moved_to(exchange: Exchange) -> dict[str, Any]:
    """What moving to another exchange writes: own days and country were about the old one."""
    return {
        "exchange_id": exchange.pk,
        "own_start_date": None,
        "own_end_date": None,
        "leaves_home_on": None,
        "own_country": "",
        "own_stay_form": "",
    }


def has_left(placement: Placement, *, at: dt.datetime) -> bool:
    return has_passed(placement.departs_on, at=at, time_zone=placement.office.time_zone)


def _kept(fields: Fields) -> Iterator[tuple[str, str]]:
    return (OWN[name] for name in fields if name in OWN)


def _moved(one: Placement, fields: Fields) -> Iterator[tuple[str, dt.date]]:
    """Own days, as many days later as those of the exchange they hang on."""
    pairs = {"own_start_date": "start_date", "leaves_home_on": "start_date"}
    for mine, its in (pairs | {"own_end_date": "end_date"}).items():
        day = getattr(one, mine)
        if day and its in fields:
            before, after = map(dt.date.fromisoformat, fields[its])
            yield mine, day + (after - before)


def checked(proposal: Proposal, rows: Sequence[Placement]) -> Proposal:
    """The proposal, if it can be made.

    Raises:
        NothingNewError: if it changes nothing.
        AlreadyThereError: if somebody is on the other exchange already; with the names.
        MisfitError: if somebody's days would not fit together; with the names.
        ValidationError: if the exchange could not be as it is wished for.
    """
    if not (proposal.fields or proposal.placements):
        raise NothingNewError
    if proposal.exchange is not None:
        wished(proposal.exchange, proposal.fields).validate_constraints()
    if there := _already_there(rows, proposal):
        raise AlreadyThereError(there)
    misfits = [str(one.participant) for one in applied(rows, proposal) if not _fits(one)]
    if misfits:
        raise MisfitError(misfits)
    return proposal


def wished(exchange: Exchange, fields: Fields) -> Exchange:
    """A copy of the exchange as it would be."""
    one = copy.copy(exchange)
    write(one, fields)
    return one


def _already_there(rows: Sequence[Placement], proposal: Proposal) -> list[str]:
    """The names of those who would be twice on one exchange."""
    own = proposal.placements
    targets = {pk: own[pk]["exchange_id"][1] for pk in own if "exchange_id" in own[pk]}
    if not targets:
        return []
    people = [one.participant_id for one in rows if one.pk in targets]
    there = Placement.objects.filter(exchange__in=set(targets.values()), participant__in=people)
    pairs = set(there.values_list("participant", "exchange"))
    found = (one for one in rows if (one.participant_id, targets.get(one.pk)) in pairs)
    return [str(one.participant) for one in found]


def _fits(one: Placement) -> bool:
    return one.departs_on <= one.start_date <= one.end_date


def applied(rows: Sequence[Placement], proposal: Proposal) -> list[Placement]:
    """Copies of the placements as they would be; `rows` came with what `SHOWN` names."""
    hosts = Institution.objects.in_bulk(_ids("host_id", proposal.fields))
    ids = _ids("exchange_id", *proposal.placements.values())
    others = Exchange.objects.select_related("programme", "host").in_bulk(ids)
    found = []
    for row in rows:
        one = copy.copy(row)
        one.exchange = copy.copy(row.exchange)
        if proposal.exchange is not None and row.exchange_id == proposal.exchange.pk:
            write(one.exchange, proposal.fields)
            one.exchange.host = hosts.get(one.exchange.host_id, row.exchange.host)
        own = proposal.placements.get(row.pk, {})
        write(one, own)
        if "exchange_id" in own:
            one.exchange = others[own["exchange_id"][1]]
        found.append(one)
    return found


def _ids(name: str, *some: Fields) -> set[int]:
    return {fields[name][1] for fields in some if name in fields}
