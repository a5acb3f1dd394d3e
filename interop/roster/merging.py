"""A row laid over what is recorded: an empty cell never takes anything away. Plain Python."""

import datetime as dt
from collections import Counter
from dataclasses import fields

from interop.roster.known import StayValues
from interop.roster.matching import Match
from interop.roster.plans import Change

Dates = tuple[dt.date, dt.date]

FIRST_STATUS = "nomination"
CANCELLED = "cancelled"
COLUMNS = tuple(field.name for field in fields(StayValues))


def as_text(value: object) -> str:
    """Return a value as a roster file writes it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(":".join(skill) for skill in value)
    return str(value)


def status_of(found: Match) -> str:
    """Return the status that the placement will have."""
    return found.entry.status or (found.stay.values.status if found.stay else FIRST_STATUS)


def merged(found: Match, country: str) -> StayValues:
    """Return the placement as it will be.

    Args:
        found: a match that is not refused.
        country: where the exchange goes, unless this person goes elsewhere.
    """
    entry, before = found.entry, found.stay.values if found.stay else None
    own_country = found.stay.own_country if found.stay else ""
    return StayValues(
        sending_ounit=found.office.code if found.office else "",
        programme=found.key.programme,
        receiving_hei=found.key.partner,
        receiving_academic_year=found.key.academic_year,
        sending_academic_term=found.key.term,
        participant_kind=entry.participant_kind,
        status=status_of(found),
        start_date=entry.start_date,
        end_date=entry.end_date,
        leaves_home_on=entry.leaves_home_on or (before.leaves_home_on if before else None),
        destination_country=entry.destination_country or own_country or country,
        receiving_ounit=entry.receiving_ounit or (before.receiving_ounit if before else ""),
        iia_id=entry.iia_id or (before.iia_id if before else ""),
        activity_type=entry.activity_type
        or (before.activity_type if before else entry.usual_activity),
        activity_attributes=entry.activity_attributes
        or (before.activity_attributes if before else ""),
        eqf_level=entry.eqf_level or (before.eqf_level if before else None),
        isced_f_code=entry.isced_f_code or (before.isced_f_code if before else ""),
        languages=entry.languages or (before.languages if before else ()),
    )


def changes(found: Match, after: StayValues) -> tuple[Change, ...]:
    """Return column by column what the row changes; a new placement has no changes."""
    if not found.stay:
        return ()
    found_changes = [*_person_changes(found)]
    for column in COLUMNS:
        old, new = getattr(found.stay.values, column), getattr(after, column)
        if old != new:
            found_changes.append(Change(column, as_text(old), as_text(new)))
    return tuple(found_changes)


def _person_changes(found: Match) -> list[Change]:
    if not found.person or not found.account or not found.person.is_changed:
        return []
    return [
        Change(column, as_text(old), as_text(new))
        for column in ("given_names", "family_name", "global_id")
        if (old := getattr(found.account, column)) != (new := getattr(found.person, column))
    ]


def common_dates(dates: Counter[Dates]) -> Dates:
    """Return first and last day that most rows share; of equals the earliest."""
    return min(dates, key=lambda pair: (-dates[pair], pair))
