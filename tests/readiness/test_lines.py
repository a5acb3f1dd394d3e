import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.enums import Audience
from modules.enums import Phase
from readiness import rules
from readiness.enums import Strength
from readiness.lines import RequirementLine, applies, merge
from readiness.models import RequirementSet
from readiness.rules import Asked

QUIZ = RequirementLine(
    key="quiz:1",
    kind="quiz",
    name="Safety",
    strength=Strength.SHALL.value,
    phase=Phase.BEFORE.value,
    days_before=28,
    minutes=10,
    url="/quizzes/1/",
    sets=("Everybody",),
    asked=Asked(key="quiz:1", rule=rules.quiz_passed, target=1, needed=Decimal(80)),
    position=("Everybody", 1),
    needed=Decimal(80),
)


def asking(needed: int, *, own_mark: bool = False, **fields: object) -> RequirementLine:
    asked = replace(QUIZ.asked, needed=Decimal(needed), own_mark=own_mark)
    return replace(QUIZ, asked=asked, needed=Decimal(needed), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("programme", "audience", "expected"),
    [
        (None, "", True),
        (1, "", True),
        (2, "", False),
        (None, Audience.STUDENT, True),
        (None, Audience.STAFF, False),
        (1, Audience.STUDENT, True),
        (2, Audience.STUDENT, False),
    ],
)
def test_a_set_holds_for_its_programme_and_its_audience(
    programme: int | None, audience: str, expected: bool
) -> None:
    one = RequirementSet(name="Set", programme_id=programme, audience=audience)

    assert applies(one, programme_id=1, audience=Audience.STUDENT) is expected


def test_the_same_thing_asked_twice_is_asked_once_and_the_strictest_wish_wins() -> None:
    mild = asking(70, strength=Strength.SHOULD.value, days_before=14, sets=("All",))
    strict = asking(90, days_before=21, sets=("Nursing",))

    (found,) = merge([mild, strict])

    assert (found.strength, found.needed, found.days_before) == ("shall", Decimal(90), 21)
    assert found.asked.needed == Decimal(90)
    assert found.sets == ("All", "Nursing")


def test_an_earlier_phase_is_stricter_and_brings_its_own_date() -> None:
    after = asking(80, phase=Phase.AFTER.value, days_before=90)

    (found,) = merge([after, asking(80, days_before=28)])

    assert (found.phase, found.days_before) == ("before", 28)


def test_a_mark_that_a_set_asks_for_beats_the_quizs_own_when_both_are_equal() -> None:
    (found,) = merge([asking(80, own_mark=True), asking(80)])

    assert found.asked.own_mark is False


def test_a_verification_that_one_set_wants_is_wanted() -> None:
    plain = replace(QUIZ, key="declaration:visa", needed=None)
    verified = replace(plain, asked=replace(plain.asked, needs_verification=True))

    assert merge([plain, verified])[0].asked.needs_verification
    assert merge([plain, verified])[0].needed is None


def test_what_is_due_first_comes_first() -> None:
    late = replace(QUIZ, key="late", days_before=7)
    during = replace(QUIZ, key="during", phase=Phase.DURING.value, days_before=99)
    second = replace(QUIZ, key="second", position=("Everybody", 2))

    assert [one.key for one in merge([during, late, second, QUIZ])] == [
        "quiz:1",
        "second",
        "late",
        "during",
    ]


lines = st.lists(
    st.builds(
        asking,
        st.integers(0, 100),
        own_mark=st.booleans(),
        strength=st.sampled_from([one.value for one in Strength]),
        phase=st.sampled_from([one.value for one in Phase]),
        days_before=st.integers(0, 60),
        sets=st.sampled_from([("One",), ("Two",)]),
    ),
    min_size=1,
    max_size=5,
)


@given(lines, st.randoms(use_true_random=False))
def test_the_order_of_the_sets_does_not_matter(
    some: list[RequirementLine], random: st.DataObject
) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert merge(shuffled) == merge(some)


def test_only_what_shall_be_done_before_the_stay_blocks() -> None:
    blocking = [
        (strength, phase)
        for strength in Strength
        for phase in Phase
        if replace(QUIZ, strength=strength.value, phase=phase.value).blocks
    ]

    assert blocking == [(Strength.SHALL, Phase.BEFORE)]


def test_a_line_names_itself_and_its_date() -> None:
    assert (QUIZ.kind_label, QUIZ.phase_label) == ("Quiz passed", "Before the stay")
    assert QUIZ.strength_label == "Shall (blocks)"
    assert QUIZ.due_on(starts_on=dt.date(2027, 3, 1), ends_on=dt.date(2027, 6, 30)) == dt.date(
        2027, 2, 1
    )
