"""What changed after somebody completed it: told to those whose exchange has not begun.

Nobody's completion is ever taken back, and no verdict waits for it: it is a step of its
own beside the modules.
"""

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from exchanges.models import Placement
from modules.models import MaterialChange
from people.models import User
from progress.models import ChangeRead, LessonRecord, ModuleRecord


def affected(page_key: UUID, *, at: dt.datetime) -> set[int]:
    """Receive the hook `people_affected_by_change`: who completed it and is not away yet."""
    before = Placement.objects.filter(_not_begun(at)).active()
    people: set[int] = set()
    for records in (
        LessonRecord.objects.filter(lesson_key=page_key),
        ModuleRecord.objects.filter(module_key=page_key),
    ):
        done = records.filter(completed_at__lte=at, participant__in=before.values("participant"))
        people.update(done.values_list("participant_id", flat=True))
    return people


def unread_changes(participant: User, *, at: dt.datetime) -> QuerySet[MaterialChange]:
    """Changes since the person completed the page, still to be read; the oldest first.

    One query. None once every exchange of theirs has begun.
    """
    own = {"participant": participant.pk, "completed_at__lte": OuterRef("published_at")}
    lessons = LessonRecord.objects.filter(lesson_key=OuterRef("page_key"), **own)
    modules = ModuleRecord.objects.filter(module_key=OuterRef("page_key"), **own)
    read = ChangeRead.objects.filter(change=OuterRef("pk"), participant=participant.pk)
    before = Placement.objects.filter(_not_begun(at), participant=participant.pk).active()
    return MaterialChange.objects.filter(
        Exists(lessons) | Exists(modules),
        ~Exists(read),
        Exists(before),
        published_at__lte=at,
    ).order_by("published_at", "pk")


def confirm_read(*, participant: User, change: MaterialChange, at: dt.datetime) -> bool:
    """Write down that the person has read what changed; the first time counts.

    Returns:
        Whether it was theirs to read.
    """
    if not unread_changes(participant, at=at).filter(pk=change.pk).exists():
        return False
    ChangeRead.objects.get_or_create(
        participant=participant, change=change, defaults={"read_at": at}
    )
    return True


def _not_begun(at: dt.datetime) -> Q:
    today = timezone.localtime(at).date()
    return Q(own_start_date__gt=today) | Q(
        own_start_date__isnull=True, exchange__start_date__gt=today
    )
