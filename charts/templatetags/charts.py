"""Draws the pictures: `{% stacked_chart it %}`, `{% distribution_chart it %}` and so on."""

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language_bidi

from charts.distributions import Distribution, draw_distribution
from charts.lines import Lines, draw_lines
from charts.radars import Corner, Radar, draw_radar
from charts.rows import Rows, draw_rows
from charts.scales import GUTTER
from charts.stacks import Stacks, draw_stacks

register = template.Library()

Context = dict[str, Any]


def _frame() -> Context:
    """Which way time runs, and where the scale's figures and lines begin."""
    mirrored = get_language_bidi()
    figures = 100 - GUTTER + 1 if mirrored else GUTTER - 1
    return {"mirrored": mirrored, "figures": figures, "start": 0 if mirrored else GUTTER}


@register.inclusion_tag("charts/stacked.html")
def stacked_chart(chart: Stacks) -> Context:
    frame = _frame()
    picture = draw_stacks(chart.columns, mirrored=frame["mirrored"])
    return {"chart": chart, "picture": picture, **frame}


@register.inclusion_tag("charts/distribution.html")
def distribution_chart(chart: Distribution) -> Context:
    frame = _frame()
    picture = draw_distribution(chart.bins, mark=chart.mark, mirrored=frame["mirrored"])
    return {"chart": chart, "picture": picture, **frame}


@register.inclusion_tag("charts/line.html")
def line_chart(chart: Lines) -> Context:
    frame = _frame()
    labels = chart.shorts or chart.labels
    picture = draw_lines(labels, chart.series, mirrored=frame["mirrored"])
    rows = [
        (label, [one.values[place] for one in chart.series])
        for place, label in enumerate(chart.labels)
    ]
    return {"chart": chart, "picture": picture, "rows": rows, **frame}


@register.inclusion_tag("charts/radar.html")
def radar_chart(chart: Radar) -> Context:
    picture = draw_radar(chart.profiles, spokes=len(chart.spokes), mirrored=get_language_bidi())
    rows = [
        (number, spoke, [100 * one.shares[number - 1] for one in chart.profiles])
        for number, spoke in enumerate(chart.spokes, start=1)
    ]
    return {"chart": chart, "picture": picture, "rows": rows}


@register.inclusion_tag("charts/rows.html")
def rows_chart(chart: Rows) -> Context:
    return {"chart": chart, "bars": draw_rows(chart, mirrored=get_language_bidi())}


@register.filter
def along(value: float) -> str:
    """A place or length along a picture, as an attribute of SVG."""
    return f"{value:.2f}%"


@register.filter
def across(value: float) -> str:
    """A place or length in pixels, as an attribute of SVG."""
    return f"{value:.1f}"


@register.filter
def corners(points: tuple[Corner, ...]) -> str:
    """The points of a polygon."""
    return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in points)


@register.filter
def figure(value: float | None) -> str:
    """A number as the reader writes it: whole ones without places, others with one."""
    if value is None:
        return "–"
    rounded = round(float(value), 1)
    places = 0 if rounded.is_integer() else 1
    return str(number_format(rounded, places, force_grouping=True))
