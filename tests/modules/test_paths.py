"""Every path through a scenario ends, and every scene lies on one."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modules.blocks.paths import ENDS, Fault, FaultKind, Scene, faults


def test_a_story_with_two_ways_that_meet_has_no_fault() -> None:
    story = [
        Scene("start", ("left", "right", ENDS)),
        Scene("left", ("home", ENDS)),
        Scene("right", ("home", "left")),
        Scene("home"),
    ]

    assert faults(story) == []


@pytest.mark.parametrize(
    ("story", "fault"),
    [
        (
            [Scene("start", ("a", "a")), Scene("a"), Scene("a")],
            Fault(FaultKind.SAME_NAME, 2),
        ),
        ([Scene("start", (ENDS,))], Fault(FaultKind.ONE_CHOICE, 0)),
        ([Scene("start", (ENDS, "gone"))], Fault(FaultKind.LEADS_NOWHERE, 0, 1)),
        ([Scene("start", (ENDS, "start"))], Fault(FaultKind.LEADS_BACK, 0, 1)),
        ([Scene("start"), Scene("alone")], Fault(FaultKind.NEVER_REACHED, 1)),
    ],
)
def test_one_fault_is_found_where_it_is(story: Sequence[Scene], fault: Fault) -> None:
    assert faults(story) == [fault]


def test_a_long_way_round_is_found_at_each_choice_on_it() -> None:
    story = [
        Scene("start", ("middle", ENDS)),
        Scene("middle", ("far", ENDS)),
        Scene("far", (ENDS, "middle")),
    ]

    assert faults(story) == [
        Fault(FaultKind.LEADS_BACK, 1, 0),
        Fault(FaultKind.LEADS_BACK, 2, 1),
    ]


def test_no_scene_is_no_fault() -> None:
    assert faults([]) == []


NAMES = st.sampled_from("abcd")
STORIES = st.lists(
    st.builds(Scene, NAMES, st.lists(st.one_of(NAMES, st.just(ENDS)), max_size=4).map(tuple)),
    min_size=1,
    max_size=5,
)


def ways(story: Sequence[Scene], place: int, before: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    """All paths from a scene to an end, walked one by one."""
    if place in before:
        raise RecursionError
    here = (*before, place)
    found = [here] if not story[place].leads_to or ENDS in story[place].leads_to else []
    for name in story[place].leads_to:
        if name != ENDS:
            found += ways(story, [scene.name for scene in story].index(name), here)
    return found


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STORIES)
def test_a_story_without_fault_can_be_walked_to_its_ends_through_every_scene(
    story: list[Scene],
) -> None:
    if faults(story):
        return

    walked = ways(story, 0)

    assert {place for way in walked for place in way} == set(range(len(story)))
