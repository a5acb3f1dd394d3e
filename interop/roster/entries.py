"""What one row of a roster says. Plain Python."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

USUAL_ACTIVITY = {
    "student": "student-studies",
    "faculty": "staff-teaching",
    "staff": "staff-training",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row that can be read. None means that the file does not say: nothing changes."""

    row: int
    participant_kind: str
    given_names: str
    family_name: str
    email: str
    sending_ounit: str
    programme: str
    receiving_academic_year: str
    start_date: dt.date
    end_date: dt.date
    omobility_id: UUID | None = None
    global_id: str | None = None
    sending_hei: str | None = None
    receiving_hei: str | None = None
    receiving_hei_name: str | None = None
    receiving_country: str | None = None
    receiving_ounit: str | None = None
    receiving_time_zone: str | None = None
    iia_id: str | None = None
    sending_academic_term: str | None = None
    non_standard_period: bool | None = None
    leaves_home_on: dt.date | None = None
    activity_type: str | None = None
    activity_attributes: str | None = None
    status: str | None = None
    eqf_level: int | None = None
    isced_f_code: str | None = None
    languages: tuple[tuple[str, str], ...] | None = None
    destination_country: str | None = None

    @property
    def term(self) -> str:
        """The academic term; empty for a period outside the terms."""
        return self.sending_academic_term or ""

    @property
    def usual_activity(self) -> str:
        """What people of this kind go for if nobody says otherwise."""
        return USUAL_ACTIVITY[self.participant_kind]
