"""From an EWP mobility file to the same rows that a roster has. Plain Python.

Read is what servers answer to `omobilities` (get, version 2), checked against
`schema/omobilities-2.xsd`. Two names mislead: EWP's planned *arrival* is the day on which
the stay starts, its planned *departure* the day on which the student leaves the *host*,
and so the last day of the stay. Neither is the day of leaving home.

Birth date, citizenship, gender, photo, addresses and telephone are not read.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from xmlschema import (
    XMLSchema,
    XMLSchemaChildrenValidationError,
    XMLSchemaValidationError,
)

from interop.roster.parsing import MAX_BYTES, MAX_ROWS, Sheet, SheetRow
from interop.roster.problems import Fault, Problem, shown

SCHEMA = Path(__file__).parent / "schema" / "omobilities-2.xsd"
EWP = (
    "https://github.com/erasmus-without-paper/ewp-specs-api-omobilities"
    "/blob/stable-v2/endpoints/get-response.xsd"
)
ROOT = f"{{{EWP}}}omobilities-get-response"
MOBILITY = f"{{{EWP}}}student-mobility"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_PROBLEMS = 1000
BEGINNING = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<")
PLACE = re.compile(r"student-mobility\[(\d+)\]")

# Each column of a roster, and where in a mobility its cell stands.
CELLS = {
    "sending_hei": "sending-hei/hei-id",
    "sending_ounit": "sending-hei/ounit-id",
    "receiving_hei": "receiving-hei/hei-id",
    "receiving_ounit": "receiving-hei/ounit-id",
    "iia_id": "sending-hei/iia-id",
    "sending_academic_term": "sending-academic-term-ewp-id",
    "receiving_academic_year": "receiving-academic-year-id",
    "global_id": "student/global-id",
    "email": "student/email",
    "status": "status",
    "activity_type": "activity-type",
    "activity_attributes": "activity-attributes",
    "start_date": "planned-arrival-date",
    "end_date": "planned-departure-date",
    "isced_f_code": "nominee-isced-f-code",
}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for each mobility of a file that does not say it: codes as in a roster."""

    programme: str = ""
    sending_ounit: str = ""


def is_xml(content: bytes) -> bool:
    return bool(BEGINNING.match(content[:1000]))


def parse_mobilities(content: bytes, defaults: Defaults) -> Sheet:
    """Return a row for each mobility and every problem with the file's form; never raises.

    The number of a row is the mobility's place in the file, counted from 1.
    """
    if len(content) > MAX_BYTES:
        return _refused(Fault.TOO_LARGE, detail=str(MAX_BYTES // 1024 // 1024))
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        return _refused(Fault.BROKEN_XML, value=shown(str(error)))
    if root.tag != ROOT:
        return _refused(Fault.NOT_MOBILITIES, value=shown(root.tag.rpartition("}")[2]))
    mobilities = root.findall(MOBILITY)
    if not mobilities:
        return _refused(Fault.EMPTY_FILE)
    if len(mobilities) > MAX_ROWS:
        return _refused(Fault.TOO_MANY_ROWS, detail=str(MAX_ROWS))
    wrong: dict[int, list[Problem]] = defaultdict(list)
    for problem in _departures_from_the_schema(root):
        wrong[problem.row].append(problem)
    rows = tuple(
        SheetRow(number, _cells(mobility, defaults), tuple(wrong.get(number, ())))
        for number, mobility in enumerate(mobilities, start=1)
    )
    return Sheet(tuple(wrong.get(0, ())), encoding="EWP omobilities 2", read=lambda: rows)


def _refused(fault: Fault, *, value: str = "", detail: str = "") -> Sheet:
    return Sheet((Problem(fault, value=value, detail=detail),))


@cache
def _schema() -> XMLSchema:
    return XMLSchema(SCHEMA, allow="local", defuse="always")


def _departures_from_the_schema(root: Element) -> Iterator[Problem]:
    """Yield what the schema does not allow, each once and with its mobility's number."""
    seen: set[tuple[int, str]] = set()
    for error in _schema().iter_errors(root):
        place = PLACE.search(error.path or "")
        number = int(place[1]) if place else 0
        name = _element_of(error)
        if (number, name) not in seen and len(seen) < MOST_PROBLEMS:
            seen.add((number, name))
            yield Problem(Fault.AGAINST_SCHEMA, number, name, shown(_what_stands_there(error)))


def _what_stands_there(error: XMLSchemaValidationError) -> str:
    """The element's text; of one that misses something inside, what the schema expects."""
    if isinstance(error, XMLSchemaChildrenValidationError):
        return (error.reason or "").replace(f"{{{EWP}}}", "").rpartition(". ")[2]
    return ((error.elem.text or "") if error.elem is not None else "").strip()


def _element_of(error: XMLSchemaValidationError) -> str:
    """The name of the element that a path such as `/a/{https://ns/x}b[2]` leads to."""
    last = (error.path or "").rpartition("}")[2] or (error.path or "")
    return str(last.rpartition("/")[2].rpartition(":")[2].partition("[")[0])


def _cells(mobility: Element, defaults: Defaults) -> dict[str, str]:
    cells = {column: _text(mobility, path) for column, path in CELLS.items()}
    cells |= {
        "participant_kind": "student",
        "programme": defaults.programme,
        "omobility_id": _mobility_id(_text(mobility, "omobility-id")),
        "given_names": _in_latin_letters(mobility, "student/given-names"),
        "family_name": _in_latin_letters(mobility, "student/family-name"),
        "eqf_level": _text(mobility, "eqf-level-studied-at-departure")
        or _text(mobility, "eqf-level-studied-at-nomination"),
        "languages": _languages(mobility),
    }
    if mobility.find(_path("non-standard-mobility-period")) is not None:
        cells["non_standard_period"] = "yes"
    cells["sending_ounit"] = cells["sending_ounit"] or defaults.sending_ounit
    return {column: text for column, text in cells.items() if text}


def _path(path: str) -> str:
    return "/".join(f"{{{EWP}}}{name}" for name in path.split("/"))


def _text(mobility: Element, path: str) -> str:
    return " ".join(mobility.findtext(_path(path), "").split())


def _mobility_id(identifier: str) -> str:
    """Return the identifier if it is a UUID, as EWP advises; ours are made for the others.

    Such a mobility is known again by its person and its stay.
    """
    try:
        return str(UUID(identifier))
    except ValueError:
        return ""


def _in_latin_letters(mobility: Element, path: str) -> str:
    """Return the name that has no language of its own: EWP's first, in Latin letters."""
    found: list[Any] = mobility.findall(_path(path))
    plain = [name for name in found if XML_LANGUAGE not in name.attrib] or found
    return " ".join((plain[0].text or "").split()) if plain else ""


def _languages(mobility: Element) -> str:
    skills = {}
    for skill in mobility.findall(_path("nominee-language-skill")):
        level = skill.findtext(_path("cefr-level"), "").strip()
        if level:
            skills[skill.findtext(_path("language"), "").strip()] = level
    return ";".join(f"{language}:{level}" for language, level in skills.items())
