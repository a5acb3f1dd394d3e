from dataclasses import replace

import pytest

from quizzes.checking import question_problems
from quizzes.papers import MULTIPLE, RATING, SINGLE, SITUATIONAL, TRUE_FALSE, Item, Medium
from tests.factories import kinds
from tests.factories.kinds import EXAMPLES
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

    picture = replace(question, stem='<embed embedtype="image" id="1" alt="A bow" format="left"/>')

    assert messages(picture) == []


def test_a_picture_without_words_keeps_a_question_out() -> None:
    question = item("q", {"a": "1", "b": "0"})
    silent = '<embed embedtype="image" id="1" alt=" " format="left"/>'

    option = replace(question.options[0], text=silent + "a")

    for one in (
        replace(question, stem=f"<p>Which?</p>{silent}"),
        replace(question, options=(option, question.options[1])),
    ):
        assert "A picture has no alternative text." in messages(one)[0]


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


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_every_kind_can_be_published(name: str) -> None:
    kind = EXAMPLES[name]("q")

    assert [words for words in messages(kind) if "feedback" not in words] == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            replace(item("q", {"a": "1", "b": "0", "c": "0"}, kind=TRUE_FALSE)),
            "True or false has two options.",
        ),
        (replace(kinds.matching(), pairs=()), "Add at least two pairs with a prompt."),
        (kinds.matching("q", {"a": "same", "b": "Same"}, "same"), "All matches are the same"),
        (replace(kinds.matching("q", {"a": "x", "A": "y"})), "A prompt stands there twice."),
        (replace(kinds.ordering(), options=()), "Add at least two options."),
        (kinds.short("q", {"a": "0.5"}), "No answer is right. Add one that is worth 1."),
        (kinds.short("q", {"*": "1"}), "accepts every answer"),
        (kinds.numeric("q", {"many": "1"}), "This is not a number."),
        (replace(kinds.gaps(), stem="<p>None</p>"), "Mark each gap in the text as [[1]]"),
        (replace(kinds.gaps(), stem="<p>[[1]] [[2]] [[3]]</p>"), "Gap 3 has no right answer."),
        (replace(kinds.gaps(), stem="<p>[[1]]</p>"), "The text has no gap with this number."),
        (replace(kinds.likert(), statements=()), "Add at least one statement."),
        (replace(kinds.open_text(), rubric=()), "Add at least one row to the rubric"),
        (replace(kinds.open_text(), min_words=9, max_words=3), "The fewest words"),
        (
            replace(kinds.short(), medium=Medium(1, is_video=True)),
            "The video has no captions.",
        ),
        (
            replace(kinds.short(), medium=Medium(1, is_video=False)),
            "The recording has no transcript.",
        ),
    ],
)
def test_what_each_kind_lacks_is_said(question: Item, expected: str) -> None:
    found = messages(question)

    assert len(found) == 1
    assert expected in found[0]


def test_a_recording_with_its_words_is_fine() -> None:
    sound = Medium(1, is_video=False, transcript="Good morning.")

    assert messages(replace(kinds.short(), medium=sound)) == []
    assert messages(replace(kinds.short(), medium=Medium(1, is_video=True, captions=2))) == []
