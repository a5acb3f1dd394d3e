"""Long lists in parts, so that no query and no transaction grows with them."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the items in their order, `size` at a time; the last part may be shorter."""
    for first in range(0, len(items), size):
        yield items[first : first + size]
