"""What in a question's figures an author should look at. Plain Python: no Django."""

from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.analysis.items import FEWEST, ItemAnalysis

TOO_FEW = "too_few"
NEARLY_ALL_RIGHT = "nearly_all_right"
NEGATIVE = "negative"
NO_SPREAD = "no_spread"
WEAK = "weak"
BELOW_GUESSING = "below_guessing"
IDLE_OPTION = "idle_option"
TEMPTS_THE_STRONG = "tempts_the_strong"

EASY = 0.9
"""From this share of full marks on, a question finds out nothing before a course."""
WEAK_BELOW = 0.15
ENOUGH_FOR_WEAK = 30
ENOUGH_FOR_OPTIONS = 30
IDLE_BELOW = 0.02
TEMPTING = 0.1


@dataclass(frozen=True, slots=True)
class Flag:
    """`code` says what; `option` is the place of the option that it is about, from 1."""

    code: str
    option: int = 0


def flags_of(item: ItemAnalysis) -> tuple[Flag, ...]:
    """Return what stands out, the most serious first."""
    if item.n < FEWEST:
        return (Flag(TOO_FEW),)
    return (*_of_the_whole(item), *_of_options(item))


def _of_the_whole(item: ItemAnalysis) -> Iterator[Flag]:
    if item.discrimination is not None and item.discrimination < 0:
        yield Flag(NEGATIVE)
    if item.asked.guess is not None and (item.facility or 0) < item.asked.guess:
        yield Flag(BELOW_GUESSING)
    if (item.all_right or 0) >= EASY:
        yield Flag(NEARLY_ALL_RIGHT)
    elif item.sd == 0:
        yield Flag(NO_SPREAD)
    elif _is_weak(item):
        yield Flag(WEAK)


def _is_weak(item: ItemAnalysis) -> bool:
    return (
        item.n >= ENOUGH_FOR_WEAK
        and item.discrimination is not None
        and 0 <= item.discrimination < WEAK_BELOW
    )


def _of_options(item: ItemAnalysis) -> Iterator[Flag]:
    if item.n < ENOUGH_FOR_OPTIONS:
        return
    for place, option in enumerate(item.options, start=1):
        if not option.option_id or option.is_best:
            continue
        if (option.upper or 0) - (option.lower or 0) >= TEMPTING:
            yield Flag(TEMPTS_THE_STRONG, place)
        if option.share < IDLE_BELOW:
            yield Flag(IDLE_OPTION, place)
