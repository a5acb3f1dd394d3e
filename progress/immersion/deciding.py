"""A trainer's decision on what was handed in, and the letter that says so."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobs.posting import Letter, post
from modules.blocks.judging import TaskRow
from people.languages import language_of
from people.models import User
from progress.completion import settle
from progress.models import TaskDecision, TaskSubmission
from progress.signals import evidence_changed


class NotToDecide(Exception):
    """It is one's own, something newer was handed in, or it has been accepted."""


def decide(
    *,
    submission: TaskSubmission,
    accepts: bool,
    comment: str,
    rows: Sequence[TaskRow],
    levels: Mapping[str, int],
    by: User,
    at: dt.datetime,
    link_to: str,
) -> TaskDecision:
    """Accept what was handed in, or ask again and say what for; its writer gets a letter.

    `levels` has for each of the rubric's `rows`, by its id, the place of the level reached.
    Accepting may complete the module.

    Raises:
        NotToDecide: see there.
    """
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=submission.participant_id)
        if person.pk == by.pk or not is_open(submission):
            raise NotToDecide
        made = TaskDecision.objects.create(
            submission=submission, accepts=accepts, comment=comment, by=by, decided_at=at,
            rubric=[_kept(row, levels[str(row.id)]) for row in rows],
        )  # fmt: skip
        post([_letter(made, person, link_to)], at=at)
    if accepts:
        settle([person.pk], module_key=submission.module_key, at=at)
    evidence_changed.send(sender=TaskDecision, participant_ids=[person.pk], at=at)
    return made


def _kept(row: TaskRow, level: int) -> dict[str, Any]:
    kept = {"title": row.title, "levels": list(row.levels), "level": level}
    if row.dimension:
        kept |= {"dimension": row.dimension, "dimension_name": row.dimension_name}
    return kept


def is_open(submission: TaskSubmission) -> bool:
    """Whether there is nothing newer, and the task has not been accepted."""
    theirs = TaskSubmission.objects.filter(
        participant=submission.participant_id, task_key=submission.task_key
    )
    is_newest = not theirs.filter(number__gt=submission.number).exists()
    accepted = TaskDecision.objects.filter(submission__in=theirs, accepts=True)
    return is_newest and not accepted.exists()


def _letter(made: TaskDecision, person: User, link_to: str) -> Letter:
    with translation.override(language_of(person)), timezone.override(person.time_zone):
        title = made.submission.title
        subject = (
            _("“%(task)s” is accepted") if made.accepts else _("A trainer asks again: “%(task)s”")
        )
        context = {"person": person, "decision": made, "title": title, "link": link_to}
        return Letter(
            key=f"task:{made.uuid}",
            to=person.email,
            subject=subject % {"task": title},
            text=render_to_string("progress/email/task_decided.txt", context).strip() + "\n",
        )
