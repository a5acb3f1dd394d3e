"""Reading a StreamField's stored content by its blocks' definitions, without one query.

The value as blocks make it of themselves reads each page, image and document that it
names. Here only the keys are wanted, of many pages at once.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.coreutils import resolve_model_string
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text.rewriters import extract_attrs

LINK = re.compile(r"<(?:a|embed)\b[^>]*>")
END_OF_LINE = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value at the end of a path through blocks, and the outermost block it stands in."""

    block: blocks.Block
    value: Any
    block_id: str
    holder: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reference:
    """Something with a key that the content names."""

    model: type[Model]
    key: int
    block_id: str


def leaves(stream: blocks.StreamBlock, raw: Sequence[Mapping[str, Any]]) -> Iterator[Leaf]:
    """Walk down the stored content; what no block of today knows is left out."""
    for child in raw:
        block = stream.child_blocks.get(child["type"])
        if block is not None:
            yield from _below(block, child["value"], child.get("id") or "", {})


def _below(
    block: blocks.Block, value: Any, block_id: str, holder: Mapping[str, Any]
) -> Iterator[Leaf]:
    if isinstance(block, blocks.StreamBlock):
        for child in value or []:
            inner = block.child_blocks.get(child["type"])
            if inner is not None:
                yield from _below(inner, child["value"], block_id, holder)
    elif isinstance(block, blocks.ListBlock):
        for item in value or []:
            is_wrapped = isinstance(item, dict) and set(item) == {"type", "value", "id"}
            inner_value = item["value"] if is_wrapped else item
            yield from _below(block.child_block, inner_value, block_id, holder)
    elif isinstance(block, blocks.StructBlock) and isinstance(value, Mapping):
        for name, inner in block.child_blocks.items():
            yield from _below(inner, value.get(name), block_id, value)
    else:
        yield Leaf(block, value, block_id, holder)


def references(leaf: Leaf) -> Iterator[Reference]:
    """The pages, images, documents and other records that a value names."""
    if isinstance(leaf.block, blocks.RichTextBlock):
        for model, key in links_of(str(leaf.value or "")):
            yield Reference(model, key, leaf.block_id)
    elif isinstance(leaf.block, blocks.ChooserBlock) and str(leaf.value or "").isdigit():
        # Wagtail's own chooser of documents names its model by a string.
        model = resolve_model_string(leaf.block.target_model)
        yield Reference(model, int(leaf.value), leaf.block_id)


def links_of(html: str) -> Iterator[tuple[type[Model], int]]:
    """What a rich text in its stored form links to."""
    models: dict[str, type[Model]] = {
        "page": Page,
        "document": get_document_model(),
        "image": get_image_model(),
    }
    for tag in LINK.findall(html):
        attributes = extract_attrs(tag)
        model = models.get(attributes.get("linktype") or attributes.get("embedtype") or "")
        if model and attributes.get("id", "").isdigit():
            yield model, int(attributes["id"])


def words_of(leaf: Leaf) -> str:
    """What people read of a value: the sentences of texts, nothing of keys and choices."""
    if isinstance(leaf.block, blocks.RichTextBlock):
        return strip_tags(END_OF_LINE.sub(".\n", str(leaf.value or "")))
    if isinstance(leaf.block, blocks.TextBlock | blocks.CharBlock):
        return f"{leaf.value or ''}.\n"
    return ""
