import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.utils import translation


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Monday, 1 March 2027"), ("es", "lunes, 1 de marzo de 2027")],
)
def test_a_day_carries_its_weekday_in_the_readers_manner(language: str, words: str) -> None:
    with translation.override(language):
        html = render_to_string("components/day.html", {"day": dt.date(2027, 3, 1)})

    assert html.strip() == f'<time datetime="2027-03-01">{words}</time>'
