"""What is wrong with a question, in its author's words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from quizzes.enums import QuestionKind, Scoring
from quizzes.papers import Item
from quizzes.summaries import plain_text

LEAST_OPTIONS = 2


@dataclass(frozen=True)
class Problem:
    """`places` has options that cannot be meant so; without any, something is still missing.

    Places count from 0; `field` is the field of these options to be changed.
    """

    message: str
    places: tuple[int, ...] = ()
    field: str = "weight"


def question_problems(item: Item) -> list[Problem]:
    """Return everything that keeps the question out of a published quiz."""
    found = list(_text_problems(item))
    if len(item.options) < LEAST_OPTIONS:
        found.append(Problem(_("Add at least two options.")))
        return found
    return found + list(CHECKS[item.kind](item))


def _text_problems(item: Item) -> Iterator[Problem]:
    if not _has_content(item.stem):
        yield Problem(_("Write the question."))
    texts = [_comparable(option.text) for option in item.options]
    for number, text in enumerate(texts, start=1):
        if not text:
            yield Problem(_("Option %(number)s has no text.") % {"number": number})
    for text, count in Counter(texts).items():
        if text and count > 1:
            first = next(option for option in item.options if _comparable(option.text) == text)
            yield Problem(
                _("“%(text)s” stands there twice. Participants could not tell them apart.")
                % {"text": plain_text(first.text)},
                places=tuple(place for place, other in enumerate(texts) if other == text)[1:],
                field="text",
            )


def _has_content(html: str) -> bool:
    return bool(plain_text(html)) or "<embed" in html


def _places(item: Item, is_meant: Callable[[Decimal], bool]) -> tuple[int, ...]:
    return tuple(n for n, option in enumerate(item.options) if is_meant(option.weight))


def _comparable(html: str) -> str:
    return plain_text(html).casefold()


def _single(item: Item) -> Iterator[Problem]:
    right = _places(item, lambda weight: weight == 1)
    if not right:
        yield Problem(_("No option is right. Give the right one the weight 1."))
    if len(right) > 1:
        yield Problem(
            _(
                "%(count)s options are right, but people can choose only one. "
                "Make it a multiple choice question or leave one right."
            )
            % {"count": len(right)},
            places=right,
        )


def _multiple(item: Item) -> Iterator[Problem]:
    weights = {option.weight for option in item.options}
    if weights == {0}:
        yield Problem(_("No option is right. Give each right one the weight 1."))
    between = _places(item, lambda weight: weight not in {0, 1})
    if between:
        yield Problem(
            _("In a multiple choice question an option is right (1) or wrong (0), not in between."),
            places=between,
        )
    if 0 not in weights and item.scoring == Scoring.PROPORTIONAL_CORRECT:
        yield Problem(_("Every option is right, so ticking anything earns marks. Add a wrong one."))


def _situational(item: Item) -> Iterator[Problem]:
    weights = [option.weight for option in item.options]
    if not any(weights):
        yield Problem(_("No option helps. Give the strongest one the highest weight."))
    elif len(set(weights)) == 1:
        yield Problem(_("All options weigh the same, so there is nothing to judge."))
    for number, option in enumerate(item.options, start=1):
        if not _has_content(option.feedback):
            yield Problem(
                _("Option %(number)s has no feedback. A judgement is learned from the feedback.")
                % {"number": number}
            )


def _rating(_item: Item) -> Iterable[Problem]:
    return ()


CHECKS: Mapping[str, Callable[[Item], Iterable[Problem]]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.SITUATIONAL: _situational,
    QuestionKind.RATING: _rating,
}
