"""What holds of every picture, whatever its figures: in the frame, in proportion, in order."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.distributions import Bin, draw_distribution, sorted_into_bins
from charts.lines import Series, draw_lines
from charts.radars import RADIUS, SIZE, Profile, draw_radar
from charts.rows import Row, Rows, draw_rows
from charts.scales import GUTTER, Frame, named, scale_to, slots, steps_to
from charts.stacks import Column, draw_stacks

COUNTS = st.integers(min_value=0, max_value=100_000)
COLUMNS = st.lists(
    st.tuples(COUNTS, COUNTS, COUNTS).map(lambda parts: Column("Week", parts)), max_size=60
)
LITTLE = 1e-6


@given(highest=st.floats(min_value=0, max_value=1e9))
def test_the_scale_is_round_and_reaches_the_highest_value(highest: float) -> None:
    steps = steps_to(highest)

    assert steps[0] == 0
    assert steps[-1] >= highest
    assert 2 <= len(steps) <= 4
    assert len({other - one for one, other in pairwise(steps)}) == 1
    assert str(steps[1]).rstrip("0") in {"1", "2", "5"}


@pytest.mark.parametrize(
    ("highest", "steps"),
    [(0, (0, 1)), (1, (0, 1)), (3, (0, 1, 2, 3)), (4, (0, 2, 4)), (14, (0, 5, 10, 15)),
     (100, (0, 50, 100)), (101, (0, 50, 100, 150))],
)  # fmt: skip
def test_the_scale_by_example(highest: int, steps: tuple[int, ...]) -> None:
    assert steps_to(highest) == steps


@given(number=st.integers(min_value=1, max_value=500), mirrored=st.booleans())
def test_places_fill_the_width_beside_the_gutter(number: int, mirrored: bool) -> None:
    found = slots(number, mirrored=mirrored)
    starts = sorted(start for start, _ in found)

    assert sum(width for _, width in found) == pytest.approx(100 - GUTTER)
    assert starts[0] == pytest.approx(0 if mirrored else GUTTER, abs=LITTLE)
    assert (found[0][0] > found[-1][0]) is (mirrored and number > 1)


@given(number=st.integers(min_value=0, max_value=500), most=st.integers(min_value=1, max_value=20))
def test_never_more_names_than_there_is_room_for(number: int, most: int) -> None:
    found = named(number, most=most)

    assert len(found) <= most
    assert (0 in found) is (number > 0)


@given(columns=COLUMNS)
def test_what_is_named_on_a_phone_is_named_everywhere(columns: list[Column]) -> None:
    bars = draw_stacks(columns).bars

    assert all(bar.is_named for bar in bars if bar.is_named_on_a_phone)
    assert min(len(columns), 1) <= sum(bar.is_named_on_a_phone for bar in bars) <= 4


@given(columns=COLUMNS, mirrored=st.booleans())
def test_stacks_stay_in_the_frame_and_add_up(columns: list[Column], mirrored: bool) -> None:
    picture = draw_stacks(columns, mirrored=mirrored)
    frame = picture.scale.frame

    for bar in picture.bars:
        assert sum(block.height for block in bar.blocks) == pytest.approx(
            picture.scale.length(bar.column.total)
        )
        assert -LITTLE <= bar.slot <= bar.x <= bar.x + bar.width <= 100 + LITTLE
        for block in bar.blocks:
            assert block.height > 0
            assert frame.head - LITTLE <= block.y
            assert block.y + block.height <= frame.base + LITTLE
        for one, other in pairwise(bar.blocks):
            assert other.y + other.height == pytest.approx(one.y)


@given(columns=COLUMNS)
def test_a_higher_column_is_never_drawn_lower(columns: list[Column]) -> None:
    bars = draw_stacks(columns).bars

    for one, other in pairwise(sorted(bars, key=lambda bar: bar.column.total)):
        assert one.top >= other.top
        assert (one.top == other.top) is (one.column.total == other.column.total)


@given(columns=COLUMNS)
def test_where_time_runs_from_the_right_the_picture_is_the_mirror_image(
    columns: list[Column],
) -> None:
    for one, other in zip(
        draw_stacks(columns).bars, draw_stacks(columns, mirrored=True).bars, strict=True
    ):
        assert one.x + one.width == pytest.approx(100 - other.x)
        assert one.blocks == other.blocks


def test_parts_that_are_nothing_are_not_drawn() -> None:
    (bar,) = draw_stacks([Column("Week", (0, 3, 0))]).bars

    assert [block.part for block in bar.blocks] == [1]


@given(values=st.lists(st.floats(min_value=-50, max_value=150), max_size=200))
def test_every_value_is_in_one_bin(values: list[float]) -> None:
    bins = sorted_into_bins(values)

    assert sum(one.count for one in bins) == len(values)
    assert len(bins) == 10
    for one, other in pairwise(bins):
        assert one.high == other.low


def test_a_value_on_an_edge_counts_above_it_and_the_last_edge_belongs_to_the_last_bin() -> None:
    counts = [one.count for one in sorted_into_bins([0, 10, 70, 99.99, 100])]

    assert counts == [1, 1, 0, 0, 0, 0, 0, 1, 0, 2]


@given(
    counts=st.lists(COUNTS, min_size=1, max_size=40),
    mark=st.none() | st.floats(min_value=-10, max_value=60),
    mirrored=st.booleans(),
)
def test_a_distribution_stays_in_the_frame(
    counts: list[int], mark: float | None, mirrored: bool
) -> None:
    bins = [Bin(place, place + 1, count) for place, count in enumerate(counts)]
    picture = draw_distribution(bins, mark=mark, mirrored=mirrored)
    frame = picture.scale.frame

    for pile in picture.piles:
        assert frame.head - LITTLE <= pile.y <= frame.base
        assert pile.y + pile.height == pytest.approx(frame.base)
        assert -LITTLE <= pile.x <= pile.x + pile.width <= 100 + LITTLE
    edges = [edge.x for edge in picture.edges]
    assert edges == sorted(edges, reverse=mirrored)
    assert len(edges) == len(bins) + 1
    within = mark is not None and 0 <= mark <= len(counts)
    assert (picture.mark_x is not None) is within
    if picture.mark_x is not None:
        assert -LITTLE <= picture.mark_x <= 100 + LITTLE


def test_no_bins_make_an_empty_picture() -> None:
    picture = draw_distribution([], mark=70)

    assert (picture.piles, picture.edges, picture.mark_x) == ((), (), None)


@given(
    values=st.lists(st.none() | st.floats(min_value=0, max_value=1e6), max_size=60),
    mirrored=st.booleans(),
)
def test_a_line_joins_neighbours_and_leaves_gaps(
    values: list[float | None], mirrored: bool
) -> None:
    labels = [str(place) for place in range(len(values))]
    picture = draw_lines(labels, [Series("All", tuple(values))], mirrored=mirrored)
    (line,) = picture.lines
    frame = picture.scale.frame

    known = [value for value in values if value is not None]
    pairs = [pair for pair in pairwise(values) if None not in pair]
    assert [dot.value for dot in line.dots] == known
    assert [(stroke.start.value, stroke.end.value) for stroke in line.strokes] == pairs
    for dot in line.dots:
        assert frame.head - LITTLE <= dot.y <= frame.base + LITTLE
    ways = [dot.x for dot in line.dots]
    assert ways == sorted(ways, reverse=mirrored)


@given(
    shares=st.lists(st.floats(min_value=-1, max_value=2), min_size=3, max_size=12),
    mirrored=st.booleans(),
)
def test_a_radar_stays_in_its_circle(shares: list[float], mirrored: bool) -> None:
    picture = draw_radar([Profile("All", tuple(shares))], spokes=len(shares), mirrored=mirrored)
    assert picture is not None
    (web,) = picture.webs

    for corner, share in zip(web.corners, shares, strict=True):
        far = ((corner.x - SIZE / 2) ** 2 + (corner.y - SIZE / 2) ** 2) ** 0.5
        assert far == pytest.approx(RADIUS * min(max(share, 0), 1), abs=LITTLE)
    assert all(0 <= number.x <= SIZE and 0 <= number.y <= SIZE for number in picture.numbers)
    assert picture.ends[0].x == pytest.approx(SIZE / 2)
    assert (picture.ends[1].x < SIZE / 2) is mirrored


@pytest.mark.parametrize("spokes", [0, 1, 2])
def test_fewer_than_three_spokes_are_no_web(spokes: int) -> None:
    assert draw_radar([Profile("All", (0.5,) * spokes)], spokes=spokes) is None


@given(values=st.lists(COUNTS, max_size=30), whole=st.none() | COUNTS, mirrored=st.booleans())
def test_lying_bars_stay_in_their_rail(
    values: list[int], whole: int | None, mirrored: bool
) -> None:
    rows = tuple(Row(f"Row {place}", value) for place, value in enumerate(values))
    bars = draw_rows(Rows("r", "Rows", "Row", "People", rows, whole=whole), mirrored=mirrored)

    for bar in bars:
        assert 0 <= bar.x <= bar.x + bar.width <= 100 + LITTLE
        assert bar.x == pytest.approx(100 - bar.width if mirrored else 0)
    for one, other in pairwise(sorted(bars, key=lambda bar: bar.row.value)):
        assert one.width <= other.width


def test_without_figures_nothing_is_divided_by() -> None:
    assert scale_to(0, Frame()).length(0) == 0
    assert [bar.width for bar in draw_rows(Rows("r", "", "", "", (Row("Nobody", 0),)))] == [0]
    assert draw_stacks([Column("Week", (0, 0))]).bars[0].blocks == ()
