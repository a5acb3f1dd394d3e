"""What each kind of question in Moodle XML says beyond the parts that all share. Plain Python."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

from interop.questions.gift.answers import decimal
from interop.questions.moodle import gaps
from interop.questions.moodle.parts import (
    Files,
    answers,
    count_of,
    decimal_of,
    flag,
    share_of,
    text_of,
    words,
)
from interop.questions.problems import Fault
from interop.questions.records import Answer, CannotReadError, Kind, Pair, number
from interop.questions.texts import from_plain, in_one_language, picked, plain

LEAST = 2
TRUE_FALSE = ("true", "false")
ONLY_FILES = "noinline"
NONE = frozenset({"", "0"})
ALL_LINES = frozenset({"", "0", "ALL"})
ALL_OR_NOTHING = "all_or_nothing"

Reader = Callable[[Element, Files], dict[str, Any]]


def _multichoice(question: Element, files: Files) -> dict[str, Any]:
    found = _enough(answers(question, files))
    is_single = question.find("single") is None or flag(question, "single")
    return {"kind": Kind.SINGLE if is_single else Kind.MULTIPLE, "answers": found}


def _multichoice_set(question: Element, files: Files) -> dict[str, Any]:
    """The plugin "all or nothing"."""
    found = _enough(answers(question, files))
    return {"kind": Kind.MULTIPLE, "answers": found, "extras": {"scoring": ALL_OR_NOTHING}}


def _true_or_false(question: Element, files: Files) -> dict[str, Any]:
    """Old files have words of their own language, the true one first."""
    lines = [(plain(words(answer)), answer) for answer in question.findall("answer")]
    said = [word.lower() for word, _answer in lines]
    if len(lines) != LEAST or said[0] == said[1]:
        raise CannotReadError(Fault.TOO_FEW_ANSWERS, str(LEAST))
    if said[0] == "false" or said[1] == "true":
        lines.reverse()
    found = tuple(
        Answer(usual, share_of(answer), files.html(answer.find("feedback")))
        for usual, (_word, answer) in zip(TRUE_FALSE, lines, strict=True)
    )
    made: dict[str, Any] = {"kind": Kind.TRUE_FALSE, "answers": found}
    if not set(said) & set(TRUE_FALSE):
        made["extras"] = {"words": [from_plain(word) for word, _answer in lines]}
    return made


def _short_answer(question: Element, files: Files) -> dict[str, Any]:
    found = answers(question, files, are_html=False)
    accepted = tuple(answer for answer in found if answer.text)
    if not accepted:
        raise CannotReadError(Fault.TOO_FEW_ANSWERS, "1")
    is_case_sensitive = flag(question, "usecase")
    return {
        "kind": Kind.SHORT_TEXT,
        "answers": accepted,
        "is_case_sensitive": is_case_sensitive,
    }


def _numerical(question: Element, files: Files) -> dict[str, Any]:
    found = []
    for answer in question.findall("answer"):
        value = words(answer)
        feedback = files.html(answer.find("feedback"))
        if value == "*":
            found.append(Answer("*", share_of(answer), feedback))
            continue
        tolerance = abs(decimal_of(answer, "tolerance") or Decimal(0))
        found.append(Answer(number(decimal(value)), share_of(answer), feedback, tolerance))
    if not found:
        raise CannotReadError(Fault.TOO_FEW_ANSWERS, "1")
    units = tuple(
        (text_of(unit, "unit_name"), decimal_of(unit, "multiplier") or Decimal(1))
        for unit in question.iterfind("units/unit")
    )
    return {"kind": Kind.NUMERIC, "answers": tuple(found), "units": units}


def _matching(question: Element, files: Files) -> dict[str, Any]:
    pairs = []
    for line in question.findall("subquestion"):
        prompt, answer = files.html(line), in_one_language(text_of(line, "answer"))
        if prompt or answer:
            pairs.append(Pair(prompt, picked(answer) if "<" in answer else answer))
    return {"kind": Kind.MATCHING, "pairs": _enough(tuple(pairs))}


def _ordering(question: Element, files: Files) -> dict[str, Any]:
    lines = sorted(question.findall("answer"), key=_place)
    order = _enough(tuple(files.html(line) for line in lines))
    is_part = 0 < (count_of(question, "selectcount") or 0) < len(order)
    takes_all = text_of(question, "selecttype").upper() in ALL_LINES
    remarks = (Fault.ALL_LINES,) if is_part and not takes_all else ()
    return {"kind": Kind.ORDERING, "order": order, "remarks": remarks}


def _place(answer: Element) -> Decimal:
    return decimal(answer.get("fraction") or "0")


def _essay(question: Element, files: Files) -> dict[str, Any]:
    takes_files_only = text_of(question, "responseformat") == ONLY_FILES
    if takes_files_only or count_of(question, "attachmentsrequired"):
        raise CannotReadError(Fault.CANNOT_BE_HELD, "attachments")
    found: dict[str, Any] = {
        "kind": Kind.OPEN,
        "marking_guide": files.html(question.find("graderinfo")),
        "least_words": count_of(question, "minwordlimit"),
        "most_words": count_of(question, "maxwordlimit"),
    }
    template = files.html(question.find("responsetemplate"))
    if template:
        found["kept"] = {"template": template}
    if text_of(question, "attachments") not in NONE:
        found["remarks"] = (Fault.ATTACHMENTS,)
    return found


def _cloze(question: Element, files: Files) -> dict[str, Any]:
    element = question.find("questiontext")
    stem, found, is_case_sensitive = gaps.read(words(element))
    return {
        "kind": Kind.GAPS,
        "stem": files.html(element, stem),
        "gaps": found,
        "is_case_sensitive": is_case_sensitive,
    }


def _choices(name: str) -> Reader:
    def reader(question: Element, files: Files) -> dict[str, Any]:
        stem = files.html(question.find("questiontext"))
        choices = ((picked(words(item)), text_of(item, "group")) for item in question.findall(name))
        found = gaps.from_choices(stem, choices)
        return {"kind": Kind.GAPS, "stem": gaps.renumbered(stem), "gaps": found}

    return reader


def _description(_question: Element, _files: Files) -> dict[str, Any]:
    return {"kind": Kind.DESCRIPTION}


def _enough(found: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(found) < LEAST:
        raise CannotReadError(Fault.TOO_FEW_ANSWERS, str(LEAST))
    return found


READERS: Mapping[str, Reader] = {
    "multichoice": _multichoice,
    "multichoiceset": _multichoice_set,
    "truefalse": _true_or_false,
    "shortanswer": _short_answer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ddmatch": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "cloze": _cloze,
    "multianswer": _cloze,
    "gapselect": _choices("selectoption"),
    "ddwtos": _choices("dragbox"),
    "description": _description,
}
