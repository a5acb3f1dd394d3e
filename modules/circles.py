"""Which modules wait for each other without end. Plain Python."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

Pair = tuple[UUID, UUID]


def reached(start: UUID, onward: Mapping[UUID, Collection[UUID]]) -> set[UUID]:
    """Return all that `start` waits for, directly or through others; itself only in a circle."""
    seen: set[UUID] = set()
    waiting = list(onward.get(start, ()))
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting.extend(onward.get(key, ()))
    return seen


def without_circles(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs (who waits, for whom) of which none keeps anybody waiting for ever."""
    every = list(pairs)
    onward: dict[UUID, list[UUID]] = {}
    for one, other in every:
        onward.setdefault(one, []).append(other)
    return [(one, other) for one, other in every if one not in {other, *reached(other, onward)}]
