from decimal import Decimal

import pytest

from quizzes.templatetags.quiz_words import (
    badge_of,
    inline,
    option_words,
    outcome_words,
    percent,
    share,
)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("80", "80 %"),
        ("79.9999", "79.9 %"),
        ("66.6666", "66.6 %"),
        ("100.0000", "100 %"),
        ("0", "0 %"),
        ("0.0400", "0 %"),
    ],
)
def test_a_percentage_never_says_more_than_it_is(number: str, expected: str) -> None:
    assert percent(Decimal(number)) == expected


def test_a_share_is_told_as_a_percentage() -> None:
    assert share(Decimal("0.6667")) == "66.6 %"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p data-block-key="a1">Ask <b>first</b></p>', "Ask <b>first</b>"),
        ("<p>One</p><p>Two</p>", "One<br>Two"),
        ("<p>a</p><script>alert(1)</script>", "aalert(1)"),
        ("Fish &amp; chips", "Fish &amp; chips"),
        ('<p><i onclick="x()">Go</i></p>', "<i>Go</i>"),
    ],
)
def test_an_option_fits_into_a_label(html: str, expected: str) -> None:
    assert inline(html) == expected


@pytest.mark.parametrize(
    ("strength", "kind", "outcome", "option", "badge"),
    [
        ("right", "single", "Right", "Right", "met"),
        ("partly", "multiple", "Partly right", "Partly right", "info"),
        ("wrong", "single", "Not right yet", "Not right", "failed"),
        ("right", "situational", "Strongest choice", "Strongest choice", "met"),
        ("partly", "situational", "Partly helpful", "Partly helpful", "info"),
        ("wrong", "situational", "Not helpful here", "Not helpful here", "failed"),
    ],
)
def test_words_and_badges(strength: str, kind: str, outcome: str, option: str, badge: str) -> None:
    assert outcome_words(strength, kind) == outcome
    assert option_words(strength, kind) == option
    assert badge_of(strength) == badge
