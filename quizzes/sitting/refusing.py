"""Why something cannot be done with an attempt."""

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizzes.sitting.reading import StoredAnswer


class NotPublished(Exception):
    """The quiz has no live version yet."""


class NoAttemptsLeft(Exception):
    """All the attempts that the quiz allows this person have been used."""


class TooSoon(Exception):
    """The next attempt may start at `opens` only."""

    def __init__(self, opens: dt.datetime) -> None:
        super().__init__()
        self.opens = opens


class NotYet(Exception):
    """Something else comes first."""


class NotOpen(Exception):
    """The quiz is not open yet, or no longer, for this person."""

    def __init__(self, opens: dt.datetime | None, closes: dt.datetime | None) -> None:
        super().__init__()
        self.opens = opens
        self.closes = closes


class AttemptClosed(Exception):
    """The attempt takes nothing any more."""


class TimeIsUp(AttemptClosed):
    """The deadline has passed; what was saved before it is kept."""


class OutOfOrder(Exception):
    """The question stands on another page than the one that is open now."""


class AnswerChecked(Exception):
    """The answer has been checked and its feedback shown; it cannot change any more."""


class BadAnswer(Exception):
    """The answer cannot be one of this question; the message says why."""


class NewerAnswer(Exception):
    """Another form has stored a different answer since this one was shown."""

    def __init__(self, stored: "StoredAnswer") -> None:
        super().__init__()
        self.stored = stored
