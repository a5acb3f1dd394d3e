"""INSERT statements that are made ready before the transaction in which they are carried out.

Making them is most of the work of writing many records: what is left holds a lock for as
short as the database allows.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, Model
from django.db.models.sql import InsertQuery

from library.batches import batches

ROWS_AT_ONCE = 500

Statement = tuple[str, tuple[Any, ...]]


def inserts(records: Iterable[Model], **on_conflict: Any) -> Iterator[Statement]:
    """Yield statements that insert the records, all of one model.

    Their keys are written where they have some. `on_conflict` is what `InsertQuery` takes.
    """
    database = connections[DEFAULT_DB_ALIAS]  # not through its proxy, which is slow.
    for some in batches(list(records), ROWS_AT_ONCE):
        model = type(some[0])
        fields = [
            field
            for field in model._meta.concrete_fields
            if some[0].pk is not None or not isinstance(field, AutoField)
        ]
        query = InsertQuery(model, **on_conflict)
        query.insert_values(fields, list(some))
        yield from query.get_compiler(connection=database).as_sql()


def carry_out(statements: Iterable[Statement]) -> None:
    with connection.cursor() as cursor:
        for sql, parameters in statements:
            cursor.execute(sql, parameters)
