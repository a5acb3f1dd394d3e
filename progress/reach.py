"""Which people somebody answers for by the offices of their placements."""

from typing import Any

from django.db.models import Q

from exchanges.models import Placement
from people.models import User


def coordinated_people(*, user: User, **_signal: Any) -> Q:
    """Receive `quizzes.reach.reach_wanted`."""
    return Q(pk__in=Placement.objects.coordinated_by(user).values("participant"))
