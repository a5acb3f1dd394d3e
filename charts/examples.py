"""One of each picture with plain numbers, for the styleguide and for tests."""

from charts.distributions import Distribution, sorted_into_bins
from charts.lines import Lines, Series
from charts.radars import Profile, Radar
from charts.rows import Row, Rows
from charts.stacks import Column, Stacks

STACKS = Stacks(
    name="example-stacks",
    title="Departures by week",
    about="Most people leave in the third week; most of them are ready.",
    head="Week of",
    parts=("Ready", "Not ready"),
    columns=(
        Column("Monday 30 November", (4, 1), "30 Nov"),
        Column("Monday 7 December", (0, 0), "7 Dec"),
        Column("Monday 14 December", (11, 3), "14 Dec"),
        Column("Monday 21 December", (2, 2), "21 Dec"),
        Column("Monday 28 December", (0, 5), "28 Dec"),
    ),
)

DISTRIBUTION = Distribution(
    name="example-distribution",
    title="Results",
    about="Most results lie between 70 % and 90 %.",
    head="Result",
    unit="Attempts",
    bins=sorted_into_bins([35, 48, 55, 62, 66, 71, 74, 75, 78, 79, 82, 85, 88, 88, 93, 100]),
    suffix=" %",
    mark=70,
    mark_label="Pass mark",
)

LINES = Lines(
    name="example-lines",
    title="Ready, week by week",
    about="The share of people who are ready has risen from 10 % to 80 %.",
    head="Week of",
    labels=("5 October", "12 October", "19 October", "26 October", "2 November"),
    series=(
        Series("Students", (10, 25, 40, 65, 80)),
        Series("Faculty", (None, 30, 35, 50, 55)),
    ),
    suffix=" %",
)

RADAR = Radar(
    name="example-radar",
    title="Dimensions of competence",
    about="Openness stands highest, language lowest.",
    head="Dimension",
    spokes=("Openness", "Knowledge", "Listening", "Language", "Handling surprises"),
    profiles=(
        Profile("Before", (0.55, 0.4, 0.5, 0.2, 0.35)),
        Profile("After", (0.85, 0.7, 0.75, 0.45, 0.6)),
    ),
)

ROWS = Rows(
    name="example-rows",
    title="Where people get stuck",
    head="Requirement",
    unit="People",
    rows=(
        Row("Learning agreement", 41, note="Participant: 41"),
        Row("Safety, law and ethics", 23, note="Participant: 20; office: 3"),
        Row("Passport", 4, note="Office: 4"),
    ),
)
