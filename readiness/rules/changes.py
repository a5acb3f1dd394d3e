"""What differs between two states of one person, and since when. Plain Python."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Status:
    """One thing asked: how it stands, and the moment of the fact or the date that says so."""

    name: str
    status: str
    since: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise now. `before` is empty for what is newly asked,
    `after` for what is asked no longer.
    """

    key: str
    name: str
    before: str
    after: str
    since: dt.datetime | None = None


def changes(before: Mapping[str, str], after: Mapping[str, Status]) -> tuple[Change, ...]:
    """Every difference, in the order of the keys; nothing where nothing differs.

    Args:
        before: the statuses known so far, by key.
        after: how each thing stands now.
    """
    found = [
        Change(key, one.name, before.get(key, ""), one.status, one.since)
        for key, one in after.items()
        if before.get(key, "") != one.status
    ]
    found += [Change(key, "", was, "") for key, was in before.items() if key not in after]
    return tuple(sorted(found, key=lambda change: change.key))
