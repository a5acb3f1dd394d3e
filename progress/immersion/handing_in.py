"""Handing in a task, once or again."""

import datetime as dt

from django.db import transaction

from modules.enums import TaskEvidence
from modules.models import ImmersionTaskPage
from people.models import User
from progress.models import TaskDecision, TaskSubmission
from progress.signals import evidence_changed


class NotToHandIn(Exception):
    """It has been accepted already, or there is nothing of what the task asks for."""


def lacks(evidence: str, *, text: str, link: str) -> bool:
    """Whether what the task asks for is missing."""
    if evidence == TaskEvidence.EITHER:
        return not text and not link
    return not (link if evidence == TaskEvidence.LINK else text)


def hand_in(
    *, participant: User, task: ImmersionTaskPage, text: str, link: str, at: dt.datetime
) -> TaskSubmission:
    """Hand in what was done; the same again, before a trainer has spoken, is one.

    Raises:
        NotToHandIn: a trainer has accepted it, or something is missing.
    """
    if lacks(task.evidence, text=text, link=link):
        raise NotToHandIn
    key = task.translation_key
    with transaction.atomic():
        User.objects.select_for_update().get(pk=participant.pk)
        earlier = TaskSubmission.objects.filter(participant=participant, task_key=key)
        if TaskDecision.objects.filter(submission__in=earlier, accepts=True).exists():
            raise NotToHandIn
        last = earlier.order_by("-number").first()
        if last and (last.text, last.link) == (text, link) and not last.decisions.exists():
            return last
        made = TaskSubmission.objects.create(
            participant=participant,
            task_key=key,
            module_key=task.module.translation_key,
            title=task.title,
            number=last.number + 1 if last else 1,
            text=text,
            link=link,
            submitted_at=at,
        )
    evidence_changed.send(sender=TaskSubmission, participant_ids=[participant.pk], at=at)
    return made
