"""What every kind of question can do. Plain Python: no Django."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar
from uuid import UUID

from quizzes.papers import Item

# A JSON value, made by the question's kind: a list, a mapping or a text. None before the first.
Response = Any
Fields = Mapping[str, Sequence[str]]

NOTHING = Fraction(0)
ALL = Fraction(1)

RIGHT, PARTLY, WRONG = "right", "partly", "wrong"


class UnreadableAnswer(ValueError):
    """The answer cannot be one of this question. `code` has its words in `refusals`."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Rating:
    """One place on a scale, from 0 to 1, that speaks about a dimension."""

    dimension: str
    value: Fraction
    weight: Fraction


class Kind:
    """One kind of question. Subclasses have no state; there is one of each."""

    name: ClassVar[str]
    is_graded: ClassVar[bool] = True
    # Whether shown parts are shuffled: if the quiz wants it, always, or never.
    may_shuffle: ClassVar[bool] = True
    must_shuffle: ClassVar[bool] = False
    # Whether the fields stand in the words of the question themselves.
    stem_has_fields: ClassVar[bool] = False

    @property
    def template(self) -> str:
        """The name of its templates in `quizzes/kinds/`."""
        return self.name

    def read(self, item: Item, fields: Fields) -> Response:
        """Return what the fields of a form say, not yet checked."""
        raise NotImplementedError

    def fields(self, item: Item, response: Response) -> list[tuple[str, str]]:
        """Return the fields of a form that `read` turns into this response again."""
        raise NotImplementedError

    def normalise(self, item: Item, value: Any) -> Response:
        """Return the value in its one form for this question.

        Raises:
            UnreadableAnswer: it cannot be an answer to this question.
        """
        raise NotImplementedError

    def is_empty(self, response: Response) -> bool:
        return not response

    def grade(self, item: Item, response: Response) -> Fraction | None:
        """Return the exact share of the mark; None if a person decides, or nobody."""
        raise NotImplementedError

    def best(self, item: Item) -> Response:
        """Return an answer that earns everything, or an empty one where there is none."""
        raise NotImplementedError

    def ratings(self, item: Item, response: Response) -> Iterable[Rating]:
        """Return what the response says about dimensions without a right or wrong."""
        return ()

    def response_words(self, item: Item, response: Response) -> str:
        raise NotImplementedError

    def right_words(self, item: Item) -> str:
        raise NotImplementedError

    def feedback_for(self, item: Item, response: Response) -> tuple[str, ...]:
        """Return the feedback that the own answer brings, where the right one is not told.

        What is said of a pair or a place speaks about the right answer, so it is not meant.
        """
        return ()

    def parts(self, item: Item) -> list[UUID]:
        """Return the ids whose order an attempt keeps, in the author's order."""
        return []

    def sheet(self, item: Item, order: Sequence[UUID], response: Response) -> Any:
        """Return what a form needs while the attempt is open: never a key."""
        raise NotImplementedError

    def review(self, item: Item, order: Sequence[UUID], response: Response) -> Any:
        """Return what is told after submission: keys and feedback, too."""
        raise NotImplementedError


def strength(share: Fraction | None) -> str:
    """Name a share of the mark: all of it, some, or none."""
    if share is None:
        return ""
    if share >= 1:
        return RIGHT
    return PARTLY if share > 0 else WRONG
