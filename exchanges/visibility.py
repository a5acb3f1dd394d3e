"""Who may see which placement: the one rule that every list, page and export asks."""

from collections.abc import Iterable

from django.db.models import Q

from people import roles
from people.models import User

NOTHING = Q(pk__in=[])
# Not an empty condition, which an "or" would leave out.
EVERYTHING = ~NOTHING


def answers_for(user: User, through: str = "") -> Q:
    """Offices that user belongs to, and all offices below them.

    Args:
        user: the person who asks; an administrator answers for every office.
        through: the look-up that leads from the filtered model to offices,
            such as `office__`; empty for offices themselves.
    """
    if roles.is_administrator(user):
        return EVERYTHING
    if not roles.is_coordinator(user):
        return NOTHING
    return _below(user.offices.values_list("path", flat=True), through)


def looks_at(user: User, through: str = "") -> Q:
    """Offices that user answers for or observes, and all offices below them.

    Args:
        user: the person who asks; an administrator looks at every office.
        through: as for `answers_for`.
    """
    if roles.is_administrator(user):
        return EVERYTHING
    if not roles.is_observer(user):
        return NOTHING
    paths = user.observed_offices.order_by().values_list("path", flat=True)
    if roles.is_coordinator(user):
        paths = paths.union(user.offices.order_by().values_list("path", flat=True))
    return _below(paths, through)


def coordinated_by(user: User, through: str = "") -> Q:
    """Placements of the offices that user answers for.

    Args:
        user: the person who asks; an administrator answers for every office.
        through: the look-up that leads from the filtered model to placements,
            such as `placements__`; empty for placements themselves.
    """
    return answers_for(user, through=f"{through}office__")


def observed_by(user: User, through: str = "") -> Q:
    """Placements of the offices that user answers for or observes: to look at, for no deed.

    Args:
        user: the person who asks; an administrator looks at every office.
        through: as for `coordinated_by`.
    """
    return looks_at(user, through=f"{through}office__")


def visible_to(user: User, through: str = "") -> Q:
    """Own placements, and those of the offices that user answers for or observes."""
    if roles.is_administrator(user):
        return EVERYTHING
    return Q(**{f"{through}participant": user}) | observed_by(user, through)


def _below(paths: Iterable[str], through: str) -> Q:
    """Offices at these paths of the tree, and all below them."""
    found = NOTHING
    for path in paths:
        found |= Q(**{f"{through}path__startswith": path})
    return found
