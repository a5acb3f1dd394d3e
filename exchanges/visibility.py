"""Who may see which placement: the one rule that every list, page and export asks."""

from django.db.models import Q

from people import roles
from people.models import User

EVERYTHING = Q()
NOTHING = Q(pk__in=[])


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
    found = NOTHING
    for path in user.offices.values_list("path", flat=True):
        found |= Q(**{f"{through}path__startswith": path})
    return found


def coordinated_by(user: User, through: str = "") -> Q:
    """Placements of the offices that user answers for.

    Args:
        user: the person who asks; an administrator answers for every office.
        through: the look-up that leads from the filtered model to placements,
            such as `placements__`; empty for placements themselves.
    """
    return answers_for(user, through=f"{through}office__")


def visible_to(user: User, through: str = "") -> Q:
    """Own placements, and those that user answers for."""
    if roles.is_administrator(user):
        return EVERYTHING
    return Q(**{f"{through}participant": user}) | coordinated_by(user, through)
