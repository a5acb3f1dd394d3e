"""The kinds of question, one file each, and their registry. Plain Python: no Django."""

from collections.abc import Mapping

from quizzes.kinds.base import Fields, Kind, Response, UnreadableAnswer
from quizzes.kinds.gaps import Gaps
from quizzes.kinds.likert import Likert
from quizzes.kinds.matching import Matching
from quizzes.kinds.multiple import Multiple
from quizzes.kinds.numeric import Numeric
from quizzes.kinds.open_text import Open
from quizzes.kinds.ordering import Ordering
from quizzes.kinds.rating import Rating
from quizzes.kinds.short import Short
from quizzes.kinds.single import Single
from quizzes.kinds.situational import Situational
from quizzes.kinds.situational_rate import SituationalRate
from quizzes.kinds.true_false import TrueFalse
from quizzes.papers import RATE, SITUATIONAL, Item

__all__ = ["KINDS", "Fields", "Kind", "Response", "UnreadableAnswer", "kind_of"]

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Single(),
        Multiple(),
        Situational(),
        TrueFalse(),
        Matching(),
        Ordering(),
        Short(),
        Numeric(),
        Gaps(),
        Rating(),
        Likert(),
        Open(),
    )
}
OTHER_FORMS: Mapping[tuple[str, str], Kind] = {(SITUATIONAL, RATE): SituationalRate()}


def kind_of(item: Item) -> Kind:
    return OTHER_FORMS.get((item.kind, item.form)) or KINDS[item.kind]
