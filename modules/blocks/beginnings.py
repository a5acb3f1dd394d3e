"""What stands in a new block before its author writes."""

from collections.abc import Callable

from wagtail import blocks


def empty(block: blocks.StructBlock, *, times: int) -> Callable[[], list[blocks.StructValue]]:
    """Return a list's default: so many items, with the defaults of their own fields.

    An empty dictionary in its place would lose those, and the editor would head each such
    item with the word “undefined”.
    """
    return lambda: [block.get_default() for _number in range(times)]
