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
from interop.questions.texts import plain

LEAST = 2
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
    by_word = {words(answer).lower(): answer for answer in question.findall("answer")}
    if set(by_word) != {"true", "false"}:
        raise CannotReadError(Fault.TOO_FEW_ANSWERS, str(LEAST))
    found = tuple(
        Answer(word, share_of(by_word[word]), files.html(by_word[word].find("feedback")))
        for word in ("true", "false")
    )
    return {"kind": Kind.TRUE_FALSE, "answers": found}


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
        raise CannotReadError(Fault.NOT_A_NUMBER)
    units = tuple(
        (text_of(unit, "unit_name"), decimal_of(unit, "multiplier") or Decimal(1))
        for unit in question.iterfind("units/unit")
    )
    return {"kind": Kind.NUMERIC, "answers": tuple(found), "units": units}


def _matching(question: Element, files: Files) -> dict[str, Any]:
    pairs = []
    for line in question.findall("subquestion"):
        prompt, answer = files.html(line), text_of(line, "answer")
        if prompt or answer:
            pairs.append(Pair(prompt, plain(answer) if "<" in answer else answer))
    return {"kind": Kind.MATCHING, "pairs": _enough(tuple(pairs))}


def _ordering(question: Element, files: Files) -> dict[str, Any]:
    lines = sorted(question.findall("answer"), key=_place)
    return {"kind": Kind.ORDERING, "order": _enough(tuple(files.html(line) for line in lines))}


def _place(answer: Element) -> Decimal:
    return decimal(answer.get("fraction") or "0")


def _essay(question: Element, files: Files) -> dict[str, Any]:
    if count_of(question, "attachmentsrequired"):
        raise CannotReadError(Fault.CANNOT_BE_HELD, "attachments")
    found: dict[str, Any] = {
        "kind": Kind.OPEN,
        "marking_guide": files.html(question.find("graderinfo")),
        "least_words": count_of(question, "minwordlimit"),
        "most_words": count_of(question, "maxwordlimit"),
    }
    template = files.html(question.find("responsetemplate"))
    return found | ({"kept": {"template": template}} if template else {})


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
        choices = ((plain(words(item)), text_of(item, "group")) for item in question.findall(name))
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
