"""Putting what a requirement set says into force, from a moment on."""

import datetime as dt

from django.db import transaction

from people.models import User
from readiness.contents import content_of
from readiness.errors import NothingNewError, PastDateError
from readiness.models import RequirementSet, RequirementSetVersion


def proposal(
    requirement_set: RequirementSet,
    *,
    effective_at: dt.datetime,
    includes_abroad: bool,
    by: User | None,
    at: dt.datetime,
) -> RequirementSetVersion:
    """The version that publishing would make now; nothing is saved."""
    newest = _newest(requirement_set)
    return RequirementSetVersion(
        requirement_set=requirement_set,
        number=newest.number + 1 if newest else 1,
        content=content_of(requirement_set),
        effective_at=effective_at,
        includes_abroad=includes_abroad,
        published_at=at,
        published_by=by,
    )


@transaction.atomic
def publish(
    *,
    requirement_set: RequirementSet,
    by: User | None,
    at: dt.datetime,
    effective_at: dt.datetime,
    includes_abroad: bool = False,
) -> RequirementSetVersion:
    """Freeze what the set asks into a new version; earlier ones stay as they were.

    Raises:
        NothingNewError: if it asks just what the newest version asks.
        PastDateError: if a set that holds already would have held otherwise before
            today: what was in force then cannot be rewritten.
    """
    locked = RequirementSet.objects.select_for_update().get(pk=requirement_set.pk)
    newest = _newest(locked)
    wanted = proposal(
        locked, effective_at=effective_at, includes_abroad=includes_abroad, by=by, at=at
    )
    if newest and newest.content == wanted.content:
        raise NothingNewError
    if newest and effective_at < at - dt.timedelta(days=1):
        raise PastDateError
    wanted.save()
    return wanted


def has_news(requirement_set: RequirementSet) -> bool:
    """Whether there is something to publish."""
    newest = _newest(requirement_set)
    return newest is None or newest.content != content_of(requirement_set)


def _newest(requirement_set: RequirementSet) -> RequirementSetVersion | None:
    versions = RequirementSetVersion.objects.filter(requirement_set=requirement_set)
    return versions.order_by("-number").first()
