"""The changes of a placement's state in words, for its page."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from readiness.models import StateChange
from readiness.verdicts import PlacementState, VerdictStatus
from readiness.wording import STATE_LABELS, STATUS_LABELS


@dataclass(frozen=True, slots=True)
class Entry:
    """What changed at once, when it was noticed, and what of that changed the state."""

    noticed_at: dt.datetime
    state: str
    causes: tuple[tuple[str, dt.datetime | None], ...]


def entries(changes: Iterable[StateChange]) -> Iterator[Entry]:
    """In the order given; `state` is empty where the state as a whole is what it was."""
    for one in changes:
        after = str(STATE_LABELS[PlacementState(one.state_after)])
        state = after if one.state_after != one.state_before else ""
        if one.state_before and state:
            before = str(STATE_LABELS[PlacementState(one.state_before)])
            state = _("%(before)s → %(after)s") % {"before": before, "after": after}
        yield Entry(one.noticed_at, state, tuple(_cause(cause) for cause in one.causes))


def _cause(cause: dict[str, str | None]) -> tuple[str, dt.datetime | None]:
    since = parse_datetime(cause["since"]) if cause["since"] else None
    name = cause["name"] or cause["key"] or ""
    if not cause["after"]:
        return _("%(name)s is no longer asked") % {"name": name}, since
    return f"{name}: {STATUS_LABELS[VerdictStatus(cause['after'])]}", since
