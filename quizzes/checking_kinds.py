"""What each kind of question needs, in its author's words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from quizzes.enums import QuestionKind, Scoring
from quizzes.kinds.numeric import number_of
from quizzes.papers import RATE, Item
from quizzes.texts import fold, gap_numbers, plain_text

LEAST_OPTIONS = 2


@dataclass(frozen=True)
class Problem:
    """`places` has lines that cannot be meant so; without any, something is still missing.

    Places count from 0 in the question's `part`; `field` is the field to be changed.
    """

    message: str
    places: tuple[int, ...] = ()
    field: str = "weight"
    part: str = "options"


def has_content(html: str) -> bool:
    return bool(plain_text(html)) or "<embed" in html


def comparable(html: str) -> str:
    return plain_text(html).casefold()


def _places(item: Item, is_meant: Callable[[Decimal], bool]) -> tuple[int, ...]:
    return tuple(n for n, option in enumerate(item.options) if is_meant(option.weight))


def _options(item: Item) -> Iterator[Problem]:
    """What every kind with options asks of them."""
    if len(item.options) < LEAST_OPTIONS:
        yield Problem(_("Add at least two options."))
    texts = [comparable(option.text) for option in item.options]
    for number, option in enumerate(item.options, start=1):
        if not has_content(option.text):
            yield Problem(_("Option %(number)s has no text.") % {"number": number})
    for text, count in Counter(texts).items():
        if text and count > 1:
            first = next(option for option in item.options if comparable(option.text) == text)
            yield Problem(
                _("“%(text)s” stands there twice. Participants could not tell them apart.")
                % {"text": plain_text(first.text)},
                places=tuple(place for place, other in enumerate(texts) if other == text)[1:],
                field="text",
            )


def _single(item: Item) -> Iterator[Problem]:
    yield from _options(item)
    if len(item.options) < LEAST_OPTIONS:
        return
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
    yield from _options(item)
    if len(item.options) < LEAST_OPTIONS:
        return
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
    yield from _options(item)
    if len(item.options) < LEAST_OPTIONS:
        return
    weights = [option.weight for option in item.options]
    if not any(weights):
        yield Problem(_("No option helps. Give the strongest one the highest weight."))
    elif len(set(weights)) == 1 and item.form != RATE:
        yield Problem(_("All options weigh the same, so there is nothing to judge."))
    for number, option in enumerate(item.options, start=1):
        if not has_content(option.feedback):
            yield Problem(
                _("Option %(number)s has no feedback. A judgement is learned from the feedback.")
                % {"number": number}
            )


def _true_false(item: Item) -> Iterator[Problem]:
    yield from _single(item)
    if len(item.options) > LEAST_OPTIONS:
        yield Problem(
            _("True or false has two options. Make it a single choice question or take some out."),
            places=tuple(range(LEAST_OPTIONS, len(item.options))),
            field="text",
        )


def _matching(item: Item) -> Iterator[Problem]:
    prompted = [pair for pair in item.pairs if plain_text(pair.prompt)]
    if len(prompted) < LEAST_OPTIONS:
        yield Problem(_("Add at least two pairs with a prompt."))
    elif len({fold(pair.match) for pair in item.pairs}) < LEAST_OPTIONS:
        yield Problem(_("All matches are the same, so there is nothing to match."))
    prompts = Counter(comparable(pair.prompt) for pair in prompted)
    twice = tuple(
        place
        for place, pair in enumerate(item.pairs)
        if prompts.get(comparable(pair.prompt), 0) > 1
    )[1:]
    if twice:
        yield Problem(
            _("A prompt stands there twice. Participants could not tell them apart."),
            places=twice,
            field="prompt",
            part="pairs",
        )


def _ordering(item: Item) -> Iterator[Problem]:
    yield from _options(item)


def _written(item: Item) -> Iterator[Problem]:
    if not any(one.fraction == 1 for one in item.accepted):
        yield Problem(_("No answer is right. Add one that is worth 1."))


def _short(item: Item) -> Iterator[Problem]:
    yield from _written(item)
    catch_all = tuple(
        place
        for place, one in enumerate(item.accepted)
        if one.fraction and not one.text.replace("*", "").strip()
    )
    if catch_all:
        yield Problem(
            _("“*” alone accepts every answer. Write what has to be in it."),
            places=catch_all,
            field="text",
            part="accepted",
        )


def _numeric(item: Item) -> Iterator[Problem]:
    yield from _written(item)
    strange = tuple(place for place, one in enumerate(item.accepted) if number_of(one.text) is None)
    if strange:
        yield Problem(
            _("This is not a number. Write one such as 12 or 12.5; the unit has its own field."),
            places=strange,
            field="text",
            part="accepted",
        )


def _gaps(item: Item) -> Iterator[Problem]:
    numbers = gap_numbers(item.stem)
    if not numbers:
        yield Problem(_("Mark each gap in the text as [[1]], [[2]] and so on."))
        return
    for number in numbers:
        accepted = [one for one in item.accepted if one.gap == number]
        if not any(one.fraction == 1 for one in accepted):
            yield Problem(
                _("Gap %(number)s has no right answer. Add one that is worth 1.")
                % {"number": number}
            )
        elif item.form == "select" and len(accepted) < LEAST_OPTIONS:
            yield Problem(
                _("Gap %(number)s has one answer only, so there is nothing to choose.")
                % {"number": number}
            )
    elsewhere = tuple(place for place, one in enumerate(item.accepted) if one.gap not in numbers)
    if elsewhere:
        yield Problem(
            _("The text has no gap with this number."),
            places=elsewhere,
            field="gap",
            part="accepted",
        )


def _rating(item: Item) -> Iterable[Problem]:
    return _options(item)


def _likert(item: Item) -> Iterator[Problem]:
    if not item.statements:
        yield Problem(_("Add at least one statement."))
    yield from _options(item)


def _open(item: Item) -> Iterator[Problem]:
    if not item.rubric:
        yield Problem(_("Add at least one row to the rubric: it says how the answer is marked."))
    if item.min_words and item.max_words and item.min_words > item.max_words:
        yield Problem(_("The fewest words asked for are more than the most allowed."))


CHECKS: Mapping[str, Callable[[Item], Iterable[Problem]]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.SITUATIONAL: _situational,
    QuestionKind.TRUE_FALSE: _true_false,
    QuestionKind.MATCHING: _matching,
    QuestionKind.ORDERING: _ordering,
    QuestionKind.SHORT: _short,
    QuestionKind.NUMERIC: _numeric,
    QuestionKind.GAPS: _gaps,
    QuestionKind.RATING: _rating,
    QuestionKind.LIKERT: _likert,
    QuestionKind.OPEN: _open,
}
