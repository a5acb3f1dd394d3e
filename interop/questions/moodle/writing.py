"""Writes Moodle XML that Moodle reads, and that this product reads back. Plain Python."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from html import escape
from typing import Any

from interop.questions import extras, names
from interop.questions.moodle import gaps
from interop.questions.moodle.reading import COMBINED, PENALTY
from interop.questions.records import Answer, File, Kind, ParsedQuestion, number
from interop.questions.shares import percent
from interop.questions.texts import images_of

START = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
END = "</quiz>\n"
TYPES: Mapping[Kind, str] = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.SITUATIONAL: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.SHORT_TEXT: "shortanswer",
    Kind.NUMERIC: "numerical",
    Kind.MATCHING: "matching",
    Kind.ORDERING: "ordering",
    Kind.OPEN: "essay",
    Kind.GAPS: "cloze",
}

SHUFFLED = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.SITUATIONAL, Kind.MATCHING})

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\r]")


def can_hold(question: ParsedQuestion) -> bool:
    """Whether Moodle XML has a kind for it."""
    return question.kind in TYPES


def category_element(name: str) -> str:
    path = _cdata(names.path(name))
    return (
        f'  <question type="category">\n    <category>\n      <text>{path}</text>\n'
        "    </category>\n  </question>\n"
    )


def write(question: ParsedQuestion) -> str:
    """Return the element of one question."""
    lines = [f'  <question type="{TYPES[question.kind]}">']
    lines += (f"    {line}" for line in _parts(question))
    lines.append("  </question>\n")
    return "\n".join(lines)


def _parts(question: ParsedQuestion) -> Iterator[str]:
    kept, files = question.kept, _Files(question.files)
    yield f"<name><text>{_cdata(question.name)}</text></name>"
    yield files.html("questiontext", _stem(question))
    yield files.html("generalfeedback", question.feedback)
    yield f"<defaultgrade>{number(question.mark)}</defaultgrade>"
    yield f"<penalty>{kept.get('penalty', PENALTY)}</penalty>"
    yield f"<hidden>{int(bool(kept.get('hidden')))}</hidden>"
    yield f"<idnumber>{_cdata(question.idnumber)}</idnumber>"
    yield from _KINDS[question.kind](question, files)
    for name, html in zip(COMBINED, kept.get("combined") or (), strict=False):
        yield files.html(name, str(html))
    yield from (files.html("hint", hint) for hint in question.hints)
    if question.tags:
        tags = "".join(f"<tag><text>{_cdata(tag)}</text></tag>" for tag in question.tags)
        yield f"<tags>{tags}</tags>"
    own = extras.written(_without_written(question), _also(question))
    if own:
        yield f"<{extras.OWN}>{_cdata(own)}</{extras.OWN}>"


def _also(question: ParsedQuestion) -> dict[str, Any]:
    return {"kind": question.kind if question.kind == Kind.SITUATIONAL else None}


def _without_written(question: ParsedQuestion) -> ParsedQuestion:
    """The question without what its elements say already."""
    said = {"penalty", "hidden", "combined", "template"}
    if question.kind in SHUFFLED:
        said.add("in_order")
    kept = {name: value for name, value in question.kept.items() if name not in said}
    return ParsedQuestion(question.kind, extras=question.extras, kept=kept)


def _stem(question: ParsedQuestion) -> str:
    if question.kind != Kind.GAPS:
        return question.stem
    return gaps.written(question.stem, question.gaps, is_case_sensitive=question.is_case_sensitive)


class _Files:
    """Writes each text with the pictures that it shows."""

    def __init__(self, files: Iterable[File]) -> None:
        self.by_name = {file.name: file for file in files}

    def html(self, name: str, text: str, *, attributes: str = "", inside: str = "") -> str:
        """Return an element of a text; `inside` stands behind the text."""
        shown = dict.fromkeys(image for image, _alt in images_of(text))
        files = "".join(
            f'<file name="{escape(self.by_name[image].name)}" path="/" encoding="base64">'
            f"{self.by_name[image].as_base64}</file>"
            for image in shown
            if image in self.by_name
        )
        start = f'<{name}{attributes} format="html">'
        return f"{start}<text>{_cdata(text)}</text>{files}{inside}</{name}>"

    def answer(self, answer: Answer) -> str:
        return self.html(
            "answer",
            answer.text,
            attributes=_fraction(answer.share),
            inside=self.html("feedback", answer.feedback),
        )

    def plain_answer(self, answer: Answer, more: str = "") -> str:
        """Return an answer that people type; it has no format."""
        feedback = self.html("feedback", answer.feedback)
        text = f"<text>{_cdata(answer.text)}</text>"
        return f"<answer{_fraction(answer.share)}>{text}{feedback}{more}</answer>"


def _fraction(share: Decimal) -> str:
    return f' fraction="{percent(share)}"'


def _cdata(text: str) -> str:
    """Return text as it may stand in XML: in a CDATA section where it holds marks."""
    text = _FORBIDDEN.sub("", text)
    if not re.search("[<>&]", text):
        return text
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _shuffle(question: ParsedQuestion) -> str:
    word = "false" if question.kept.get("in_order") else "true"
    return f"<shuffleanswers>{word}</shuffleanswers>"


def _options(question: ParsedQuestion, files: _Files) -> Iterator[str]:
    is_single = question.kind != Kind.MULTIPLE
    yield f"<single>{'true' if is_single else 'false'}</single>"
    yield _shuffle(question)
    yield "<answernumbering>abc</answernumbering>"
    yield from (files.answer(answer) for answer in question.answers)


def _plain_answers(question: ParsedQuestion, files: _Files) -> Iterator[str]:
    if question.kind == Kind.SHORT_TEXT:
        yield f"<usecase>{int(question.is_case_sensitive)}</usecase>"
    yield from (files.plain_answer(answer) for answer in question.answers)


def _numbers(question: ParsedQuestion, files: _Files) -> Iterator[str]:
    for answer in question.answers:
        tolerance = f"<tolerance>{number(answer.tolerance)}</tolerance>"
        yield files.plain_answer(answer, tolerance)
    if question.units:
        units = (
            f"<unit><multiplier>{number(factor)}</multiplier>"
            f"<unit_name>{_cdata(name)}</unit_name></unit>"
            for name, factor in question.units
        )
        yield f"<units>{''.join(units)}</units>"


def _pairs(question: ParsedQuestion, files: _Files) -> Iterator[str]:
    yield _shuffle(question)
    for pair in question.pairs:
        answer = f"<answer><text>{_cdata(pair.answer)}</text></answer>"
        yield files.html("subquestion", pair.prompt, inside=answer)


def _order(question: ParsedQuestion, files: _Files) -> Iterator[str]:
    yield "<layouttype>VERTICAL</layouttype>"
    yield "<selecttype>ALL</selecttype>"
    yield "<selectcount>0</selectcount>"
    yield "<gradingtype>ABSOLUTE_POSITION</gradingtype>"
    for place, text in enumerate(question.order, start=1):
        yield files.html("answer", text, attributes=f' fraction="{place}"')


def _open(question: ParsedQuestion, files: _Files) -> Iterator[str]:
    yield "<responseformat>editor</responseformat>"
    yield "<responserequired>1</responserequired>"
    for name, words in (
        ("minwordlimit", question.least_words),
        ("maxwordlimit", question.most_words),
    ):
        if words:
            yield f"<{name}>{words}</{name}>"
    yield files.html("graderinfo", question.marking_guide)
    yield files.html("responsetemplate", str(question.kept.get("template", "")))


def _nothing(_question: ParsedQuestion, _files: _Files) -> Iterator[str]:
    return iter(())


_KINDS: Mapping[Kind, Callable[[ParsedQuestion, _Files], Iterator[str]]] = {
    Kind.SINGLE: _options,
    Kind.SITUATIONAL: _options,
    Kind.MULTIPLE: _options,
    Kind.TRUE_FALSE: _plain_answers,
    Kind.SHORT_TEXT: _plain_answers,
    Kind.NUMERIC: _numbers,
    Kind.MATCHING: _pairs,
    Kind.ORDERING: _order,
    Kind.OPEN: _open,
    Kind.GAPS: _nothing,
}
