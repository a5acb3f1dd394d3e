"""GIFT as it comes: every kind, and what other programs and hands make of it."""

import io
from decimal import Decimal

import pytest

from interop.questions import formats
from interop.questions.gift.reading import read
from interop.questions.records import Answer, Kind, LeftOut, Pair, ParsedQuestion

HALF = Decimal("0.5")


def one(text: str) -> ParsedQuestion:
    found = list(read(io.StringIO(text)))
    assert len(found) == 1
    assert isinstance(found[0], ParsedQuestion), found
    return found[0]


def lines(text: str) -> list[tuple[int, str]]:
    return [
        (found.line, str(found.fault) if isinstance(found, LeftOut) else found.name)
        for found in read(io.StringIO(text))
    ]


def shares(question: ParsedQuestion) -> list[tuple[str, str]]:
    return [(answer.text, f"{answer.share.normalize():f}") for answer in question.answers]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Q{=a ~b}", Kind.SINGLE, [("a", "1"), ("b", "0")]),
        ("Q{~b =a ~%33.33333%c}", Kind.SINGLE, [("b", "0"), ("a", "1"), ("c", "0.333")]),
        ("Q{~%50%a ~%50%b ~%-100%c}", Kind.MULTIPLE, [("a", "0.5"), ("b", "0.5"), ("c", "-1")]),
        ("Q{T}", Kind.TRUE_FALSE, [("true", "1"), ("false", "0")]),
        ("Q{false}", Kind.TRUE_FALSE, [("true", "0"), ("false", "1")]),
        ("Q{=a =%50%b}", Kind.SHORT_TEXT, [("a", "1"), ("b", "0.5")]),
        ("Q{Paris}", Kind.SHORT_TEXT, [("Paris", "1")]),
        ("Q{#3}", Kind.NUMERIC, [("3", "1")]),
        ("Q{#=3:0.1 =%50%3,5:2}", Kind.NUMERIC, [("3", "1"), ("3.5", "0.5")]),
        ("Q{#1..5}", Kind.NUMERIC, [("3", "1")]),
        ("Q{}", Kind.OPEN, []),
        ("Q", Kind.DESCRIPTION, []),
    ],
)
def test_the_braces_say_the_kind(text: str, kind: Kind, expected: list[tuple[str, str]]) -> None:
    question = one(text)

    assert question.kind == kind
    assert shares(question) == expected


def test_ranges_and_tolerances() -> None:
    assert one("Q{#1..5}").answers == (Answer("3", Decimal(1), "", Decimal(2)),)
    assert one("Q{#3.14:0.01}").answers == (Answer("3.14", Decimal(1), "", Decimal("0.01")),)


def test_pairs_and_order() -> None:
    assert one("Q{=a -> b =<i>c</i>->d\n= -> e}").pairs == (
        Pair("a", "b"),
        Pair("<i>c</i>", "d"),
        Pair("", "e"),
    )
    assert one("Q{>ALL VERTICAL ABSOLUTE SHOW none\none\ntwo\n}").order == ("one", "two")


def test_feedback_of_each_answer_and_of_all() -> None:
    question = one("Q{=a#yes ~b#no\n####All [of] it}")
    assert [answer.feedback for answer in question.answers] == ["yes", "no"]
    assert question.feedback == "All [of] it"

    true = one("Q{TRUE#wrong#right####all}")
    assert [answer.feedback for answer in true.answers] == ["right", "wrong"]
    assert true.feedback == "all"


def test_escapes_belong_to_the_text() -> None:
    question = one(r"::A\:\:b::1\=1 \{x\} \~ \# C:\\dir a\nb{=\=x ~\~y}")

    assert question.name == "A::b"
    assert question.stem == "1=1 {x} ~ # C:\\dir a<br>b"
    assert shares(question) == [("=x", "1"), ("~y", "0")]


def test_a_missing_word_stands_in_the_text() -> None:
    assert one("Two and {=two ~three} make four.").stem == "Two and _____ make four."


def test_formats_become_html() -> None:
    assert one("[html]<p>a <b>b</b></p>{T}").stem == "<p>a <b>b</b></p>"
    assert one("[plain]a <b>{T}").stem == "a &lt;b&gt;"
    assert one("[markdown]a **b**{T}").stem == "<p>a <b>b</b></p>"
    assert one("[moodle]a\nb{T}").stem == "a<br>b"
    assert one("[html]<p>a</p>{=[plain]<b> ~c}").answers[0].text == "&lt;b&gt;"


def test_comments_give_number_and_tags() -> None:
    question = one("// question: 7  name: x\n// [id:q\\]7] [tag:a b] [tag:c]\n::N::Q{T}")

    assert (question.idnumber, question.tags) == ("q]7", ("a b", "c"))


def test_categories_count_until_the_next() -> None:
    text = "$CATEGORY: $course$/top/A/B // C\n\nQ1{T}\n\nQ2{T}\n\n$CATEGORY: D\nQ3{T}"
    found = list(read(io.StringIO(text)))

    assert [getattr(question, "category", None) for question in found] == ["A/B-C", "A/B-C", "D"]


def test_questions_need_no_blank_line_between_them() -> None:
    text = "::A::x{T}\n::B::y{\n=a\n\n~b\n}\n// comment\nC {=a ~b}\nD {=c ~d}\n"

    assert [name for _line, name in lines(text)] == ["A", "B", "C", "D"]


def test_a_brace_that_nobody_closes_leaves_out_one_question() -> None:
    assert lines("::A::x{=a ~b\n\n::B::y{T}\n\nC {=a\n\nD {=b ~c}") == [
        (1, "unclosed-brace"),
        (3, "B"),
        (5, "unclosed-brace"),
        (7, "D"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Q }", "stray-brace"),
        ("Q {=a} and {=b}", "several-blocks"),
        ("Q {~%150%a ~b}", "not-a-share"),
        ("Q {#many}", "not-a-number"),
        ("Q {=a -> b =c}", "not-a-pair"),
        ("Q {~a}", "too-few-answers"),
        ("[html]<video src='x'></video>Q {T}", "media"),
        ("[html]<img src='https://elsewhere.example/a.png'>Q {T}", "external-image"),
    ],
)
def test_what_is_wrong_is_said(text: str, fault: str) -> None:
    assert lines(text) == [(1, fault)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_ending_reads_the_same(encoding: str, ending: str) -> None:
    text = f"::Zoë::Où?{{=là ~ici}}{ending}{ending}::B::y{{T}}{ending}"
    found = list(formats.read(io.BytesIO(text.encode(encoding)), "gift"))

    assert [(question.line, question.name) for question in found] == [(1, "Zoë"), (3, "B")]


def test_what_acts_leaves_nothing() -> None:
    stem = one("[html]<p onclick='x()'>a<style>p {}</style></p>{T}".replace("{}", "")).stem
    assert stem == "<p>a</p>"
    assert lines("[html]a<script>alert(1)</script>{T}") == [(1, "media")]
