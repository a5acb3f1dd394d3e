"""The dates of the exchange that somebody prepares, asked from whoever knows them.

Exchanges stand beside quizzes, so that neither may import the other: a room above
both answers the signal (see docs/adr/0008-windows-by-the-exchange.md).
"""

import datetime as dt
from typing import Any

from django.dispatch import Signal

from quizzes.conditions import Journey

# Sent with `participant_id=` and `at=`. A receiver returns a `Journey`, or None.
journey_wanted = Signal()


def journey_of(participant_id: int, *, at: dt.datetime) -> Journey | None:
    """Return the dates of the exchange that the person prepares at that moment, if any."""
    answers: Any = journey_wanted.send(sender=Journey, participant_id=participant_id, at=at)
    return next((journey for _receiver, journey in answers if journey), None)
