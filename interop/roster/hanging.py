"""What hangs on records, asked of the models themselves: a new room is noticed by itself."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import ForeignObjectRel, Model

from exchanges.models import LanguageSkill
from library.batches import batches
from people.models import User
from readiness.models import OpenRequirement, StateChange, StateRow

BATCH = 500
DERIVED: frozenset[type[Model]] = frozenset(
    {StateRow, OpenRequirement, StateChange, LanguageSkill, User.groups.through}
)
"""What a record has by itself, and what the fold makes of it: no facts."""

Besides = Mapping[type[Model], Collection[int]]


def hanging_on(
    model: type[Model], pks: Collection[int], *, besides: Besides | None = None
) -> set[int]:
    """Those of the records on which something hangs.

    Args:
        besides: by model, the keys of records that do not count.

    One query for each kind of thing that can hang there and for each 500 records.
    """
    return {
        pk
        for some in batches(sorted(pks), BATCH)
        for relation in _relations(model)
        for pk in _named_by(relation, some, besides or {})
    }


def _relations(model: type[Model]) -> list[ForeignObjectRel]:
    return [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel)
        and not relation.many_to_many
        and relation.related_model not in DERIVED
    ]


def _named_by(relation: ForeignObjectRel, pks: Sequence[int], besides: Besides) -> set[int]:
    holder = relation.related_model
    column = relation.field.attname
    holders = holder._default_manager.filter(**_among(relation.field.name, pks))
    found = holders.values_list("pk", column)
    passed_over, wanted = besides.get(holder, ()), set(pks)
    return {named for pk, named in found if named in wanted and pk not in passed_over}


def _among(name: str, pks: Sequence[int]) -> dict[str, Any]:
    """Ask for keys that stand close together, as an import gives them, by the first and the last.

    Naming hundreds of them, for dozens of kinds of things, takes longer than any answer.
    """
    if pks[-1] - pks[0] < 2 * len(pks):
        return {f"{name}__gte": pks[0], f"{name}__lte": pks[-1]}
    return {f"{name}__in": pks}
