"""Says in words what is wrong with a roster, and what to do about it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interop.roster.problems import Fault, Problem

# Each pair: why, and what to do. %(value)s is the cell, %(column)s its column.
_WORDS: dict[Fault, tuple[Promise, Promise]] = {
    Fault.EMPTY_FILE: (
        _("The file has no rows."),
        _("Fill in at least one row below the header and upload the file again."),
    ),
    Fault.TOO_LARGE: (
        _("The file is larger than %(detail)s MB."),
        _("Split it into several files and import one after the other."),
    ),
    Fault.TOO_MANY_ROWS: (
        _("The file has more than %(detail)s rows."),
        _("Split it into several files and import one after the other."),
    ),
    Fault.NOT_A_TABLE: (
        _("The first row names none of the columns of a roster."),
        _(
            "Put the column names in the first row, as in the sample file. "
            "Save a workbook as “CSV UTF-8” first."
        ),
    ),
    Fault.MISSING_COLUMN: (
        _("The column %(column)s is missing."),
        _("Add the column and fill it in every row."),
    ),
    Fault.DUPLICATE_COLUMN: (
        _("The column %(column)s stands in the header more than once."),
        _("Keep the right one and remove the others."),
    ),
    Fault.UNCLEAR_COLUMN: (
        _(
            "“%(column)s” can mean two days: leaving home, or leaving the host "
            "(as in Erasmus Without Paper)."
        ),
        _(
            "Name the first day of the stay start_date, its last day end_date, "
            "and the day of leaving home leaves_home_on."
        ),
    ),
    Fault.BROKEN_XML: (
        _("The XML cannot be read (%(value)s)."),
        _("Save the answer of your mobility system again, whole and unchanged."),
    ),
    Fault.NOT_MOBILITIES: (
        _("The XML holds “%(value)s”, not outgoing mobilities."),
        _("Ask for the answer of the EWP outgoing mobilities API, version 2 (get)."),
    ),
    Fault.AGAINST_SCHEMA: (
        _("The schema of EWP outgoing mobilities does not allow %(column)s like this."),
        _("Correct it in the system that the file comes from, and save the file again."),
    ),
    Fault.BROKEN_ROW: (
        _("A quotation mark stands in the wrong place, or one is missing."),
        _("Close every quotation mark, and write one inside a cell twice."),
    ),
    Fault.TOO_MANY_CELLS: (
        _("The row has more cells than the header, from “%(value)s” on."),
        _("Put a cell that holds the separator between quotation marks."),
    ),
    Fault.UNREADABLE_CHARACTER: (
        _("A character of this cell was lost when the file was saved."),
        _("Write the cell anew and save the file as “CSV UTF-8”."),
    ),
    Fault.CONTROL_CHARACTER: (
        _("The cell holds a character that cannot be printed."),
        _("Write the cell anew."),
    ),
    Fault.CELL_TOO_LONG: (
        _("The cell has more than %(detail)s characters."),
        _("Shorten it; if it looks right, look for a missing quotation mark above."),
    ),
    Fault.MISSING_VALUE: (
        _("The cell is empty, and every row needs it."),
        _("Fill it in."),
    ),
    Fault.BAD_EMAIL: (
        _("This is not an e-mail address."),
        _("Write one address, such as ana@university.example."),
    ),
    Fault.BAD_MOBILITY_ID: (
        _("A mobility ID is a UUID of 36 characters."),
        _("Copy it again from your mobility system, or leave the cell empty."),
    ),
    Fault.BAD_DATE: (
        _("This is not a date that can be read."),
        _("Write it as 2027-01-31."),
    ),
    Fault.AMBIGUOUS_DATE: (
        _("This date means different days in different countries."),
        _("Write it as 2027-01-31."),
    ),
    Fault.IMPOSSIBLE_DATE: (
        _("There is no such day in the calendar."),
        _("Correct the day or the month."),
    ),
    Fault.UNLIKELY_YEAR: (
        _("The year is not within %(detail)s."),
        _("Correct the year."),
    ),
    Fault.UNKNOWN_WORD: (
        _("This word is not known here."),
        _("Write one of: %(detail)s."),
    ),
    Fault.UNKNOWN_COUNTRY: (
        _("No country has this code."),
        _("Write the two-letter code (ISO 3166-1), such as SE for Sweden."),
    ),
    Fault.UNKNOWN_TIME_ZONE: (
        _("No time zone has this name."),
        _("Write the name as in Europe/Stockholm."),
    ),
    Fault.BAD_ACADEMIC_YEAR: (
        _("This is not an academic year."),
        _("Write it as 2026/2027; southern hosts also as 2027/2027."),
    ),
    Fault.BAD_TERM: (
        _("This is not an academic term."),
        _("Write it as 2026/2027-1/2: the first of two terms."),
    ),
    Fault.BAD_EQF_LEVEL: (
        _("EQF levels are whole numbers from 1 to 8."),
        _("Write 6 for bachelor, 7 for master, 8 for doctorate, or leave the cell empty."),
    ),
    Fault.BAD_ISCED_CODE: (
        _("A field of study (ISCED-F) has four digits."),
        _("Write all four, such as 0311; spreadsheets like to drop the first zero."),
    ),
    Fault.BAD_LANGUAGE: (
        _("These are not languages with levels."),
        _("Write each language once with its level from A1 to C2: sv:B2;en:C1."),
    ),
    Fault.BAD_INSTITUTION_ID: (
        _("This is not an institution's ID."),
        _("Write its internet domain (SCHAC code), such as uw.edu.pl."),
    ),
    Fault.ENDS_BEFORE_IT_STARTS: (
        _("The stay ends before it starts on %(detail)s."),
        _("Correct one of the two dates: start_date is the first day at the host."),
    ),
    Fault.LEAVES_AFTER_START: (
        _("Leaving home on %(value)s is after the stay starts on %(detail)s."),
        _("Correct leaves_home_on: it is the day of leaving home, not of coming back."),
    ),
    Fault.TERM_OR_PERIOD: (
        _("The row says both a term (%(value)s) and a period outside the terms."),
        _("Empty sending_academic_term, or write “no” here."),
    ),
    Fault.ACTIVITY_OF_OTHERS: (
        _("“%(value)s” is not something that a participant of the kind “%(detail)s” does."),
        _("Correct activity_type or participant_kind."),
    ),
    Fault.NO_HOST: (
        _("The row names no host institution."),
        _("Fill in receiving_hei, or receiving_hei_name and receiving_country."),
    ),
    Fault.HOST_NEEDS_COUNTRY: (
        _("The host is not recorded yet, and its country is needed."),
        _("Fill in receiving_country."),
    ),
    Fault.HOST_NEEDS_NAME: (
        _("No partner has the ID %(detail)s yet, and a new one needs a name."),
        _("Fill in receiving_hei_name, or correct receiving_hei."),
    ),
    Fault.HOST_NEEDS_TIME_ZONE: (
        _("The host is not recorded yet, and its country (%(detail)s) has several time zones."),
        _("Fill in receiving_time_zone, such as America/Toronto."),
    ),
    Fault.SAME_MOBILITY_TWICE: (
        _("Row %(detail)s has the same mobility ID."),
        _("Give each stay its own ID, or remove one of the rows."),
    ),
    Fault.SAME_STAY_TWICE: (
        _("Row %(detail)s means the same stay of the same person."),
        _("Remove one of the rows."),
    ),
    Fault.TWO_NAMES: (
        _("Row %(detail)s gives the same e-mail address to a person of another name."),
        _("Write the name alike in both rows, or correct the address."),
    ),
    Fault.TWO_STUDENT_IDS: (
        _("Row %(detail)s gives this person another European Student Identifier."),
        _("Keep the right one in both rows."),
    ),
    Fault.STUDENT_ID_SHARED: (
        _("Row %(detail)s gives the same European Student Identifier to somebody else."),
        _("Correct the identifier, or use one e-mail address for this person."),
    ),
    Fault.TWO_HOSTS: (
        _("Earlier rows describe this new host otherwise, as “%(detail)s”."),
        _("Write receiving_hei, name and country alike in all rows."),
    ),
    Fault.UNKNOWN_OFFICE: (
        _("No office has this code."),
        _("Write a code from Exchanges → Offices, or ask an administrator to add the office."),
    ),
    Fault.OTHER_OFFICE: (
        _("You do not answer for this office."),
        _("Leave this row to a coordinator of that office."),
    ),
    Fault.OTHER_SENDER: (
        _("The office belongs to %(detail)s."),
        _("Correct sending_hei or sending_ounit."),
    ),
    Fault.UNKNOWN_PROGRAMME: (
        _("No programme has this code; known are: %(detail)s."),
        _("Correct the code, or add the programme under Exchanges → Programmes first."),
    ),
    Fault.OWN_INSTITUTION: (
        _("The host is your own institution."),
        _("Write the institution that people go to."),
    ),
    Fault.HOST_IN_OTHER_COUNTRY: (
        _("This host is recorded in %(detail)s."),
        _(
            "Correct receiving_hei or receiving_country; for a stay in another country "
            "use destination_country."
        ),
    ),
    Fault.HOST_NAME_TAKEN: (
        _("A partner of this name is recorded with another ID or none (%(detail)s)."),
        _("Correct receiving_hei, or add the ID under Exchanges → Institutions."),
    ),
    Fault.CLOSED_ACCOUNT: (
        _("The account with this address is closed."),
        _("Ask an administrator to open it again, or correct the address."),
    ),
    Fault.STUDENT_ID_OF_OTHER: (
        _("This European Student Identifier belongs to an account with another address."),
        _("If the person's address has changed, ask an administrator to change the account."),
    ),
    Fault.OTHER_STUDENT_ID: (
        _("The account with this address has another European Student Identifier."),
        _("Correct global_id or email; an administrator can change the account."),
    ),
    Fault.MOBILITY_OF_OTHER: (
        _("This mobility ID belongs to somebody else."),
        _("Correct omobility_id or email; a changed address is changed by an administrator."),
    ),
    Fault.MOBILITY_ELSEWHERE: (
        _("This stay is recorded by an office that you do not answer for."),
        _("Ask that office, or an administrator, to change it."),
    ),
    Fault.ON_EXCHANGE_ALREADY: (
        _("This person is on this exchange already, with the mobility ID %(detail)s."),
        _("Use that ID, or leave omobility_id empty."),
    ),
    Fault.UNKNOWN_COLUMN: (
        _("The column “%(column)s” is not known and is passed over."),
        _("Nothing, unless you expected it to be read: compare with the sample file."),
    ),
    Fault.NAME_KEPT: (
        _("There is an account with this address already; its name and identifier stay."),
        _("If they should change, ask the person or an administrator."),
    ),
    Fault.TIME_ZONE_KEPT: (
        _("The exchange stays in its time zone, %(detail)s."),
        _("If that is wrong, change it under Exchanges → Exchanges."),
    ),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A problem in the words of the reader's language."""

    row: str
    column: str
    value: str
    reason: str
    cure: str


def explain(problem: Problem) -> Message:
    reason, cure = _WORDS[problem.fault]
    words = {"value": problem.value, "column": problem.column, "detail": problem.detail or "–"}
    return Message(
        row=str(problem.row or ""),
        column=problem.column,
        value=problem.value,
        reason=str(reason) % words,
        cure=str(cure) % words,
    )
