from dataclasses import replace

import pytest

from quizzes.checking import question_problems
from quizzes.papers import MULTIPLE, RATING, SINGLE, SITUATIONAL, Item
from tests.factories.papers import item


def messages(question: Item) -> list[str]:
    return [problem.message for problem in question_problems(question)]


@pytest.mark.parametrize(
    "question",
    [
        item("q", {"a": "1", "b": "0"}),
        item("q", {"a": "1", "b": "0.5", "c": "0"}),
        item("q", {"a": "1", "b": "1", "c": "0"}, kind=MULTIPLE),
        item("q", {"a": "0.75", "b": "0.5"}, kind=SITUATIONAL),
        item("q", {"a": "0", "b": "1"}, kind=RATING),
    ],
)
def test_sound_questions_have_no_problem(question: Item) -> None:
    assert question_problems(question) == []


@pytest.mark.parametrize(
    ("question", "expected", "places"),
    [
        (
            item("q", {"a": "0", "b": "0.5"}),
            "No option is right. Give the right one the weight 1.",
            (),
        ),
        (
            item("q", {"a": "1", "b": "1", "c": "0"}),
            (
                "2 options are right, but people can choose only one. "
                "Make it a multiple choice question or leave one right."
            ),
            (0, 1),
        ),
        (
            item("q", {"a": "0", "b": "0"}, kind=MULTIPLE),
            "No option is right. Give each right one the weight 1.",
            (),
        ),
        (
            item("q", {"a": "1", "b": "0.5"}, kind=MULTIPLE),
            "In a multiple choice question an option is right (1) or wrong (0), not in between.",
            (1,),
        ),
        (
            item("q", {"a": "1", "b": "1"}, kind=MULTIPLE, scoring="proportional_correct"),
            "Every option is right, so ticking anything earns marks. Add a wrong one.",
            (),
        ),
        (
            item("q", {"a": "0", "b": "0"}, kind=SITUATIONAL),
            "No option helps. Give the strongest one the highest weight.",
            (),
        ),
        (
            item("q", {"a": "0.5", "b": "0.5"}, kind=SITUATIONAL),
            "All options weigh the same, so there is nothing to judge.",
            (),
        ),
        (item("q", {"a": "1"}), "Add at least two options.", ()),
        (item("q", {}, kind=RATING), "Add at least two options.", ()),
        (
            replace(item("q", {"a": "1", "b": "0"}), stem="<p> </p>"),
            "Write the question.",
            (),
        ),
        (
            item("q", {"a": "1", " A": "0"}),
            "“a” stands there twice. Participants could not tell them apart.",
            (1,),
        ),
        (item("q", {"a": "1", "": "0"}), "Option 2 has no text.", ()),
    ],
)
def test_each_problem_in_its_authors_words(
    question: Item, expected: str, places: tuple[int, ...]
) -> None:
    found = question_problems(question)

    assert [problem.message for problem in found] == [expected]
    assert found[0].places == places


def test_a_judgement_needs_feedback_for_each_option() -> None:
    question = item("q", {"a": "1", "b": "0"}, kind=SITUATIONAL)
    silent = replace(question.options[1], feedback="<p></p>")

    assert messages(replace(question, options=(question.options[0], silent))) == [
        "Option 2 has no feedback. A judgement is learned from the feedback."
    ]


def test_a_picture_alone_can_be_the_question() -> None:
    question = item("q", {"a": "1", "b": "0"})

    picture = replace(question, stem='<embed embedtype="image" id="1" alt="" format="left"/>')

    assert messages(picture) == []


def test_several_empty_options_are_named_but_are_no_duplicates() -> None:
    question = item("q", {"a": "1", "b": "0"})
    empty = replace(question.options[1], text="<p></p>")

    assert messages(replace(question, options=(question.options[0], empty, empty))) == [
        "Option 2 has no text.",
        "Option 3 has no text.",
    ]


def test_everything_wrong_is_told_at_once() -> None:
    question = replace(item("q", {"a": "1", " a": "1"}, kind=SINGLE), stem="")

    assert len(messages(question)) == 3
