"""Keys for records before they are written, so that others can be prepared that name them."""

from collections.abc import Iterator

from django.db import connection, models, transaction


def reserve(model: type[models.Model], number: int) -> Iterator[int]:
    """Yield that many primary keys that nobody else gets; those not used stay unused."""
    if not number:
        return iter(())
    table, column = model._meta.db_table, model._meta.pk.column
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            sequence, counted = "sqlite_sequence", (number, table)
            cursor.execute(f"UPDATE {sequence} SET seq = seq + %s WHERE name = %s", counted)  # noqa: S608  no input.
            if not cursor.rowcount:
                cursor.execute(f"INSERT INTO {sequence} (seq, name) VALUES (%s, %s)", counted)  # noqa: S608
            cursor.execute(f"SELECT seq FROM {sequence} WHERE name = %s", [table])  # noqa: S608
            last = cursor.fetchone()[0]
            return iter(range(last - number + 1, last + 1))
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, column, number],
        )
        return iter([key for (key,) in cursor.fetchall()])
