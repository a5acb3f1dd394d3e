from decimal import Decimal
from random import Random
from uuid import UUID, uuid5

import pytest

from home.demo.answering import answers
from quizzes.grading import grade_paper
from quizzes.papers import Item, Paper, PaperOption

NAMES = UUID(int=5)


def chance() -> Random:
    return Random(7)  # noqa: S311  a test repeats itself.


def item(name: str, kind: str, *weights: str) -> Item:
    options = tuple(
        PaperOption(uuid5(NAMES, f"{name}{place}"), f"Option {place}", Decimal(weight))
        for place, weight in enumerate(weights)
    )
    return Item(uuid5(NAMES, name), kind, name, options, Decimal(1), "all_or_nothing")


def paper(*items: Item) -> Paper:
    return Paper("Quiz", "", "graded", Decimal(80), "highest", None, items)


GRADED = paper(
    *(item(f"single {number}", "single", "0", "1", "0", "0") for number in range(5)),
    *(item(f"multiple {number}", "multiple", "1", "1", "0", "0") for number in range(3)),
)


@pytest.mark.parametrize(("mistakes", "percent"), [(0, 100), (1, 87.5), (3, 62.5), (8, 0)])
def test_as_many_questions_are_wrong_as_asked_for(mistakes: int, percent: float) -> None:
    given = answers(GRADED, mistakes=mistakes, rng=chance())

    assert grade_paper(GRADED, given).percent == Decimal(str(percent))


def test_one_wrong_tick_of_several_is_still_an_answer() -> None:
    asked = item("which two", "multiple", "1", "1", "0")
    [given] = answers(paper(asked), mistakes=1, rng=chance()).values()

    assert given == (asked.options[0].id, asked.options[2].id)


def test_a_judgement_that_is_not_the_best_may_still_earn_something() -> None:
    asked = item("what first", "situational", "0.333", "1", "0.667", "0.333")
    given = answers(paper(asked), mistakes=1, rng=chance())

    assert 0 < (grade_paper(paper(asked), given).percent or 0) < 100


def test_ratings_are_answered_and_never_wrong() -> None:
    scale = [item(f"statement {n}", "rating", "0", "0.25", "0.5", "0.75", "1") for n in range(40)]
    given = answers(paper(*scale), mistakes=3, rng=chance())

    places = [
        each.options.index(each.option_by_id[option]) for each in scale for option in given[each.id]
    ]

    assert len(places) == 40
    assert len(set(places)) >= 4
