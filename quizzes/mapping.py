"""Whether answers to one version of a quiz can be judged by another one's key.

The words are those that the trainer reads beside the attempt that stays as it is.
"""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from quizzes.kinds import Response, UnreadableAnswer, kind_of
from quizzes.kinds.choices import ChoiceKind
from quizzes.papers import MULTIPLE, Item, Paper
from quizzes.texts import plain_text, shortened

NAME_LENGTH = 60


def obstacles(old: Paper, new: Paper, answers: Mapping[UUID, Response]) -> Iterator[str]:
    """Yield why an attempt with these questions and answers cannot be judged by `new`.

    Args:
        old: the questions that the attempt has.
        new: the paper with the new key; what is only in it was never asked and is left out.
        answers: the last answer to each answered question.
    """
    for item in old.items:
        other = new.item_by_id.get(item.id)
        name = shortened(plain_text(item.stem), NAME_LENGTH)
        if other is None:
            yield _("“%(question)s” is not in the new version.") % {"question": name}
        elif other.kind != item.kind:
            yield _("“%(question)s” is another kind of question now.") % {"question": name}
        else:
            yield from _of_options(item, other, answers.get(item.id), name)


def _of_options(item: Item, other: Item, response: Response, name: str) -> Iterator[str]:
    if not isinstance(kind_of(other), ChoiceKind) and _parts(other) != _parts(item):
        yield _("“%(question)s” has other parts now.") % {"question": name}
        return
    added = [option for option in other.options if option.id not in item.option_by_id]
    if other.kind == MULTIPLE and added:
        yield _("“%(question)s” has options that were not there to tick.") % {"question": name}
    elif any(option.weight > 0 for option in added):
        yield _("“%(question)s” has a right option that was not there to choose.") % {
            "question": name
        }
    elif not _is_readable(other, response):
        yield _("The answer to “%(question)s” is not among the options any more.") % {
            "question": name
        }


def _parts(item: Item) -> set[UUID]:
    return set(kind_of(item).parts(item))


def _is_readable(other: Item, response: Response) -> bool:
    try:
        kind_of(other).normalise(other, response)
    except UnreadableAnswer:
        return False
    return True
