import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from readiness import wording
from readiness.verdicts import PlacementState, Reason, Turn, VerdictStatus

SCORE = {"needed": Decimal(80), "percent": Decimal(70)}
NOON = dt.datetime(2027, 3, 31, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason("module_under_way", {"done": 2, "total": 5}), "Under way: 2 of 5 steps done."),
        (
            Reason("quiz_below", {**SCORE, "left": None}),
            "Not yet: 80 % are needed, the result is 70 %. You can try again.",
        ),
        (
            Reason("quiz_below", {**SCORE, "left": 1}),
            "Not yet: 80 % are needed, the result is 70 %. 1 attempt is left.",
        ),
        (
            Reason("quiz_below", {**SCORE, "left": 2}),
            "Not yet: 80 % are needed, the result is 70 %. 2 attempts are left.",
        ),
        (
            Reason("quiz_below", {**SCORE, "left": 0}),
            "Not yet: 80 % are needed, the result is 70 %. The last attempt is still open.",
        ),
        (
            Reason("waived", {"by": "Ada", "reason": "Lived there.", "until": None}),
            "Waived by Ada: Lived there.",
        ),
        (
            Reason(
                "waived",
                {
                    "by": "Ada",
                    "reason": "Lived there.",
                    "until": dt.datetime(2027, 4, 1, tzinfo=dt.UTC),
                },
            ),
            "Waived by Ada: Lived there. (until 31 March 2027)",
        ),
    ],
)
def test_a_reason_becomes_a_sentence(reason: Reason, sentence: str) -> None:
    assert wording.sentence(reason) == sentence


def test_a_reason_with_percent_signs_is_taken_as_it_is() -> None:
    reason = Reason("waived", {"by": "Ada", "reason": "Had 100 %s of it.", "until": None})

    assert wording.sentence(reason) == "Waived by Ada: Had 100 %s of it."


def test_every_reason_has_a_sentence_with_its_facts() -> None:
    facts = {
        **SCORE, "left": 1, "done": 1, "total": 2, "by": "Ada", "reason": "So.", "until": None,
        "day": dt.datetime(2027, 3, 3, tzinfo=dt.UTC), "old_country": "ES", "new_country": "SE",
    }  # fmt: skip
    sentences = [wording.sentence(Reason(code, facts)) for code in wording.SENTENCES]

    assert all(sentence.endswith((".", "So.")) for sentence in sentences)
    assert not any("%(" in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("80", "80 %"), ("79.96", "79.9 %"), ("79.9999", "79.9 %"), ("66.6667", "66.6 %")],
)
def test_a_percentage_is_never_rounded_up_to_a_pass(value: str, shown: str) -> None:
    assert wording.percent(Decimal(value)) == shown


def test_a_percentage_is_written_as_the_reader_writes_it() -> None:
    with translation.override("es"):
        assert wording.percent(Decimal("79.96")) == "79,9\N{NO-BREAK SPACE}%"


def test_every_status_state_and_turn_has_a_label() -> None:
    assert set(wording.STATUS_LABELS) == set(VerdictStatus)
    assert set(wording.STATE_LABELS) == set(PlacementState)
    assert set(wording.TURN_LABELS) == set(Turn)


def test_the_day_of_a_fact_is_the_readers_day() -> None:
    late = dt.datetime(2027, 3, 31, 23, 30, tzinfo=dt.UTC)
    with timezone.override("Europe/Madrid"):
        assert wording.day(late) == "1 April 2027"
    assert wording.day(None) == ""
