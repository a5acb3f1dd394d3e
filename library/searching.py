"""The database's search, asked with words that every database can read.

SQLite takes a double quote that nobody closes for an error, and PostgreSQL a zero
byte. Wagtail's explorer, choosers and API pass on whatever was typed.
"""

import re
from typing import Any

from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend


class PlainWords:
    """Takes out of a typed query what the database cannot read; other queries stay."""

    def search(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().search(readable(query), *args, **kwargs)  # type: ignore[misc]

    def autocomplete(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().autocomplete(readable(query), *args, **kwargs)  # type: ignore[misc]


def readable(query: Any) -> Any:
    return re.sub(r'["\x00]', " ", query).strip() if isinstance(query, str) else query


def database_backend(params: dict[str, Any]) -> BaseSearchBackend:
    """Return Wagtail's search backend for the database in use, with plain words."""
    base = type(database.SearchBackend(params))
    backend: BaseSearchBackend = type("PlainWordsBackend", (PlainWords, base), {})(params)
    return backend
