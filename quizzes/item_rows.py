"""The figures of an item analysis as people read them: on the page and in its files alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.analysis import flags
from quizzes.analysis.analyses import Analysis
from quizzes.analysis.distractors import OptionFigures
from quizzes.analysis.flags import Flag, flags_of
from quizzes.analysis.items import ItemAnalysis
from quizzes.enums import QuestionKind

FLAG_WORDS: dict[str, Promise] = {
    flags.TOO_FEW: gettext_lazy("Too few answers to say: at least five are needed."),
    flags.NEGATIVE: gettext_lazy(
        "Negative discrimination: those who do well elsewhere do worse here. Is the key right?"
    ),
    flags.BELOW_GUESSING: gettext_lazy(
        "Fewer marks than blind guessing would earn: is the question misleading?"
    ),
    flags.NEARLY_ALL_RIGHT: gettext_lazy(
        "At least 90 % choose the best answer: it finds out little. In a pre-test, retire it."
    ),
    flags.NO_SPREAD: gettext_lazy("Everybody earns the same: it tells nobody apart."),
    flags.WEAK: gettext_lazy("Weak discrimination: it hardly tells who knows and who does not."),
    flags.IDLE_OPTION: gettext_lazy("Hardly anybody chooses option %(option)s: replace it."),
    flags.TEMPTS_THE_STRONG: gettext_lazy(
        "Option %(option)s draws the strongest third more than the weakest: is it also right?"
    ),
}


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option's line; `name` is empty for no answer. Shares are in percent."""

    question: int
    place: int
    name: str
    is_best: bool
    count: int
    share: Decimal
    upper: Decimal | None
    lower: Decimal | None
    mean_rest: Decimal | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A question's line. Shares are in percent, `discrimination` lies between -1 and 1."""

    number: int
    item_id: UUID
    name: str
    kind: str
    n: int
    facility: Decimal | None
    sd: Decimal | None
    discrimination: Decimal | None
    efficiency: Decimal | None
    weight: Decimal | None
    seconds: Decimal | None
    flags: tuple[str, ...]
    is_serious: bool
    options: tuple[OptionRow, ...]

    @property
    def flags_in_words(self) -> str:
        return " ".join(self.flags)


def item_rows(analysis: Analysis) -> list[ItemRow]:
    return [_row(number, item) for number, item in enumerate(analysis.items, start=1)]


def option_rows(rows: list[ItemRow]) -> Iterator[OptionRow]:
    for row in rows:
        yield from row.options


def percent_of(share: float | None) -> Decimal | None:
    return None if share is None else _to(share * 100, "0.1")


def _row(number: int, item: ItemAnalysis) -> ItemRow:
    found = flags_of(item)
    return ItemRow(
        number=number,
        item_id=item.asked.id,
        name=item.asked.name,
        kind=str(QuestionKind(item.asked.kind).label),
        n=item.n,
        facility=percent_of(item.facility),
        sd=percent_of(item.sd),
        discrimination=None if item.discrimination is None else _to(item.discrimination, "0.01"),
        efficiency=percent_of(item.efficiency),
        weight=percent_of(item.weight),
        seconds=None if item.seconds is None else _to(item.seconds, "1"),
        flags=tuple(_words(flag) for flag in found),
        is_serious=any(flag.code != flags.TOO_FEW for flag in found),
        options=tuple(_options(number, item)),
    )


def _options(number: int, item: ItemAnalysis) -> Iterator[OptionRow]:
    names = dict(zip(item.asked.option_ids, item.asked.option_names, strict=True))
    for place, option in enumerate(item.options, start=1):
        if option.option_id or option.count:
            yield _option(number, place, names.get(option.option_id, ""), option)


def _option(number: int, place: int, name: str, option: OptionFigures) -> OptionRow:
    return OptionRow(
        question=number,
        place=place,
        name=name or _("No answer"),
        is_best=option.is_best,
        count=option.count,
        share=_to(option.share * 100, "0.1"),
        upper=percent_of(option.upper),
        lower=percent_of(option.lower),
        mean_rest=percent_of(option.mean_rest),
    )


def _words(flag: Flag) -> str:
    """Return what to say; only words about an option have a place to fill in."""
    words = str(FLAG_WORDS[flag.code])
    return words % {"option": flag.option} if flag.option else words


def _to(number: float, places: str) -> Decimal:
    return Decimal(str(round(number, 9))).quantize(Decimal(places), ROUND_HALF_UP)
