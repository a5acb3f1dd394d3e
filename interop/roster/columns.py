"""The columns of a roster, named after Erasmus Without Paper."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, whether every row must fill it, and its other names."""

    name: str
    required: bool = False
    also: tuple[str, ...] = ()


COLUMNS = (
    Column("omobility_id"),
    Column("participant_kind", required=True),
    Column("given_names", required=True),
    Column("family_name", required=True),
    Column("email", required=True),
    Column("global_id", also=("esi",)),
    Column("sending_hei", also=("sending_hei_id",)),
    Column("sending_ounit", required=True, also=("sending_ounit_id",)),
    Column("receiving_hei", also=("receiving_hei_id",)),
    Column("receiving_hei_name"),
    Column("receiving_country"),
    Column("receiving_ounit", also=("receiving_ounit_id",)),
    Column("receiving_time_zone"),
    Column("iia_id"),
    Column("programme", required=True),
    Column("receiving_academic_year", required=True, also=("receiving_academic_year_id",)),
    Column("sending_academic_term", also=("sending_academic_term_ewp_id",)),
    Column("non_standard_period", also=("non_standard_mobility_period",)),
    # EWP's planned arrival is the first day of the stay, its planned departure the last.
    Column("start_date", required=True, also=("planned_arrival_date",)),
    Column("end_date", required=True, also=("planned_departure_date",)),
    Column("leaves_home_on"),
    Column("activity_type"),
    Column("activity_attributes"),
    Column("status"),
    Column("eqf_level", also=("eqf_level_studied_at_departure",)),
    Column("isced_f_code", also=("nominee_isced_f_code",)),
    Column("languages", also=("nominee_language_skill",)),
    Column("destination_country"),
)

NAMES = tuple(column.name for column in COLUMNS)
REQUIRED = tuple(column.name for column in COLUMNS if column.required)
HOST_COLUMNS = ("receiving_hei", "receiving_hei_name")

# People mean the day of leaving home, EWP means the day of leaving the host.
UNCLEAR = frozenset({"departure_date", "departure", "arrival_date", "arrival"})

_BY_ANY_NAME = {name: column.name for column in COLUMNS for name in (column.name, *column.also)}


def normal(heading: str) -> str:
    """Return a heading without the differences that mean nothing: case, spaces, hyphens."""
    return "_".join(heading.replace("-", " ").replace("_", " ").casefold().split())


def known(heading: str) -> str | None:
    """Return the column that a heading means, or None."""
    return _BY_ANY_NAME.get(normal(heading))
