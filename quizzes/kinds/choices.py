"""Questions whose answer is a list of options: what they share. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar
from uuid import UUID

from quizzes.kinds.base import NOTHING, Fields, Kind, Response, UnreadableAnswer, strength
from quizzes.papers import Item, PaperOption
from quizzes.texts import plain_text

FIELD = "option"


@dataclass(frozen=True)
class OptionLine:
    id: UUID
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class ChoiceSheet:
    options: tuple[OptionLine, ...]
    takes_several: bool


@dataclass(frozen=True)
class OptionReview:
    """`strength` is right, partly or wrong; of a rating it is empty."""

    text: str
    feedback: str
    is_chosen: bool
    strength: str


@dataclass(frozen=True)
class ChoiceReview:
    options: tuple[OptionReview, ...]


class ChoiceKind(Kind):
    """The response is the list of the chosen options' ids, in the question's order."""

    takes_several: ClassVar[bool] = False
    separator: ClassVar[str] = "; "

    def read(self, item: Item, fields: Fields) -> Response:
        return list(fields.get(FIELD, ()))

    def fields(self, item: Item, response: Response) -> list[tuple[str, str]]:
        return [(FIELD, str(option)) for option in response or ()]

    def normalise(self, item: Item, value: Any) -> Response:
        wanted = known_ids(value, [option.id for option in item.options])
        if len(wanted) > 1 and not self.takes_several:
            raise UnreadableAnswer("one_only")
        return [str(option.id) for option in item.chosen(wanted)]

    def grade(self, item: Item, response: Response) -> Fraction | None:
        chosen = item.chosen(response or ())
        return self.share(item, chosen) if chosen else NOTHING

    def share(self, item: Item, chosen: Sequence[PaperOption]) -> Fraction:
        """Return what these options earn; there is at least one."""
        return Fraction(chosen[0].weight)

    def option_share(self, item: Item, option: PaperOption) -> Fraction | None:
        """Return how good one option is, for the review."""
        return Fraction(option.weight)

    def best_options(self, item: Item) -> list[PaperOption]:
        best = max((option.weight for option in item.options), default=None)
        return [option for option in item.options if option.weight == best]

    def best(self, item: Item) -> Response:
        best = [str(option.id) for option in self.best_options(item)]
        return best if self.takes_several else best[:1]

    def response_words(self, item: Item, response: Response) -> str:
        return "; ".join(plain_text(option.text) for option in item.chosen(response or ()))

    def right_words(self, item: Item) -> str:
        return self.separator.join(plain_text(one.text) for one in self.best_options(item))

    def feedback_for(self, item: Item, response: Response) -> tuple[str, ...]:
        return tuple(option.feedback for option in item.chosen(response or ()))

    def parts(self, item: Item) -> list[UUID]:
        return [option.id for option in item.options]

    def sheet(self, item: Item, order: Sequence[UUID], response: Response) -> ChoiceSheet:
        chosen = {option.id for option in item.chosen(response or ())}
        return ChoiceSheet(
            options=tuple(
                OptionLine(option.id, option.text, option.id in chosen)
                for option in in_order(item, order)
            ),
            takes_several=self.takes_several,
        )

    def review(self, item: Item, order: Sequence[UUID], response: Response) -> ChoiceReview:
        chosen = {option.id for option in item.chosen(response or ())}
        return ChoiceReview(
            tuple(
                OptionReview(
                    text=option.text,
                    feedback=option.feedback,
                    is_chosen=option.id in chosen,
                    strength=strength(self.option_share(item, option)),
                )
                for option in in_order(item, order)
            )
        )


def in_order(item: Item, order: Sequence[UUID]) -> list[PaperOption]:
    return [item.option_by_id[option] for option in order]


def known_ids(value: Any, known: Sequence[UUID]) -> list[UUID]:
    """Return the value as ids of this question, each once.

    Raises:
        UnreadableAnswer: no list of ids, one twice, or one of another question.
    """
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        raise UnreadableAnswer("unreadable")
    if len(value) > 2 * len(known):
        raise UnreadableAnswer("too_much")
    wanted = [as_id(one) for one in value]
    if len(wanted) != len(set(wanted)):
        raise UnreadableAnswer("option_twice")
    if not set(known) >= set(wanted):
        raise UnreadableAnswer("strange_option")
    return wanted


def as_id(value: Any) -> UUID:
    """Return the id that a browser sent.

    Raises:
        UnreadableAnswer: it is none.
    """
    if isinstance(value, UUID):
        return value
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise UnreadableAnswer("unreadable") from error
