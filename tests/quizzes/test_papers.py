import json
from dataclasses import replace
from decimal import Decimal

import pytest

from quizzes.enums import GradingMethod, Purpose, QuestionKind, Scoring
from quizzes.kinds import KINDS
from quizzes.kinds.multiple import SCORINGS
from quizzes.papers import RATING, UnknownFormatError, from_json, to_json
from quizzes.results import METHODS
from tests.factories.papers import item, paper, uid

WHOLE = replace(
    paper(
        item("a", {"yes": "1", "no": "0"}, dimensions={"built-in.empathy": "0.5"}),
        item("b", {"low": "0", "middle": "0.5", "high": "1"}, kind=RATING),
        pass_mark="66.67",
        purpose=Purpose.GRADED,
    ),
    max_attempts=3,
    grading_method=GradingMethod.LAST,
    dimension_names={"built-in.empathy": "Empathy"},
)


def test_a_paper_comes_back_from_json_as_it_was() -> None:
    assert from_json(json.loads(json.dumps(to_json(WHOLE)))) == WHOLE


def test_numbers_travel_as_text_in_their_shortest_form() -> None:
    longer = replace(WHOLE, pass_mark=Decimal("66.6700"))

    assert to_json(longer) == to_json(WHOLE)
    assert to_json(replace(WHOLE, pass_mark=Decimal(100)))["pass_mark"] == "100"
    assert to_json(replace(WHOLE, pass_mark=Decimal("0.00")))["pass_mark"] == "0"


def test_a_paper_of_the_first_format_still_reads() -> None:
    assert from_json({**to_json(WHOLE), "format": 1}) == WHOLE


@pytest.mark.parametrize("data", [{}, {"format": 3}])
def test_a_paper_of_another_format_is_refused(data: dict[str, int]) -> None:
    with pytest.raises(UnknownFormatError):
        from_json(data)


def test_only_graded_questions_count_for_the_maximum() -> None:
    assert WHOLE.max_score == Decimal(1)


def test_chosen_options_come_in_the_questions_order() -> None:
    question = WHOLE.items[1]

    chosen = question.chosen([uid("b.high"), uid("b.low")])

    assert [option.id for option in chosen] == [uid("b.low"), uid("b.high")]


def test_every_kind_scoring_and_method_that_an_author_can_choose_is_graded() -> None:
    assert set(KINDS) == set(QuestionKind.values)
    assert set(SCORINGS) == set(Scoring.values)
    assert set(METHODS) == set(GradingMethod.values)
