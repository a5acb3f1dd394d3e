"""What holds for every kind of question."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.attempts import StoredAnswer
from quizzes.enums import QuestionKind
from quizzes.freezing import PARTS_OF
from quizzes.grading import grade_item
from quizzes.kinds import KINDS, UnreadableAnswer, kind_of
from quizzes.kinds.base import Fields
from quizzes.papers import RATE, SELECT, Item, item_from_json, item_to_json
from quizzes.refusals import WORDS, refusal_words
from quizzes.sheets import question_review, question_sheet
from tests.factories.kinds import EXAMPLES

NAMES = list(EXAMPLES)
GRADED = [name for name in NAMES if EXAMPLES[name]("q").is_graded]
MARKED_BY_MACHINE = [name for name in GRADED if name != QuestionKind.OPEN]

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(max_size=8)
    | st.sampled_from(["1e309", "NaN", "Infinity", "\0", "\ud800", "9" * 70]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def example(name: str) -> Item:
    return EXAMPLES[name]("q")


def keys_of(item: Item) -> list[str]:
    """Every id and word that an answer to the question could be made of."""
    ids = [
        *(option.id for option in item.options),
        *(pair.id for pair in item.pairs),
        *(pair.choice_id for pair in item.pairs),
        *(one.id for one in item.accepted),
        *(statement.id for statement in item.statements),
    ]
    return [*map(str, ids), "1", "2", "3", "bow", "12,5"]


@st.composite
def responses(draw: st.DrawFn, item: Item) -> Any:
    """Draw from what is nearly an answer, so that many of them are one."""
    some = st.sampled_from(keys_of(item))
    value = some | st.integers(1, 5) | st.text(max_size=8)
    return draw(
        st.lists(some, max_size=4)
        | st.dictionaries(some, value, max_size=4)
        | st.text(max_size=20)
        | anything
    )


def normalised(item: Item, value: Any) -> Any:
    """Return the response, or None where it is refused in words."""
    refused = None
    try:
        return kind_of(item).normalise(item, value)
    except UnreadableAnswer as error:
        refused = error
    assert refused.code in WORDS
    assert "%(" not in refusal_words(refused)
    return None


def test_every_kind_of_the_bank_is_there() -> None:
    assert set(KINDS) == set(QuestionKind.values) == set(PARTS_OF)
    assert {*KINDS, RATE, SELECT} == set(EXAMPLES)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_travels_through_json_as_it_is(name: str) -> None:
    assert item_from_json(json.loads(json.dumps(item_to_json(example(name))))) == example(name)


@pytest.mark.parametrize("name", NAMES)
@given(st.data())
def test_whatever_is_sent_is_read_or_refused_with_words(name: str, data: st.DataObject) -> None:
    item = example(name)
    kind = kind_of(item)

    response = normalised(item, data.draw(responses(item)))

    if response is None:
        return
    grade = grade_item(item, response)
    json.dumps(response).encode()
    assert kind.normalise(item, response) == response
    assert kind.normalise(item, kind.read(item, fields_of(kind.fields(item, response)))) == response
    assert grade.fraction is None or 0 <= grade.fraction <= 1
    assert grade.answered is not kind.is_empty(response)
    assert kind.is_empty(response) or kind.response_words(item, response)


def fields_of(pairs: list[tuple[str, str]]) -> Fields:
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


@pytest.mark.parametrize("name", MARKED_BY_MACHINE)
def test_the_best_answer_earns_everything_and_none_nothing(name: str) -> None:
    item = example(name)
    kind = kind_of(item)
    best = kind.normalise(item, kind.best(item))

    assert kind.grade(item, best) == 1
    assert kind.grade(item, None) == kind.grade(item, kind.normalise(item, None)) == 0
    assert kind.right_words(item)


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(GRADED)))
def test_what_has_no_right_answer_has_no_fraction(name: str) -> None:
    item = example(name)

    assert grade_item(item, kind_of(item).normalise(item, None)).fraction is None
    assert kind_of(item).right_words(item) == ""
    assert kind_of(item).is_empty(kind_of(item).best(item))


@pytest.mark.parametrize("name", NAMES)
@given(st.data())
def test_the_layout_of_an_attempt_does_not_matter(name: str, data: st.DataObject) -> None:
    item = example(name)
    kind = kind_of(item)
    order = data.draw(st.permutations(kind.parts(item)))
    response = normalised(item, data.draw(responses(item)))

    sheet = question_sheet(item, order, StoredAnswer(response))
    review = question_review(item, order, response, None)

    assert dict(sheet.fields) == dict(kind.fields(item, response))
    assert sheet.answer == review.answer
    assert sheet.is_answered == review.is_answered


@pytest.mark.parametrize("name", NAMES)
def test_no_sheet_has_a_key(name: str) -> None:
    item = example(name)

    told = str(question_sheet(item, kind_of(item).parts(item), StoredAnswer()))

    for word in ("weight", "fraction", "feedback", "About", "right=", "is_reversed", "levels"):
        assert word not in told
    if name != SELECT:
        assert not any(one.text in told for one in item.accepted)


@pytest.mark.parametrize("name", NAMES)
def test_parts_of_another_question_are_refused(name: str) -> None:
    item, other = example(name), EXAMPLES[name]("other")
    kind = kind_of(item)
    strange: Any = kind.best(other) or _an_answer(other)
    if isinstance(strange, str) or name == QuestionKind.GAPS:
        return

    with pytest.raises(UnreadableAnswer):
        kind.normalise(item, strange)


def _an_answer(item: Item) -> Any:
    step = str(item.options[0].id) if item.options else ""
    if item.statements:
        return {str(item.statements[0].id): step}
    return [step] if step else ""


@pytest.mark.parametrize("name", NAMES)
def test_far_too_much_is_refused_quickly(name: str) -> None:
    item = example(name)
    huge: list[Any] = [
        [str(UUID(int=number)) for number in range(100_000)],
        {str(UUID(int=number)): "1" for number in range(100_000)},
        "x" * 1_000_000,
    ]

    for value in huge:
        with pytest.raises(UnreadableAnswer):
            kind_of(item).normalise(item, value)


@pytest.mark.parametrize("name", NAMES)
def test_one_field_sent_twice_is_refused(name: str) -> None:
    item = example(name)
    kind = kind_of(item)
    sent = fields_of(kind.fields(item, kind.normalise(item, kind.best(item) or _an_answer(item))))
    if not sent:
        sent = {"text": ["x"]}
    twice: Mapping[str, list[str]] = {field: [*values, *values] for field, values in sent.items()}

    with pytest.raises(UnreadableAnswer):
        kind.normalise(item, kind.read(item, twice))


@pytest.mark.parametrize("name", NAMES)
def test_a_form_without_its_fields_is_no_answer(name: str) -> None:
    item = example(name)
    kind = kind_of(item)

    assert kind.is_empty(kind.normalise(item, kind.read(item, {"csrf": ["x"]})))
    assert kind.is_empty(kind.normalise(item, None))


def test_ids_that_nobody_has_given_are_refused() -> None:
    for name in ("single", "matching", "ordering", "likert", RATE):
        item = example(name)
        with pytest.raises(UnreadableAnswer):
            kind_of(item).normalise(item, [str(uuid4())] if name == "single" else {str(uuid4()): 1})


def test_a_mark_from_a_person_goes_before_the_machine() -> None:
    item = example(QuestionKind.OPEN)

    waiting = grade_item(item, "Two words")
    marked = grade_item(item, "Two words", marked=Fraction(2, 3))

    assert waiting.fraction is None
    assert waiting.awaits_marking
    assert waiting.score == 0
    assert not marked.awaits_marking
    assert str(marked.fraction) == "0.666667"
    assert str(marked.score) == "2.6667"
    assert grade_item(item, "").fraction == 0
