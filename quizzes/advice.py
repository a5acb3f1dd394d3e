"""What experienced authors look at. Advice never keeps a question from being saved."""

from collections.abc import Iterator
from statistics import mean

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.enums import QuestionKind
from quizzes.papers import Item
from quizzes.texts import fold, plain_text

LONGEST_STEM = 90
FEWEST_OPTIONS, MOST_OPTIONS = 3, 5
SHORTEST_FEEDBACK, LONGEST_FEEDBACK = 20, 50
# How many times the mean length an option may have before it stands out.
OUTSTANDING = 1.5
LONG_ENOUGH_TO_COMPARE = 8
CATCH_ALLS = ("all of the above", "none of the above", "all of these", "none of these")
CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SITUATIONAL)


def advice(item: Item) -> list[str]:
    """Return what could be better, in the order of the form; often nothing."""
    found = list(_stem(item))
    if item.kind in CHOICES and item.options:
        found += [*_number_of_options(item), *_lengths(item), *_catch_alls(item)]
    if item.kind == QuestionKind.SITUATIONAL:
        found += _feedback(item)
    return found


def _words(html: str) -> int:
    return len(plain_text(html).split())


def _stem(item: Item) -> Iterator[str]:
    words = _words(item.stem)
    if words > LONGEST_STEM:
        yield _(
            "The question has %(words)s words. Up to %(most)s are read in one go: "
            "keep one situation and one decision."
        ) % {"words": words, "most": LONGEST_STEM}


def _number_of_options(item: Item) -> Iterator[str]:
    if not FEWEST_OPTIONS <= len(item.options) <= MOST_OPTIONS:
        yield ngettext(
            "There is %(count)s option. Three to five work best.",
            "There are %(count)s options. Three to five work best.",
            len(item.options),
        ) % {"count": len(item.options)}


def _lengths(item: Item) -> Iterator[str]:
    lengths = [_words(option.text) for option in item.options]
    if max(lengths) < LONG_ENOUGH_TO_COMPARE:
        return
    best = max(option.weight for option in item.options)
    longest = [
        option
        for option, length in zip(item.options, lengths, strict=True)
        if length == max(lengths)
    ]
    if len(longest) == 1 and longest[0].weight == best and max(lengths) > mean(lengths) * 1.2:
        yield _("The best option is the longest one: people guess it from its length.")
    elif max(lengths) > mean(lengths) * OUTSTANDING:
        yield _("The options differ much in length. Make them about the same.")


def _catch_alls(item: Item) -> Iterator[str]:
    for number, option in enumerate(item.options, start=1):
        if fold(plain_text(option.text)).rstrip(".") in CATCH_ALLS:
            yield _(
                "Option %(number)s is a catch-all. It tests logic rather than judgement, "
                "and it makes no sense when options are shuffled."
            ) % {"number": number}


def _feedback(item: Item) -> Iterator[str]:
    lengths = [_words(option.feedback) for option in item.options]
    places = [
        str(number)
        for number, words in enumerate(lengths, start=1)
        if words and not SHORTEST_FEEDBACK <= words <= LONGEST_FEEDBACK
    ]
    if places:
        yield _(
            "Feedback teaches best with %(least)s to %(most)s words that say what the option "
            "does for both sides. Look at option %(places)s."
        ) % {
            "least": SHORTEST_FEEDBACK,
            "most": LONGEST_FEEDBACK,
            "places": ", ".join(places),
        }
