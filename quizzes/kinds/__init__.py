"""The kinds of question, one file each, and their registry. Plain Python: no Django."""

from collections.abc import Mapping

from quizzes.kinds.base import Fields, Kind, Response, UnreadableAnswer
from quizzes.kinds.multiple import Multiple
from quizzes.kinds.rating import Rating
from quizzes.kinds.single import Single
from quizzes.kinds.situational import Situational
from quizzes.papers import Item

__all__ = ["KINDS", "Fields", "Kind", "Response", "UnreadableAnswer", "kind_of"]

KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (Single(), Multiple(), Situational(), Rating())
}


def kind_of(item: Item) -> Kind:
    return KINDS[item.kind]
