"""What is written as GIFT is read back as it was, whatever its texts hold."""

import io
from dataclasses import replace

from hypothesis import given, settings

from interop.questions.gift import reading, writing
from interop.questions.records import ParsedQuestion
from tests.interop.questions.made import questions


def written_and_read(text: str) -> list[ParsedQuestion]:
    found = list(reading.read(io.StringIO(text)))
    assert all(isinstance(question, ParsedQuestion) for question in found), found
    return [question for question in found if isinstance(question, ParsedQuestion)]


@settings(max_examples=60, deadline=None)
@given(questions(writing.HELD), questions(writing.HELD))
def test_questions_come_back_as_they_were(one: ParsedQuestion, two: ParsedQuestion) -> None:
    text = writing.category_line("Food/a b") + writing.write(one) + writing.write(two)
    found = written_and_read(text)

    for before, after in zip((one, two), found, strict=True):
        assert replace(after, line=0, category="") == before
        assert after.category == "Food/a b"


@settings(max_examples=30, deadline=None)
@given(questions(writing.HELD))
def test_a_second_export_is_equal_to_the_first(question: ParsedQuestion) -> None:
    first = writing.write(question)

    assert writing.write(written_and_read(first)[0]) == first
