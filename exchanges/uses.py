"""What stands against deleting a record: everything that points to it and must not lose it."""

from dataclasses import dataclass

from django.db.models import PROTECT, Model
from django.utils.text import capfirst


@dataclass(frozen=True, slots=True)
class Use:
    """How many records of one kind use another."""

    name: str
    number: int


def uses(record: Model) -> list[Use]:
    """Return the kinds of records that keep this one from being deleted, with their numbers."""
    found = []
    for relation in record._meta.related_objects:
        if relation.on_delete is PROTECT:
            model = relation.related_model
            number = model._default_manager.filter(**{relation.field.name: record}).count()
            found.append(Use(capfirst(str(model._meta.verbose_name_plural)), number))
    return [use for use in found if use.number]
