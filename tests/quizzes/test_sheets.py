from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest

from quizzes.attempts import StoredAnswer
from quizzes.kinds.base import strength
from quizzes.kinds.choices import ChoiceSheet, OptionLine
from quizzes.papers import RATING, SITUATIONAL
from quizzes.sheets import (
    QuestionSheet,
    question_reviews,
    question_sheets,
    rating_means,
)
from tests.factories.papers import item, paper, uid

PAPER = paper(
    item("a", {"yes": "1", "no": "0"}),
    item("b", {"best": "0.8", "fair": "0.4", "none": "0"}, kind=SITUATIONAL),
    item("c", {"low": "0", "high": "1"}, kind=RATING),
)
LAYOUT = [
    {"item": str(uid("b")), "options": [str(uid(f"b.{one}")) for one in ("none", "best", "fair")]},
    {"item": str(uid("a")), "options": [str(uid(f"a.{one}")) for one in ("yes", "no")]},
    {"item": str(uid("c")), "options": [str(uid(f"c.{one}")) for one in ("low", "high")]},
]
ANSWERS: dict[UUID, StoredAnswer] = {uid("b"): StoredAnswer([str(uid("b.fair"))], 2)}


def test_sheets_follow_the_layout_and_show_what_is_stored() -> None:
    first, second, _third = question_sheets(PAPER, LAYOUT, ANSWERS)

    assert (first.number, first.item_id, first.sequence) == (1, uid("b"), 2)
    assert [option.text for option in first.body.options] == [
        "<p>none</p>",
        "<p>best</p>",
        "<p>fair</p>",
    ]
    assert [option.is_chosen for option in first.body.options] == [False, False, True]
    assert (first.is_answered, first.answer, first.name) == (True, "fair", "b")
    assert (second.is_answered, second.sequence, second.answer) == (False, 0, "")


def test_a_sheet_has_no_place_for_a_key() -> None:
    names = {
        field.name for one in (QuestionSheet, ChoiceSheet, OptionLine) for field in fields(one)
    }

    assert names.isdisjoint({"weight", "feedback", "right", "fraction", "scoring", "mark"})


def test_reviews_name_the_strength_of_every_option() -> None:
    reviews = question_reviews(
        PAPER, LAYOUT, ANSWERS, {uid("b"): Decimal("0.5"), uid("a"): Decimal(0)}
    )

    assert [review.outcome for review in reviews] == ["partly", "wrong", ""]
    assert [[option.strength for option in review.body.options] for review in reviews] == [
        ["wrong", "right", "partly"],
        ["right", "wrong"],
        ["", ""],
    ]
    assert [review.is_answered for review in reviews] == [True, False, False]
    assert reviews[0].body.options[1].feedback == "<p>About best</p>"


@pytest.mark.parametrize(
    ("share", "expected"),
    [("1", "right"), ("0.999", "partly"), ("0.001", "partly"), ("0", "wrong")],
)
def test_strength_in_three_steps(share: str, expected: str) -> None:
    assert strength(Fraction(share)) == expected


def test_means_stand_on_a_scale_from_one_to_five_in_the_papers_order() -> None:
    named = replace(PAPER, dimension_names={"x.o": "Openness", "x.e": "Empathy", "x.s": "Self"})

    means = rating_means(named, {"x.e": Decimal("0.875"), "x.o": Decimal(0)})

    assert [(mean.name, str(mean.value)) for mean in means] == [
        ("Openness", "1.0"),
        ("Empathy", "4.5"),
    ]
