"""The terms of a quiz as they hold for one person: with what was granted, and the exchange."""

import datetime as dt

from quizzes.conditions import Conditions, together
from quizzes.journeys import journey_of
from quizzes.models import Accommodation
from quizzes.papers import Paper


def conditions_for(
    participant_id: int, quiz_id: int, paper: Paper, *, at: dt.datetime
) -> Conditions:
    """Return the terms of the paper as they hold for one person at that moment.

    One query, and what the dates of the exchange take if the paper follows them.
    """
    granted = Accommodation.objects.in_force(at).for_quiz(quiz_id)
    follows = paper.terms.follows_the_exchange
    return Conditions(
        terms=paper.terms,
        max_attempts=paper.max_attempts,
        allowance=together(one.allowance for one in granted.filter(participant=participant_id)),
        journey=journey_of(participant_id, at=at) if follows else None,
    )
