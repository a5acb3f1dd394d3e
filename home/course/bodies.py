"""From the blocks of a content file to the value of a StreamField.

The field's own block definition says which texts are prose, so that content files
need no markup of their own and a new kind of block needs no change here.
"""

import datetime as dt
from typing import Any

from wagtail import blocks

from home.course.prose import rich_text
from home.course.reading import ContentError, key
from modules.blocks.defining import TermBlock
from modules.models import GlossaryTerm

IDENTITY = "id"
ITEM = "item"  # How a list wraps what stands in it.


def stream(definition: blocks.BaseStreamBlock, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return raw stream data; each item has one key, the name of its block.

    A plain text where a block has several fields is its first field.

    Raises:
        ContentError: a block or one of its fields does not exist, or a term that is named.
    """
    data = []
    for item in items:
        [(kind, value)] = item.items()
        data.append({"type": kind, "value": _value(_child(definition, kind), value)})
    return data


def comparable(value: Any) -> Any:
    """Return stream data as JSON has it, without the ids that each loading makes anew."""
    if isinstance(value, dict) and value.get("type") == ITEM:
        return comparable(value["value"])
    if isinstance(value, dict):
        return {name: comparable(part) for name, part in value.items() if name != IDENTITY}
    if isinstance(value, list):
        return [comparable(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _value(block: blocks.Block, value: Any) -> Any:
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(value)
    if isinstance(block, blocks.StructBlock):
        if isinstance(value, str):
            value = {next(iter(block.child_blocks)): value}
        return {name: _value(_child(block, name), part) for name, part in value.items()}
    if isinstance(block, blocks.ListBlock):
        return [_value(block.child_block, part) for part in value]
    if isinstance(block, blocks.StreamBlock):
        return stream(block, value)
    if isinstance(block, TermBlock):
        return _term(value)
    return " ".join(value.split()) if isinstance(value, str) else value


def _term(name: str) -> int:
    found = GlossaryTerm.objects.originals().filter(translation_key=key("term", name)).first()
    if found is None:
        raise ContentError(f"There is no glossary term “{name}”.")
    return found.pk


def _child(block: blocks.BaseStreamBlock | blocks.BaseStructBlock, name: str) -> blocks.Block:
    try:
        return block.child_blocks[name]
    except KeyError as error:
        known = ", ".join(block.child_blocks)
        raise ContentError(f"There is no block or field “{name}” among: {known}.") from error
