"""Which version of a requirement set holds for somebody at a moment."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Version(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def effective_at(self) -> dt.datetime: ...
    @property
    def includes_abroad(self) -> bool: ...


V = TypeVar("V", bound=Version)


def in_force(versions: Iterable[V], *, as_of: dt.datetime, left_at: dt.datetime) -> V | None:
    """The newest version whose day has come, and that this person has not left without.

    Who leaves home before a version holds is left alone by it, unless it says that it
    is for people abroad, too.
    """
    found = [
        one
        for one in versions
        if one.effective_at <= as_of and (one.includes_abroad or one.effective_at <= left_at)
    ]
    return max(found, key=lambda one: one.number, default=None)
