"""Copies for authors: a new question or quiz that starts as a look-alike."""

from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _
from modelcluster.models import ClusterableModel, get_all_child_relations

from quizzes.models import Question, Quiz

NAMES: dict[type[Model], str] = {Question: "name", Quiz: "title"}
LONGEST_NAME = 200

Copied = TypeVar("Copied", Question, Quiz)


def unsaved_copy(original: Copied) -> Copied:
    """Return a copy with its options or questions, none of them saved yet.

    What only the system writes (identity, author, live version) starts anew.
    """
    model = type(original)
    data = original.serializable_data()
    _start_anew(model, data)
    copy: Copied = model.from_serializable_data(data)
    name = (_("Copy of %(name)s") % {"name": original})[:LONGEST_NAME]
    setattr(copy, NAMES[model], name)
    return copy


def _start_anew(model: type[Model], data: dict[str, Any]) -> None:
    """Take out what only the system writes, from a record's data and that of its children."""
    data["pk"] = None
    for field in model._meta.concrete_fields:
        if not field.editable and field.name in data and field.name != "sort_order":
            del data[field.name]
    if issubclass(model, ClusterableModel):
        for relation in get_all_child_relations(model):
            for child in data[relation.get_accessor_name()]:
                child.pop(relation.field.name)
                _start_anew(relation.related_model, child)
