from collections import Counter
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.layouts import item_ids, lay_out
from quizzes.papers import Paper
from quizzes.terms import Draw, Section
from tests.factories import papers
from tests.factories.papers import uid

NAMES = "abcdefgh"


def drawing(*sections: Section, **fields: object) -> Paper:
    items = [papers.item(name, {"right": "1", "wrong": "0"}) for name in NAMES]
    paper = papers.paper(*items)
    return Paper(**{**paper.__dict__, "sections": sections, **fields})


def ids(names: str) -> tuple[UUID, ...]:
    return tuple(uid(name) for name in names)


def rng(seed: int = 1) -> Random:
    return Random(seed)  # noqa: S311  the same draw in every run.


def test_fixed_questions_come_first_and_each_line_names_its_section() -> None:
    paper = drawing(
        Section(item_ids=ids("ba")), Section(item_ids=ids("c"), draws=(Draw(2, ids("defgh")),))
    )

    layout = lay_out(paper, rng=rng())

    assert item_ids(layout)[:3] == list(ids("bac"))
    assert [line["section"] for line in layout] == [0, 0, 1, 1, 1]
    assert set(item_ids(layout)[3:]) < set(ids("defgh"))


def test_questions_are_shuffled_within_their_section_only() -> None:
    paper = drawing(
        Section(item_ids=ids("abcd")), Section(item_ids=ids("efgh")), shuffle_questions=True
    )

    drawn = item_ids(lay_out(paper, rng=rng()))

    assert drawn != list(ids(NAMES))
    assert set(drawn[:4]) == set(ids("abcd"))


def test_those_met_least_often_are_drawn_first() -> None:
    paper = drawing(Section(draws=(Draw(3, ids("abcde")),)))
    earlier = [*ids("ab"), *ids("a")]

    for seed in range(20):
        assert set(item_ids(lay_out(paper, rng=rng(seed), earlier=earlier))) == set(ids("cde"))


@given(st.integers(0, 10**6), st.lists(st.sampled_from(ids(NAMES)), max_size=20))
def test_no_question_stands_twice_however_pools_overlap(seed: int, earlier: list[UUID]) -> None:
    paper = drawing(
        Section(item_ids=ids("a"), draws=(Draw(2, ids("abcdef")),)),
        Section(draws=(Draw(2, ids("bcdefgh")), Draw(2, ids(NAMES)))),
    )

    drawn = item_ids(lay_out(paper, rng=rng(seed), earlier=earlier))

    assert len(drawn) == paper.length == 7
    assert max(Counter(drawn).values()) == 1


def test_the_paper_of_an_attempt_has_only_its_questions() -> None:
    paper = drawing(Section(item_ids=ids("a"), draws=(Draw(2, ids("bcd")),)))

    layout = lay_out(paper, rng=rng())
    own = paper.only(item_ids(layout))

    assert {item.id for item in own.items} == set(item_ids(layout))
    assert own.max_score == 3
    assert paper.max_score == 8


@pytest.mark.parametrize("fields", [{}, {"sections": (Section(item_ids=ids(NAMES)),)}])
def test_a_paper_without_sections_has_one_of_all_its_items(fields: dict[str, object]) -> None:
    paper = Paper(**{**drawing().__dict__, **fields})

    assert [part.item_ids for part in paper.parts] == [ids(NAMES)]
    assert paper.length == 8
