import pytest

from quizzes.papers import MULTIPLE, RATING, SITUATIONAL
from quizzes.summaries import plain_text, response_summary, right_answer_summary
from quizzes.texts import shortened
from tests.factories.papers import item, uid


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("Fish &amp; <b>chips</b><br/>now", "Fish & chips now"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ('<embed embedtype="image" id="3" alt="A bow" format="left"/>', "A bow"),
        ("<p>a &lt; b</p>", "a < b"),
        ("", ""),
    ],
)
def test_rich_text_becomes_its_words(html: str, expected: str) -> None:
    assert plain_text(html) == expected


def test_a_response_is_the_text_of_its_options_in_the_questions_order() -> None:
    question = item("q", {"shoes": "1", "gift": "1", "hat": "0"}, kind=MULTIPLE)

    assert response_summary(question, [uid("q.hat"), uid("q.shoes")]) == "shoes; hat"
    assert response_summary(question, []) == ""


@pytest.mark.parametrize(
    ("kind", "weights", "expected"),
    [
        ("single", {"a": "0", "b": "1"}, "b"),
        (MULTIPLE, {"a": "1", "b": "0", "c": "1"}, "a; c"),
        (SITUATIONAL, {"a": "0.75", "b": "0.75", "c": "0.5"}, "a / b"),
        (RATING, {"a": "0", "b": "1"}, ""),
        ("single", {}, ""),
    ],
)
def test_the_right_answer_in_words(kind: str, weights: dict[str, str], expected: str) -> None:
    assert right_answer_summary(item("q", weights, kind=kind)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as it is", "as it is"),
        ("cut between words, and not in one", "cut between words,…"),
        ("onewordalonethatislong", "onewordalonethatisl…"),
    ],
)
def test_a_long_text_is_cut_between_words(text: str, expected: str) -> None:
    assert shortened(text, 20) == expected
