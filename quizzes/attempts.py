"""What a participant does with a quiz: start, answer, hand in.

The server decides everything that counts: how many attempts there are, how long they
last, which answers are stored, and what they are worth. Nothing a browser says about
a score or a time is ever read.
"""

from quizzes.sitting.allowing import conditions_for
from quizzes.sitting.reading import (
    StoredAnswer,
    paper_for,
    paper_of,
    read_answer,
    stored_answers,
)
from quizzes.sitting.refusing import (
    AnswerChecked,
    AttemptClosed,
    BadAnswer,
    NewerAnswer,
    NoAttemptsLeft,
    NotOpen,
    NotPublished,
    NotYet,
    OutOfOrder,
    TimeIsUp,
    TooSoon,
)
from quizzes.sitting.saving import Sender, check_answer, save_answer
from quizzes.sitting.starting import next_start, start
from quizzes.sitting.submitting import submit, turn_to

__all__ = [
    "AnswerChecked",
    "AttemptClosed",
    "BadAnswer",
    "NewerAnswer",
    "NoAttemptsLeft",
    "NotOpen",
    "NotPublished",
    "NotYet",
    "OutOfOrder",
    "Sender",
    "StoredAnswer",
    "TimeIsUp",
    "TooSoon",
    "check_answer",
    "conditions_for",
    "next_start",
    "paper_for",
    "paper_of",
    "read_answer",
    "save_answer",
    "start",
    "stored_answers",
    "submit",
    "turn_to",
]
