import datetime as dt
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from modules.enums import Phase
from readiness import rules
from readiness.dates import EVENTS, Dates, Due
from readiness.enums import Strength
from readiness.lines import RequirementLine, merge
from readiness.rules import Asked

DATES = Dates(
    starts_on=dt.date(2027, 3, 1),
    ends_on=dt.date(2027, 6, 30),
    leaves_on=dt.date(2027, 3, 1),
)
QUIZ = RequirementLine(
    key="quiz:1",
    kind="quiz",
    name="Safety",
    strength=Strength.SHALL.value,
    phase=Phase.BEFORE.value,
    dues=(Due("start", -28),),
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


def test_the_same_thing_asked_twice_is_asked_once_and_the_strictest_wish_wins() -> None:
    mild = asking(70, strength=Strength.SHOULD.value, dues=(Due("start", -14),), sets=("All",))
    strict = asking(90, dues=(Due("start", -21),), sets=("Nursing",))

    (found,) = merge([mild, strict])

    assert (found.strength, found.needed) == ("shall", Decimal(90))
    assert found.due_on(DATES) == dt.date(2027, 2, 8)
    assert found.asked.needed == Decimal(90)
    assert found.sets == ("All", "Nursing")


def test_an_earlier_phase_is_stricter_and_brings_its_own_date() -> None:
    after = asking(80, phase=Phase.AFTER.value, dues=(Due("end", 56),))

    (found,) = merge([after, asking(80)])

    assert (found.phase, found.due_on(DATES)) == ("before", dt.date(2027, 2, 1))


def test_which_deadline_is_the_earliest_depends_on_the_persons_own_dates() -> None:
    (found,) = merge([asking(80), asking(80, dues=(Due("leaves_home", -7),))])
    early = replace(DATES, leaves_on=dt.date(2027, 1, 10))

    assert found.due_on(DATES) == dt.date(2027, 2, 1)
    assert found.due_on(early) == dt.date(2027, 1, 3)


def test_a_mark_that_a_set_asks_for_beats_the_quizs_own_when_both_are_equal() -> None:
    (found,) = merge([asking(80, own_mark=True), asking(80)])

    assert found.asked.own_mark is False


def test_a_verification_that_one_set_wants_is_wanted() -> None:
    plain = replace(QUIZ, key="declaration:visa", needed=None)
    verified = replace(plain, asked=replace(plain.asked, needs_verification=True))

    assert merge([plain, verified])[0].asked.needs_verification
    assert merge([plain, verified])[0].needed is None


def test_what_is_due_first_comes_first() -> None:
    late = replace(QUIZ, key="late", dues=(Due("start", -7),))
    during = replace(QUIZ, key="during", phase=Phase.DURING.value, dues=(Due("end", 0),))
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
        dues=st.builds(Due, st.sampled_from(EVENTS), st.integers(-60, 60)).map(lambda due: (due,)),
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
    assert QUIZ.due_on(DATES) == dt.date(2027, 2, 1)
