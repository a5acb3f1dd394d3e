"""Reads Moodle XML, one question at a time. Plain Python."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from interop.questions import extras, names
from interop.questions.moodle.elements import Found, elements
from interop.questions.moodle.kinds import READERS
from interop.questions.moodle.parts import (
    Files,
    decimal_of,
    flag,
    old_picture,
    tags,
    text_of,
    words,
)
from interop.questions.problems import Fault, shown
from interop.questions.records import ONE, CannotReadError, Kind, LeftOut, ParsedQuestion, number
from interop.questions.texts import images_of

PENALTY = "0.3333333"
PENALTIES = frozenset({"0.3333333", "0.333333", "0.33333", "0.1", "0", "1"})
COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read(file: BinaryIO) -> Iterator[ParsedQuestion | LeftOut]:
    """Yield every question of the file, or why it cannot be taken over.

    Raises:
        UnreadableFileError: the file as a whole cannot be read.
    """
    category = ""
    for found in elements(file):
        if found.element.get("type") == "category":
            category = names.category(text_of(found.element, "category"))
            continue
        question = _read(found)
        if isinstance(question, ParsedQuestion):
            question = replace(question, category=category)
        yield question


def _read(found: Found) -> ParsedQuestion | LeftOut:
    element = found.element
    kind = element.get("type") or ""
    name = " ".join(text_of(element, "name").split())
    label = name or words(element.find("questiontext"))
    if kind not in READERS:
        return LeftOut(found.line, shown(label), shown(kind), Fault.UNKNOWN_KIND, shown(kind))
    try:
        return _question(element, kind, name, found.line)
    except CannotReadError as error:
        if kind == Kind.DESCRIPTION:
            return LeftOut(found.line, shown(label), kind, Fault.DESCRIPTION)
        return LeftOut(found.line, shown(label), shown(kind), error.fault, error.detail)


def _question(element: Element, kind: str, name: str, line: int) -> ParsedQuestion:
    files = Files()
    # Gaps are read with the kind, before anything else takes the stem for a text.
    made = READERS[kind](element, files)
    stem = made.pop("stem", None)
    if stem is None:
        stem = files.html(element.find("questiontext"))
    stem += old_picture(element, files)
    own = extras.read(element.findtext(extras.OWN) or "")
    kept = {**_kept(element, files), **made.pop("kept", {}), **own.pop("kept", {})}
    return ParsedQuestion(
        line=line,
        name=name or names.from_stem(stem),
        is_named=bool(name),
        stem=stem,
        feedback=files.html(element.find("generalfeedback")),
        hints=tuple(filter(None, (files.html(hint) for hint in element.findall("hint")))),
        idnumber=text_of(element, "idnumber"),
        files=tuple(files.found.values()),
        kept=kept,
        remarks=(*made.pop("remarks", ()), *_remarks(element)),
        **{"tags": tags(element), "mark": _mark(element, made), **made, **own},
    )


def _mark(element: Element, made: Mapping[str, Any]) -> Decimal:
    """A text with gaps is worth what its gaps are, where it does not say so itself."""
    mark = decimal_of(element, "defaultgrade")
    if mark is None:
        mark = sum((gap.mark for gap in made.get("gaps", ())), Decimal(0))
    return mark if mark > 0 else ONE


def _remarks(element: Element) -> Iterator[Fault]:
    mark = decimal_of(element, "defaultgrade")
    if mark is not None and mark <= 0:
        yield Fault.NO_MARK


def _kept(element: Element, files: Files) -> dict[str, Any]:
    """What the bank has no place for; an export gives it back."""
    kept: dict[str, Any] = {}
    penalty = decimal_of(element, "penalty")
    if penalty is not None and number(penalty) not in PENALTIES:
        kept["penalty"] = number(penalty)
    if flag(element, "hidden"):
        kept["hidden"] = True
    if element.find("shuffleanswers") is not None and not flag(element, "shuffleanswers"):
        kept["in_order"] = True
    combined = [_words_only(element.find(name)) for name in COMBINED]
    if any(combined):
        kept["combined"] = combined
    return kept


def _words_only(element: Element | None) -> str:
    """Return a feedback that is kept aside; with a picture it is not kept."""
    if element is None or element.find("file") is not None:
        return ""
    html = Files().html(element)
    return "" if images_of(html) else html
