"""What comes before a quiz, asked from whoever knows it: modules stand above quizzes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.dispatch import Signal

# Sent with `participant_id=`, `quiz_id=` and `at=`. A receiver returns a `Hold`, or None.
hold_wanted = Signal()


@dataclass(frozen=True, slots=True)
class Hold:
    """What a person does first, and where."""

    title: str
    url: str


def hold_on(participant_id: int, quiz_id: int, *, at: dt.datetime) -> Hold | None:
    """Return what keeps the person from starting the quiz now, if anything does."""
    answers: Any = hold_wanted.send(
        sender=Hold, participant_id=participant_id, quiz_id=quiz_id, at=at
    )
    return next((hold for _receiver, hold in answers if hold), None)
