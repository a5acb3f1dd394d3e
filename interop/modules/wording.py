"""The rich texts of questions and quizzes, each with the features of its editor."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from quizzes.models import AcceptedAnswer, MatchingPair, Option, Question, Quiz, QuizBand
from quizzes.models import QuizSection as Section
from quizzes.papers import Item

Change = Callable[[str, Collection[str] | None], str]


def features_of(model: type[Any], name: str) -> Collection[str] | None:
    found: Collection[str] | None = model._meta.get_field(name).features
    return found


def reworded(item: Item, change: Change) -> Item:
    """Return the question with each of its rich texts changed."""
    feedback = features_of(Option, "feedback")
    return replace(
        item,
        stem=change(item.stem, features_of(Question, "stem")),
        feedback=change(item.feedback, features_of(Question, "feedback")),
        options=tuple(
            replace(
                one,
                text=change(one.text, features_of(Option, "text")),
                feedback=change(one.feedback, feedback),
            )
            for one in item.options
        ),
        pairs=tuple(
            replace(
                one,
                prompt=change(one.prompt, features_of(MatchingPair, "prompt")),
                feedback=change(one.feedback, features_of(MatchingPair, "feedback")),
            )
            for one in item.pairs
        ),
        accepted=tuple(
            replace(one, feedback=change(one.feedback, features_of(AcceptedAnswer, "feedback")))
            for one in item.accepted
        ),
    )


def of_quiz(text: str, change: Change) -> str:
    return change(text, features_of(Quiz, "introduction"))


def of_section(text: str, change: Change) -> str:
    return change(text, features_of(Section, "introduction"))


def of_band(text: str, change: Change) -> str:
    return change(text, features_of(QuizBand, "text"))
