"""The roles of Sojourn, and the one place that decides who has which.

A role is a Django group with permissions, made by a migration; an institution may
give a group's permission to a group of its own. The predicates ask for the
permission, never for the group's name, and are asked on every request.
"""

from typing import TYPE_CHECKING, TypeGuard

from django.contrib.auth.models import AnonymousUser

if TYPE_CHECKING:
    from people.models import User

PARTICIPANTS = "Participants"
TRAINERS = "Trainers"
# Beside "Trainers": who reads as the second, and publishes.
LEAD_TRAINERS = "Lead trainers"
COORDINATORS = "Coordinators"
OBSERVERS = "Observers"
ADMINISTRATORS = "Administrators"
GROUPS = (PARTICIPANTS, TRAINERS, LEAD_TRAINERS, COORDINATORS, OBSERVERS, ADMINISTRATORS)

TEACH = "people.teach"
COORDINATE = "people.coordinate"
OBSERVE = "people.observe"
MARK = "quizzes.mark_attempt"
READ_REFLECTIONS = "progress.read_reflections"


def is_signed_in(user: "User | AnonymousUser") -> "TypeGuard[User]":
    return user.is_authenticated and user.is_active


def is_trainer(user: "User | AnonymousUser") -> bool:
    return user.has_perm(TEACH)


def is_marker(user: "User | AnonymousUser") -> bool:
    return user.has_perm(MARK)


def reads_reflections(user: "User | AnonymousUser") -> bool:
    return user.has_perm(READ_REFLECTIONS)


def is_coordinator(user: "User | AnonymousUser") -> bool:
    return user.has_perm(COORDINATE)


def is_observer(user: "User | AnonymousUser") -> bool:
    """Whether user may look at a desk: whoever answers for one may look, too."""
    return user.has_perm(OBSERVE) or is_coordinator(user)


def is_administrator(user: "User | AnonymousUser") -> bool:
    return user.has_perm("people.change_user")


def works_in_cms(user: "User | AnonymousUser") -> bool:
    return user.has_perm("wagtailadmin.access_admin")
