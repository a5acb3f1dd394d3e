"""What was handed in: for its writer, and for the trainers' desk."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from modules.languages import originals, put_into_words
from modules.models import ImmersionTaskPage
from people.models import User
from progress.models import TaskDecision, TaskSubmission


def submissions_of(participant: User, task_key: UUID) -> list[TaskSubmission]:
    """What the person handed in for the task with the decisions, the newest first."""
    found = TaskSubmission.objects.filter(participant=participant, task_key=task_key)
    return list(found.prefetch_related("decisions__by").order_by("-number"))


def newest_of_each(participant: User) -> list[TaskSubmission]:
    """The newest of what the person handed in for each task, the latest first."""
    found = TaskSubmission.objects.filter(participant=participant)
    return list(_newest(found).prefetch_related("decisions").order_by("-submitted_at", "-pk"))


def waiting(reader: User) -> "QuerySet[TaskSubmission, Any]":
    """What waits for a trainer, the longest wait first; one's own is left out."""
    decided = TaskDecision.objects.filter(submission=OuterRef("pk"))
    found = _newest(TaskSubmission.objects.exclude(participant=reader))
    return (
        found.filter(~Exists(decided)).select_related("participant").order_by("submitted_at", "pk")
    )


def decided_by(reader: User, *, most: int) -> list[TaskDecision]:
    """What this trainer decided last."""
    found = TaskDecision.objects.filter(by=reader).select_related("submission__participant")
    return list(found.order_by("-decided_at", "-pk")[:most])


def latest_decision(submission: TaskSubmission) -> TaskDecision | None:
    """The last of the decisions that were read with the submission."""
    return max(submission.decisions.all(), key=_when, default=None)


def task_page(task_key: UUID) -> ImmersionTaskPage | None:
    """Return the published task in the reader's words."""
    pages = originals(ImmersionTaskPage.objects.live()).filter(translation_key=task_key)
    page: ImmersionTaskPage | None = pages.order_by("pk").first()
    if page:
        put_into_words([page])
    return page


def _newest(found: "QuerySet[TaskSubmission, Any]") -> "QuerySet[TaskSubmission, Any]":
    newer = TaskSubmission.objects.filter(
        participant=OuterRef("participant"),
        task_key=OuterRef("task_key"),
        number__gt=OuterRef("number"),
    )
    return found.filter(~Exists(newer))


def _when(decision: TaskDecision) -> tuple[dt.datetime, int]:
    return decision.decided_at, decision.pk
