"""Which rows hold: made by what is asked now, and not overtaken by the time."""

import datetime as dt

from django.db.models import Q


def holds(*, asked: str, at: dt.datetime, through: str = "") -> Q:
    """Rows that say at `at` what the fold would say.

    Args:
        asked: the fingerprint of what is asked now (`readiness.states.fingerprint`).
        at: the moment.
        through: the look-up that leads from the filtered model to rows, such as `row__`;
            empty for rows themselves.
    """
    return Q(**{f"{through}asked": asked, f"{through}holds_until__gt": at})


def overtaken(*, at: dt.datetime) -> Q:
    """Rows whose time is over."""
    return Q(holds_until__lte=at)


def asked_otherwise(asked: str) -> Q:
    """Rows made by other sets: on either side of `asked`, as an index can look them up."""
    return Q(asked__lt=asked) | Q(asked__gt=asked)
