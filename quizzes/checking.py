"""What is wrong with a question, in its author's words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from quizzes.checking_kinds import CHECKS, Problem, has_content
from quizzes.papers import Item
from quizzes.texts import pictures_without_words

__all__ = ["Problem", "question_problems"]


def question_problems(item: Item) -> list[Problem]:
    """Return everything that keeps the question out of a published quiz."""
    return [*_text_problems(item), *_medium_problems(item), *CHECKS[item.kind](item)]


def _text_problems(item: Item) -> Iterator[Problem]:
    if not has_content(item.stem):
        yield Problem(_("Write the question."))
    if any(pictures_without_words(text) for text in _rich_texts(item)):
        yield Problem(
            _("A picture has no alternative text. Say in words what it shows, for who cannot see.")
        )


def _rich_texts(item: Item) -> Iterator[str]:
    yield from (item.stem, item.feedback)
    for option in item.options:
        yield from (option.text, option.feedback)
    yield from (pair.prompt for pair in item.pairs)


def _medium_problems(item: Item) -> Iterator[Problem]:
    medium = item.medium
    if medium is None:
        return
    if medium.is_video and not medium.captions:
        yield Problem(_("The video has no captions. Choose a file with captions (.vtt)."))
    if not medium.is_video and not (medium.captions or medium.transcript):
        yield Problem(_("The recording has no transcript. Write down what is said."))
