"""Whether every database could hold what the fields of a record say."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import CharField, Model, TextField

from interop.modules.faults import Fault, Problem, shown


def invalid(record: Model, where: str, names: set[str]) -> Iterator[Problem]:
    """Yield why these fields of a record could not be saved."""
    others = {one.name for one in record._meta.get_fields()} - names
    for name in sorted(_not_holdable(record, names)):
        yield str(Fault.WRONG_VALUE), shown(f"{where}, {name}: {getattr(record, name)}")
    try:
        record.clean_fields(exclude=others)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield str(Fault.WRONG_VALUE), shown(f"{where}, {name}: {' '.join(messages)}")


def _not_holdable(record: Model, names: set[str]) -> Iterator[str]:
    """Yield the fields whose value only some databases could hold, or none."""
    for one in record._meta.concrete_fields:
        if one.name not in names:
            continue
        value = getattr(record, one.name)
        bounds = BaseDatabaseOperations.integer_field_ranges.get(one.get_internal_type())
        lowest, highest = bounds or (0, 0)
        is_large = bool(bounds) and isinstance(value, int) and not lowest <= value <= highest
        is_empty = value == "" and not isinstance(one, CharField | TextField)
        if is_large or is_empty or (value is None and not one.null):
            yield one.name
