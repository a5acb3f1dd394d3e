"""What is written as Moodle XML is read back as it was, and is XML to an independent reader."""

import io
from dataclasses import replace
from typing import Any

from defusedxml import minidom
from hypothesis import given, settings

from interop.questions.moodle import reading, writing
from interop.questions.records import Kind, ParsedQuestion
from tests.interop.questions.made import questions, with_pictures

ANY = frozenset(writing.TYPES)


def file_of(*made: ParsedQuestion) -> str:
    return "".join([writing.START, *map(writing.write, made), writing.END])


def read(text: str) -> list[ParsedQuestion]:
    found = list(reading.read(io.BytesIO(text.encode())))
    assert all(isinstance(question, ParsedQuestion) for question in found), found
    return [question for question in found if isinstance(question, ParsedQuestion)]


@settings(max_examples=60, deadline=None)
@given(questions(ANY), questions(ANY))
def test_questions_come_back_as_they_were(one: ParsedQuestion, two: ParsedQuestion) -> None:
    for before, after in zip((one, two), read(file_of(one, two)), strict=True):
        assert replace(after, line=0) == before


@settings(max_examples=30, deadline=None)
@given(with_pictures(questions(ANY - {Kind.GAPS})))
def test_pictures_come_back_with_their_words(question: ParsedQuestion) -> None:
    assert replace(read(file_of(question))[0], line=0) == question


@settings(max_examples=30, deadline=None)
@given(questions(ANY))
def test_an_independent_reader_sees_the_same(question: ParsedQuestion) -> None:
    element = minidom.parseString(file_of(question)).documentElement

    assert element is not None

    def texts(name: str) -> list[str]:
        found = element.getElementsByTagName(name)
        return [words(node.getElementsByTagName("text")[0]) for node in found]

    assert texts("name") == [question.name]
    assert texts("generalfeedback") == [question.feedback]
    if question.kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.SITUATIONAL}:
        assert texts("answer") == [answer.text for answer in question.answers]


def words(node: Any) -> str:
    return "".join(child.data for child in node.childNodes)


@settings(max_examples=30, deadline=None)
@given(questions(ANY))
def test_a_second_export_is_equal_to_the_first(question: ParsedQuestion) -> None:
    first = file_of(question)

    assert file_of(*read(first)) == first
