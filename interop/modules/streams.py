"""A stream as Wagtail stores it, gone through by its own block definition.

Going out, what it refers to becomes local ids; coming in, every block, field and value is
looked at, and local ids become what is here.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from interop.modules.faults import Fault, Problem, shown
from interop.modules.richtext import OWN_LINKS, cleaned
from library.models import CustomDocument, CustomImage
from modules.blocks.judging import DimensionBlock
from modules.models import GlossaryTerm
from quizzes.models import Quiz

Find = Callable[[str, Any], Any]
"""Kind and id of what is referred to; returns the other id, or None where it is not there."""

KINDS: Mapping[type[Any], str] = {
    CustomImage: "image",
    CustomDocument: "document",
    Quiz: "quiz",
    Page: "page",
    GlossaryTerm: "term",
}
DIMENSION = "dimension"
"""Named by its key, which is the same on every site: nothing of it travels."""
ITEM = "item"  # How a list wraps what stands in it.
MOST_PARTS = 500


def plain(value: Any) -> Any:
    """Return the value as JSON has it: dates as text, nothing lazy."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def kind_of(block: blocks.ChooserBlock) -> str:
    """Return the kind of what the block chooses; empty for what cannot travel."""
    chosen = block.model_class
    return next((kind for model, kind in KINDS.items() if issubclass(chosen, model)), "")


@dataclass(slots=True)
class Outward:
    """Takes a stream out of the site."""

    find: Find
    own_hosts: Collection[str] = ()

    def stream(self, block: blocks.BaseStreamBlock, raw: Any) -> list[Any]:
        return [
            _part(part, self._value(block.child_blocks[part["type"]], part["value"]))
            for part in raw
            if part["type"] in block.child_blocks
        ]

    def _value(self, block: blocks.Block, raw: Any) -> Any:
        takers: tuple[tuple[type[Any], Callable[..., Any]], ...] = (
            (blocks.RichTextBlock, self._rich_text),
            (blocks.ChooserBlock, self._chosen),
            (blocks.BaseStructBlock, self._struct),
            (blocks.ListBlock, self._list),
            (blocks.BaseStreamBlock, self.stream),
        )
        if raw is None:
            return None
        take = next((take for kind, take in takers if isinstance(block, kind)), None)
        return take(block, raw) if take else raw

    def _rich_text(self, block: blocks.RichTextBlock, raw: Any) -> str:
        return cleaned(raw, features=block.features, rewrite=self.find, own_hosts=self.own_hosts)

    def _chosen(self, block: blocks.ChooserBlock, raw: Any) -> Any:
        kind = kind_of(block)
        return self.find(kind, raw) if kind else None

    def _struct(self, block: blocks.BaseStructBlock, raw: Any) -> dict[str, Any]:
        if isinstance(block, ImageBlock) and isinstance(raw, int):
            raw = {"image": raw}
        return {
            name: self._value(child, raw[name])
            for name, child in block.child_blocks.items()
            if name in raw
        }

    def _list(self, block: blocks.ListBlock, raw: Any) -> list[Any]:
        return [self._item(block.child_block, part) for part in raw]

    def _item(self, block: blocks.Block, part: Any) -> Any:
        if is_item(part):
            return _part(part, self._value(block, part["value"]))
        return self._value(block, part)


def _part(part: Mapping[str, Any], value: Any) -> dict[str, Any]:
    """Return a part in the one order, so that equal parts give equal files."""
    identity = {"id": part["id"]} if part.get("id") else {}
    return {"type": part["type"], "value": value, **identity}


def is_item(part: Any) -> bool:
    return isinstance(part, dict) and part.get("type") == ITEM and "value" in part


