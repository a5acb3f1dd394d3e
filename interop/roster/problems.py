"""What can be wrong with a roster: plain facts, without wording.

`interop.roster.messages` says each in words, and docs/roster-csv.md says the cure.
"""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    # The file as a whole.
    EMPTY_FILE = "empty-file"
    TOO_LARGE = "too-large"
    TOO_MANY_ROWS = "too-many-rows"
    NOT_A_TABLE = "not-a-table"
    MISSING_COLUMN = "missing-column"
    DUPLICATE_COLUMN = "duplicate-column"
    UNCLEAR_COLUMN = "unclear-column"
    BROKEN_XML = "broken-xml"
    NOT_MOBILITIES = "not-mobilities"
    AGAINST_SCHEMA = "against-schema"
    # A row's shape and its characters.
    BROKEN_ROW = "broken-row"
    TOO_MANY_CELLS = "too-many-cells"
    UNREADABLE_CHARACTER = "unreadable-character"
    CONTROL_CHARACTER = "control-character"
    CELL_TOO_LONG = "cell-too-long"
    # One value.
    MISSING_VALUE = "missing-value"
    BAD_EMAIL = "bad-email"
    BAD_MOBILITY_ID = "bad-mobility-id"
    BAD_DATE = "bad-date"
    AMBIGUOUS_DATE = "ambiguous-date"
    IMPOSSIBLE_DATE = "impossible-date"
    UNLIKELY_YEAR = "unlikely-year"
    UNKNOWN_WORD = "unknown-word"
    UNKNOWN_COUNTRY = "unknown-country"
    UNKNOWN_TIME_ZONE = "unknown-time-zone"
    BAD_ACADEMIC_YEAR = "bad-academic-year"
    BAD_TERM = "bad-term"
    BAD_EQF_LEVEL = "bad-eqf-level"
    BAD_ISCED_CODE = "bad-isced-code"
    BAD_LANGUAGE = "bad-language"
    BAD_INSTITUTION_ID = "bad-institution-id"
    # A row's sense.
    ENDS_BEFORE_IT_STARTS = "ends-before-it-starts"
    LEAVES_AFTER_START = "leaves-after-start"
    TERM_OR_PERIOD = "term-or-period"
    ACTIVITY_OF_OTHERS = "activity-of-others"
    NO_HOST = "no-host"
    HOST_NEEDS_COUNTRY = "host-needs-country"
    # Rows against each other.
    SAME_MOBILITY_TWICE = "same-mobility-twice"
    SAME_STAY_TWICE = "same-stay-twice"
    TWO_NAMES = "two-names"
    TWO_STUDENT_IDS = "two-student-ids"
    STUDENT_ID_SHARED = "student-id-shared"
    TWO_HOSTS = "two-hosts"
    # A row against what is recorded.
    UNKNOWN_OFFICE = "unknown-office"
    OTHER_OFFICE = "other-office"
    OTHER_SENDER = "other-sender"
    UNKNOWN_PROGRAMME = "unknown-programme"
    OWN_INSTITUTION = "own-institution"
    HOST_IN_OTHER_COUNTRY = "host-in-other-country"
    HOST_NAME_TAKEN = "host-name-taken"
    HOST_NEEDS_NAME = "host-needs-name"
    HOST_NEEDS_TIME_ZONE = "host-needs-time-zone"
    CLOSED_ACCOUNT = "closed-account"
    STUDENT_ID_OF_OTHER = "student-id-of-other"
    OTHER_STUDENT_ID = "other-student-id"
    MOBILITY_OF_OTHER = "mobility-of-other"
    MOBILITY_ELSEWHERE = "mobility-elsewhere"
    ON_EXCHANGE_ALREADY = "on-exchange-already"
    # Remarks that refuse nothing.
    UNKNOWN_COLUMN = "unknown-column"
    NAME_KEPT = "name-kept"
    TIME_ZONE_KEPT = "time-zone-kept"


REMARKS = frozenset({Fault.UNKNOWN_COLUMN, Fault.NAME_KEPT, Fault.TIME_ZONE_KEPT})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place.

    Attributes:
        row: number of the row as a spreadsheet shows it; the header is row 1, 0 is the file.
        column: name of the column; empty for the whole row.
        value: what stands there, cut to a readable length.
        detail: what the message needs besides, such as the words allowed.
    """

    fault: Fault
    row: int = 0
    column: str = ""
    value: str = ""
    detail: str = ""

    @property
    def is_remark(self) -> bool:
        return self.fault in REMARKS


SHOWN_LENGTH = 80


def shown(value: str) -> str:
    """Return the value as a message can show it: on one line, printable, not too long."""
    text = "".join(character if character.isprintable() else "�" for character in value)
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"
