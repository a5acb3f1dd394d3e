"""A StreamField whose blocks never enter a migration.

Wagtail writes the whole block definition into each migration: thousands of lines
that freeze import paths and change at every new help text. The column is plain
JSON whatever the blocks are, so migrations need none of it: there the field reads and
writes the plain list that is stored.
"""

import json
from typing import Any

from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """Wagtail's StreamField, deconstructed without its blocks."""

    def __init__(self, block_types: Any = (), *args: Any, **kwargs: Any) -> None:
        super().__init__(block_types, *args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs

    def to_python(self, value: Any) -> Any:
        if self.stream_block.child_blocks:
            return super().to_python(value)
        return json.loads(value) if isinstance(value, str) else value