@dataclass(slots=True)
class Inward:
    """Takes a stream in; `problems` says what of it cannot be."""

    find: Find
    where: str
    problems: list[Problem] = field(default_factory=list)

    def stream(self, block: blocks.BaseStreamBlock, raw: Any) -> list[Any]:
        taken = []
        for part in self._parts(raw):
            kind = part.get("type") if isinstance(part, dict) else None
            if not isinstance(kind, str) or kind not in block.child_blocks:
                self._refuse(Fault.UNKNOWN_BLOCK, str(kind))
                continue
            value = self._value(block.child_blocks[kind], part.get("value"))
            taken.append({"type": kind, "value": value, "id": _identity(part.get("id"))})
        return taken

    def _value(self, block: blocks.Block, raw: Any) -> Any:
        takers: tuple[tuple[type[Any], Callable[..., Any]], ...] = (
            (blocks.RichTextBlock, self._rich_text),
            (blocks.ChooserBlock, self._chosen),
            (blocks.BaseStructBlock, self._struct),
            (blocks.ListBlock, self._list),
            (blocks.BaseStreamBlock, self.stream),
            (DimensionBlock, self._dimension),
        )
        take = next((take for kind, take in takers if isinstance(block, kind)), self._leaf)
        return take(block, raw)

    def _list(self, block: blocks.ListBlock, raw: Any) -> list[Any]:
        return [self._item(block.child_block, part) for part in self._parts(raw)]

    def _parts(self, raw: Any) -> list[Any]:
        if isinstance(raw, list) and len(raw) <= MOST_PARTS:
            return raw
        self._refuse(Fault.WRONG_VALUE, str(raw))
        return []

    def _item(self, block: blocks.Block, part: Any) -> Any:
        """Return one of a list; one that was stored without an id stays so."""
        if not is_item(part):
            return self._value(block, part)
        value = self._value(block, part["value"])
        return {"type": ITEM, "value": value, "id": _identity(part.get("id"))}

    def _struct(self, block: blocks.BaseStructBlock, raw: Any) -> dict[str, Any]:
        if not isinstance(raw, dict):
            self._refuse(Fault.WRONG_VALUE, f"{block.name}: {raw}")
            return {}
        for name in raw.keys() - block.child_blocks.keys():
            self._refuse(Fault.UNKNOWN_FIELD, f"{block.name}.{name}")
        return {
            name: self._value(child, raw[name])
            for name, child in block.child_blocks.items()
            if name in raw
        }

    def _rich_text(self, block: blocks.RichTextBlock, raw: Any) -> str:
        if not isinstance(raw, str) or not is_storable(raw):
            self._refuse(Fault.WRONG_VALUE, block.name)
            return ""
        return cleaned(raw, features=block.features, rewrite=self.find, own_hosts=OWN_LINKS)

    def _chosen(self, block: blocks.ChooserBlock, raw: Any) -> Any:
        if raw is None:
            return None
        kind = kind_of(block)
        if not isinstance(raw, str) or not kind or not raw.startswith(f"{kind}-"):
            self._refuse(Fault.WRONG_VALUE, f"{block.name}: {raw}")
            return None
        return self.find(kind, raw)

    def _dimension(self, block: blocks.Block, raw: Any) -> Any:
        """Return the key; nothing for one that is not here."""
        if raw is None or raw == "":
            return raw
        if not isinstance(raw, str) or not is_storable(raw):
            self._refuse(Fault.WRONG_VALUE, block.name)
            return None
        return self.find(DIMENSION, raw) or ""

    def _leaf(self, block: blocks.Block, raw: Any) -> Any:
        """Look at a value as the editor's form would; an empty one may stay empty in a draft."""
        if raw is None or raw == "":
            return raw
        if not isinstance(raw, str | int | float | bool) or not is_storable(str(raw)):
            self._refuse(Fault.WRONG_VALUE, block.name)
            return None
        try:
            return plain(block.get_prep_value(block.clean(block.to_python(raw))))
        except ValidationError as error:
            words = " ".join(error.messages)
            self._refuse(Fault.WRONG_VALUE, f"{block.name}: {words}")
        except (TypeError, ValueError, OverflowError, ArithmeticError):
            self._refuse(Fault.WRONG_VALUE, f"{block.name}: {raw}")
        return None

    def _refuse(self, fault: Fault, detail: str) -> None:
        self.problems.append((str(fault), shown(f"{self.where}: {detail}")))


def is_storable(text: str) -> bool:
    """Whether every database can hold the text."""
    return "\0" not in text and not any("\ud800" <= one <= "\udfff" for one in text)


def _identity(found: Any) -> str:
    """Return the id of a part, which records of progress name; a new one for what is none."""
    try:
        return str(UUID(found))
    except (TypeError, ValueError, AttributeError):
        return str(uuid4())
