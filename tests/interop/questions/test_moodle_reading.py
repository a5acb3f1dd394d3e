"""Moodle XML as it comes, and what must not be read."""

import io
from decimal import Decimal

import pytest

from interop.questions.moodle.elements import DEEPEST
from interop.questions.moodle.reading import read
from interop.questions.records import Kind, LeftOut, Pair, ParsedQuestion, UnreadableFileError
from tests.interop.questions.files import choice, file_element, png, xml


def found(text: str | bytes) -> list[ParsedQuestion | LeftOut]:
    return list(read(io.BytesIO(text.encode() if isinstance(text, str) else text)))


def one(kind: str, inside: str, stem: str = "Q") -> ParsedQuestion:
    text = f"<name><text>N</text></name><questiontext><text>{stem}</text></questiontext>"
    question = found(xml(f'<question type="{kind}">{text}{inside}</question>'))[0]
    assert isinstance(question, ParsedQuestion), question
    return question


def answer(text: str, fraction: str = "0", more: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{text}</text>{more}</answer>'


def test_a_choice_with_everything_around_it() -> None:
    more = (
        "<generalfeedback><text>G</text></generalfeedback><defaultgrade>2.0000000</defaultgrade>"
        "<penalty>0.25</penalty><idnumber>q7</idnumber><shuffleanswers>0</shuffleanswers>"
        "<hint><text>H</text></hint><tags><tag><text>t</text></tag></tags>"
        "<correctfeedback><text>Well done</text></correctfeedback>"
    )
    question = found(xml(choice("N", "<p>Who?</p>", more)))[0]

    assert isinstance(question, ParsedQuestion)
    assert (question.kind, question.stem, question.feedback) == (Kind.SINGLE, "<p>Who?</p>", "G")
    assert (question.mark, question.idnumber) == (Decimal(2), "q7")
    assert (question.hints, question.tags) == (("H",), ("t",))
    assert question.kept == {
        "penalty": "0.25",
        "in_order": True,
        "combined": ["Well done", "", ""],
    }


def test_the_other_kinds() -> None:
    short = one("shortanswer", answer("a", "100") + answer("b", "50") + "<usecase>1</usecase>")
    assert (short.kind, short.is_case_sensitive) == (Kind.SHORT_TEXT, True)
    number = one(
        "numerical",
        answer("3.5", "100", "<tolerance>0.1</tolerance>")
        + "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>",
    )
    assert number.answers[0].tolerance == Decimal("0.1")
    assert number.units == (("km", Decimal(1)),)
    pair = "<subquestion><text>{}</text><answer><text>{}</text></answer></subquestion>"
    assert one("matching", pair.format("a", "b") + pair.format("", "c")).pairs == (
        Pair("a", "b"),
        Pair("", "c"),
    )
    order = one("ordering", answer("second", "2.0000000") + answer("first", "1.0000000"))
    assert order.order == ("first", "second")
    essay = one(
        "essay",
        "<graderinfo><text>Look</text></graderinfo><minwordlimit>5</minwordlimit>"
        "<maxwordlimit>50</maxwordlimit>",
    )
    assert (essay.marking_guide, essay.least_words, essay.most_words) == ("Look", 5, 50)
    assert one("description", "").kind == Kind.DESCRIPTION


def test_gaps_of_three_kinds() -> None:
    cloze = one("cloze", "", "In {1:SHORTANSWER:=Rome#yes~%50%Roma} or {2:MC:~a~=b\\}c}.")
    assert cloze.stem == "In [[1]] or [[2]]."
    assert cloze.mark == Decimal(3)
    assert [gap.is_typed for gap in cloze.gaps] == [True, False]
    assert [gap.answers[-1].text for gap in cloze.gaps] == ["Roma", "b}c"]


@pytest.mark.parametrize(("kind", "box"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_gaps_that_are_picked_from_groups(kind: str, box: str) -> None:
    boxes = "".join(
        f"<{box}><text>{text}</text><group>{group}</group></{box}>"
        for text, group in (("bow", 1), ("door", 2), ("nod", 1), ("wall", 2))
    )
    select = one(kind, boxes, "They [[1]] at the [[4]].")
    assert select.stem == "They [[1]] at the [[2]]."
    assert [[(one.text, int(one.share)) for one in gap.answers] for gap in select.gaps] == [
        [("bow", 1), ("nod", 0)],
        [("door", 0), ("wall", 1)],
    ]


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        ('<question type="calculated"/>', "unknown-kind"),
        ('<question type="essay"><attachmentsrequired>1</attachmentsrequired></question>',
         "cannot-be-held"),
        ('<question type="multichoice"><answer fraction="x"/></question>', "not-a-share"),
        (('<question type="cloze"><questiontext><text>{1:NUMERICAL:=3:1}</text></questiontext>'
         "</question>"), "cannot-be-held"),
        (choice(stem='<img src="@@PLUGINFILE@@/gone.png">'), "missing-file"),
        (choice(stem='<a href="@@PLUGINFILE@@/a.pdf">a</a>'), "media"),
        (choice(stem='<iframe src="https://a.example"></iframe>'), "media"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_over_is_listed_with_its_line(question: str, fault: str) -> None:
    left = found(xml("\n", question, choice("Next")))

    assert isinstance(left[0], LeftOut)
    assert (left[0].line, left[0].fault) == (2, fault)
    assert isinstance(left[1], ParsedQuestion)


def test_pictures_travel_with_the_question_and_data_becomes_a_file() -> None:
    stem = '<img src="@@PLUGINFILE@@/a%20b.png" alt="A &amp; b">'
    question = found(xml(choice(stem=stem, files=[file_element("a b.png", png())])))[0]
    assert isinstance(question, ParsedQuestion)
    assert [file.name for file in question.files] == ["a b.png"]
    assert question.stem == '<img alt="A &amp; b" src="@@PLUGINFILE@@/a%20b.png">'

    data = file_element("x", png()).split(">")[1].split("<")[0]
    question = found(xml(choice(stem=f'<img alt="x" src="data:image/png;base64,{data}">')))[0]
    assert isinstance(question, ParsedQuestion)
    assert question.files[0].content == png()


def test_what_is_nearly_xml_is_mended() -> None:
    text = "\n\n" + xml(choice("A&nbsp;b\x0b"))
    question = found(text)[0]

    assert question.name == "A b"
    latin = ('<?xml version="1.0" encoding="UTF-8"?>' + xml(choice("Zoë"))).encode("cp1252")
    assert found(latin)[0].name == "Zoë"


def test_a_drawing_inside_the_text_is_named_in_few_words() -> None:
    drawing = f'<img src="data:image/svg+xml;base64,{"PHN2" * 2000}">'
    left = found(xml(choice(stem=drawing)))[0]

    assert isinstance(left, LeftOut)
    assert left.fault == "external-image"
    assert len(left.detail) < 200


LAUGHS = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 40))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f'<!DOCTYPE q [<!ENTITY l0 "ha">{LAUGHS}]><quiz>&l39;</quiz>', "forbidden-xml"),
        ('<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>',
         "forbidden-xml"),
        ('<!DOCTYPE quiz SYSTEM "http://a.example/q.dtd"><quiz/>', "forbidden-xml"),
        ("<quiz>" + "<a>" * (DEEPEST + 1), "too-deep"),
        ("<quiz><question>", "broken-xml"),
        ("<quiz><question></quiz>", "broken-xml"),
        ("<html></html>", "not-a-quiz"),
    ],
)  # fmt: skip
def test_files_that_do_harm_or_are_none_are_refused(text: str, fault: str) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        found(text)
    assert refused.value.fault == fault


def test_a_question_beyond_all_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interop.questions.moodle.elements.MOST_CHARACTERS", 1000)

    with pytest.raises(UnreadableFileError) as refused:
        found(xml(choice(stem="x" * 2000)))
    assert refused.value.fault == "too-large"
