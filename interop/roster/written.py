"""The fields that an import writes into records that are there already."""

from exchanges.models import Placement

WRITTEN = (
    "participant",
    "exchange",
    "office",
    "audience",
    "status",
    "activity_type",
    "activity_attributes",
    "own_start_date",
    "own_end_date",
    "leaves_home_on",
    "own_country",
    "receiving_ounit",
    "iia_id",
    "eqf_level",
    "isced_f_code",
)
"""The fields of a placement that an import writes."""
MOVED = ("start_date", "end_date")
NAMED = ("first_name", "last_name", "global_id")
STAY_COLUMNS = tuple(Placement._meta.get_field(name).attname for name in WRITTEN)
"""The same as columns of the database."""
