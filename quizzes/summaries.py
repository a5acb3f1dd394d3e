"""Answers as text that people can read when the question no longer exists.

Plain Python: no Django.
"""

from quizzes.kinds import Response, kind_of
from quizzes.papers import Item
from quizzes.texts import plain_text

__all__ = ["plain_text", "response_summary", "right_answer_summary"]


def response_summary(item: Item, response: Response) -> str:
    """Return the response in words, or nothing for an unanswered question."""
    kind = kind_of(item)
    return "" if kind.is_empty(response) else kind.response_words(item, response)


def right_answer_summary(item: Item) -> str:
    """Return the best answer: of a situation the strongest option, of a rating none."""
    return kind_of(item).right_words(item)
