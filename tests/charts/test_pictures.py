"""The pictures as pages show them: named, with their table, in the reader's direction."""

import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template
from django.utils import translation

from charts import examples
from charts.distributions import sorted_into_bins
from charts.rows import Row
from charts.stacks import Column

PICTURES = [
    ("stacked_chart", examples.STACKS),
    ("distribution_chart", examples.DISTRIBUTION),
    ("line_chart", examples.LINES),
    ("radar_chart", examples.RADAR),
    ("rows_chart", examples.ROWS),
]
IDS = [tag for tag, _ in PICTURES]
MANY = replace(
    examples.STACKS, columns=tuple(Column(f"Week {n}", (n, 1), url=f"?w={n}") for n in range(30))
)


def drawn(tag: str, chart: Any, language: str = "en") -> str:
    with translation.override(language):
        return Template(f"{{% load charts %}}{{% {tag} chart %}}").render(Context({"chart": chart}))


def svg_of(markup: str) -> ET.Element:
    found = re.search(r'<svg class="chart__picture".*?</svg>', markup, re.DOTALL)
    assert found
    return ET.fromstring(found[0])  # noqa: S314  our own markup


@pytest.mark.parametrize(("tag", "chart"), PICTURES[:4], ids=IDS[:4])
def test_a_picture_has_a_role_a_name_and_a_description(tag: str, chart: Any) -> None:
    svg = svg_of(drawn(tag, chart))
    by_id = {one.get("id"): one.text for one in svg.iter()}

    assert svg.get("role") == "img"
    assert by_id[svg.get("aria-labelledby")] == chart.title
    assert by_id[svg.get("aria-describedby")] == chart.about


@pytest.mark.parametrize(("tag", "chart"), PICTURES, ids=IDS)
def test_every_figure_stands_in_a_table_too(tag: str, chart: Any) -> None:
    markup = drawn(tag, chart)
    table = markup[markup.index("<table") :]

    names = {
        "stacked_chart": ["Monday 14 December", "<td>11</td>", "<td>3</td>"],
        "distribution_chart": ["70 – 80 %", "<td>5</td>"],
        "line_chart": ["2 November", "<bdi>80 %</bdi>", "<bdi>–</bdi>"],
        "radar_chart": ["Handling surprises", "<bdi>85 %</bdi>"],
        "rows_chart": ["Learning agreement", "<bdi>41</bdi>", "Participant: 41"],
    }
    assert [name for name in names[tag] if name not in table] == []


@pytest.mark.parametrize(("tag", "chart"), PICTURES, ids=IDS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_pictures_carry_no_style_no_script_and_no_colour(
    tag: str, chart: Any, language: str
) -> None:
    markup = drawn(tag, chart, language)

    assert not re.search(r"style=|<script|\son\w+=|#[0-9a-f]{3,8}\b|rgb\(", markup)


@pytest.mark.parametrize(("tag", "chart"), PICTURES[:3], ids=IDS[:3])
def test_words_and_figures_keep_their_size(tag: str, chart: Any) -> None:
    """Without a viewBox nothing is scaled: bars stretch by percent, letters do not."""
    svg = svg_of(drawn(tag, chart))

    assert svg.get("viewBox") is None
    assert svg.get("width") == "100%"


def test_what_is_not_the_first_part_is_told_apart_by_a_pattern() -> None:
    blocks = [
        one
        for one in svg_of(drawn("stacked_chart", examples.STACKS)).iter()
        if "chart__block" in one.get("class", "")
    ]

    assert {one.get("fill") for one in blocks} == {None, "url(#example-stacks-1)"}


def test_in_arabic_time_runs_from_the_right() -> None:
    def firsts(language: str) -> list[float]:
        svg = svg_of(drawn("stacked_chart", examples.STACKS, language))
        bars = [one for one in svg.iter() if one.get("class") == "chart__text chart__text--total"]
        return [float(one.get("x", "").rstrip("%")) for one in bars]

    assert firsts("en") == sorted(firsts("en"))
    assert firsts("ar") == sorted(firsts("ar"), reverse=True)
    assert firsts("ar") == [pytest.approx(100 - x) for x in firsts("en")]


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize(("tag", "chart"), PICTURES, ids=IDS)
def test_attributes_are_written_for_machines_in_every_language(
    tag: str, chart: Any, language: str
) -> None:
    lengths = re.findall(
        r'\s(?:x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"]+)"', drawn(tag, chart, language)
    )

    assert [one for one in lengths if not re.fullmatch(r"-?\d+(\.\d+)?%?", one)] == []


def test_figures_are_written_for_the_reader() -> None:
    rows = replace(examples.ROWS, rows=(Row("All", 12345.5),))

    assert "12,345.5" in drawn("rows_chart", rows)
    assert "12.345,5" in drawn("rows_chart", rows, "de")


def test_bars_that_lead_on_are_links_with_words_and_the_chosen_one_says_so() -> None:
    chart = replace(
        examples.STACKS,
        columns=(
            Column("7 December", (1, 2), words="Week of 7 December: 1 ready", url="?week=1"),
            Column("14 December", (1, 0), url="?week=2", is_chosen=True),
        ),
    )
    markup = drawn("stacked_chart", chart)
    svg = svg_of(markup)
    links = [one for one in svg.iter() if one.tag == "a"]

    assert svg.get("role") == "group"
    assert [one.get("aria-label") for one in links] == [
        "Week of 7 December: 1 ready",
        "14 December",
    ]
    assert [one.get("aria-current") for one in links] == [None, "true"]
    assert '<th scope="row"><a href="?week=1">7 December</a></th>' in markup


def test_many_bars_scroll_in_a_box_that_the_keyboard_reaches() -> None:
    assert 'chart__box--wide" tabindex="0" role="region"' in drawn("stacked_chart", MANY)
    assert "tabindex" not in drawn("stacked_chart", examples.STACKS)


@pytest.mark.parametrize(
    ("tag", "chart"),
    [
        ("stacked_chart", replace(examples.STACKS, columns=())),
        ("stacked_chart", replace(examples.STACKS, columns=(Column("Week", (0, 0)),))),
        ("distribution_chart", replace(examples.DISTRIBUTION, bins=())),
        ("distribution_chart", replace(examples.DISTRIBUTION, bins=sorted_into_bins([]))),
        ("line_chart", replace(examples.LINES, labels=(), series=())),
        ("radar_chart", replace(examples.RADAR, profiles=())),
        ("rows_chart", replace(examples.ROWS, rows=())),
    ],
)
def test_without_figures_there_are_words_and_no_picture(tag: str, chart: Any) -> None:
    markup = drawn(tag, chart)

    assert "Nothing to show yet." in markup
    assert "<svg" not in markup


def test_two_dimensions_have_a_table_and_no_web() -> None:
    profile = replace(examples.RADAR.profiles[0], shares=(0.5, 0.25))
    chart = replace(examples.RADAR, spokes=("One", "Two"), profiles=(profile,))
    markup = drawn("radar_chart", chart)

    assert "chart__picture" not in markup
    assert "<bdi>25 %</bdi>" in markup


def test_names_from_people_are_escaped() -> None:
    chart = replace(examples.ROWS, rows=(Row("<b>Bold</b>", 1),))

    assert "&lt;b&gt;Bold&lt;/b&gt;" in drawn("rows_chart", chart)
