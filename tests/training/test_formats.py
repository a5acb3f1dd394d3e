"""Dates, times and numbers as each language writes them."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format, number_format, time_format

from quizzes.templatetags.quiz_words import percent
from readiness import wording
from tests.architecture.plan import ROOT, relative

MOMENT = dt.datetime(2027, 3, 1, 9, 5, tzinfo=dt.UTC)
WRITTEN = {
    "en": ("1 March 2027", "1 March 2027, 09:05", "1 Mar 2027", "1 March", "12.5"),
    "es": ("1 de marzo de 2027", "1 de marzo de 2027, 09:05", "1 mar 2027", "1 de marzo", "12,5"),
    "ar": ("1 مارس 2027", "1 مارس 2027، 09:05", "1 مارس 2027", "1 مارس", "12.5"),
}
# For machines, a weekday alone, the clock of an open quiz, and the narrow marks of a chart.
PATTERNS_THAT_MAY_STAND = {"c", "Y-m-d", "l", "H:i:s", "j M", "D"}
DATE_FILTER = re.compile(r"""\|(?:date|time):["']([^"']*)["']""")


@pytest.mark.parametrize("language", WRITTEN)
def test_dates_and_numbers_are_written_as_in_the_language(language: str) -> None:
    with translation.override(language):
        names = ("DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATE_FORMAT", "MONTH_DAY_FORMAT")
        written = (*(date_format(MOMENT, name) for name in names), number_format(Decimal("12.5")))

        assert written == WRITTEN[language]
        assert time_format(MOMENT, "TIME_FORMAT") == "09:05"


@pytest.mark.parametrize("language", WRITTEN)
def test_a_number_in_a_template_is_written_as_in_the_language(language: str) -> None:
    with translation.override(language):
        shown = Template("{{ number }}").render(Context({"number": 12.5}))

    assert shown == WRITTEN[language][-1]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "79.9 %"), ("es", "79,9\N{NO-BREAK SPACE}%")]
)
def test_percentages_are_cut_off_and_written_as_in_the_language(language: str, words: str) -> None:
    with translation.override(language):
        assert percent(Decimal("79.96")) == words
        assert wording.percent(Decimal("79.96")) == words


@pytest.mark.parametrize("path", sorted(ROOT.glob("templates/**/*.html")), ids=relative)
def test_templates_leave_the_manner_of_dates_to_the_language(path: Path) -> None:
    patterns = set(DATE_FILTER.findall(path.read_text(encoding="utf-8")))

    assert {
        pattern for pattern in patterns - PATTERNS_THAT_MAY_STAND if not pattern.endswith("_FORMAT")
    } == set()
