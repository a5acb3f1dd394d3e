"""Whom somebody answers for, asked from whoever knows it: offices stand beside quizzes."""

from typing import Any

from django.db.models import Q, QuerySet
from django.dispatch import Signal

from people import roles
from people.models import User

# Sent with `user=`. A receiver returns a `Q` over people: those that the user answers for.
reach_wanted = Signal()


def people_in_reach(user: User) -> QuerySet[User]:
    """Everybody for administrators and trainers, own offices' participants for coordinators."""
    people = User.objects.filter(is_active=True)
    if roles.is_administrator(user) or roles.is_trainer(user):
        return people
    found = Q(pk__in=[])
    answers: Any = reach_wanted.send(sender=User, user=user)
    for _receiver, some in answers:
        found |= some
    return people.filter(found).distinct()
