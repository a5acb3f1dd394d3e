"""Writing down what participants read. Every deed may be repeated without harm."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from modules.enums import RULES_OF_CHECKS, StepRule
from modules.models import LessonPage
from people import roles
from people.models import User
from people.standing_in import is_stand_in
from progress.completion import settle
from progress.models import JournalEntry, LessonRecord, ModuleRecord
from progress.signals import evidence_changed
from quizzes.models import Quiz


class AsksForMore(Exception):
    """Pressing “Mark as read” does not make this lesson done."""


def is_recorded(user: User) -> bool:
    """Whether this person's learning is written down.

    People with the role of participant or with a placement: a lecturer who travels
    learns like everybody else. Trainers and coordinators who only look leave no trace.
    The made-up person of a preview sees what a participant sees; it has no row to write to.
    """
    if is_stand_in(user):
        return True
    is_participant = Q(groups__name=roles.PARTICIPANTS) | Q(placements__isnull=False)
    return User.objects.filter(is_participant, pk=user.pk).exists()


@transaction.atomic
def open_lesson(*, participant: User, lesson: LessonPage, at: dt.datetime) -> LessonRecord:
    """Write down that the person has the lesson before them; start its module if need be."""
    module = lesson.get_parent()
    _open_module(participant, module, at)
    record, is_new = LessonRecord.objects.get_or_create(
        participant=participant,
        lesson_key=lesson.translation_key,
        defaults={
            "module_key": module.translation_key,
            "title": lesson.title,
            "opened_at": at,
            "last_opened_at": at,
        },
    )
    if not is_new:
        record.title = lesson.title
        record.module_key = module.translation_key
        record.last_opened_at = max(at, record.last_opened_at)
        record.save(update_fields=["title", "module_key", "last_opened_at"])
    else:
        evidence_changed.send(sender=LessonRecord, participant_ids=[participant.pk], at=at)
    return record


def complete_lesson(*, participant: User, lesson: LessonPage, at: dt.datetime) -> LessonRecord:
    """Write down that the person has read the lesson to its end; the first time counts.

    Settles the module, too, so that its completion is on record at once.

    Raises:
        AsksForMore: the lesson's rule is another one than reading.
    """
    if _asks_for_more(lesson):
        raise AsksForMore
    with transaction.atomic():
        record = open_lesson(participant=participant, lesson=lesson, at=at)
        _complete(record, at)
    settle([participant.pk], module_key=record.module_key, at=at)
    evidence_changed.send(sender=LessonRecord, participant_ids=[participant.pk], at=at)
    return record


def tick(
    *, participant: User, lesson: LessonPage, points: Collection[str], at: dt.datetime
) -> LessonRecord:
    """Keep which points of the lesson's checklists are ticked; ids that it lacks are left out.

    A lesson whose rule is its checklists is done with the last point, and stays so.
    """
    kept = [point for point in lesson.tick_ids if point in points]
    with transaction.atomic():
        record = open_lesson(participant=participant, lesson=lesson, at=at)
        record.ticks, record.ticked_at = kept, at
        record.save(update_fields=["ticks", "ticked_at"])
        counts = lesson.rule_in_force == StepRule.TICKED and len(kept) == len(lesson.tick_ids)
        if counts:
            _complete(record, at)
    if counts:
        settle([participant.pk], module_key=record.module_key, at=at)
        evidence_changed.send(sender=LessonRecord, participant_ids=[participant.pk], at=at)
    return record


def note_answered(*, participant: User, lesson: LessonPage, at: dt.datetime) -> bool:
    """Count that a question of the lesson was answered in the journal.

    A lesson whose rule is its questions is done with the last answer, and stays so: erasing an
    answer takes nothing back.

    Returns:
        Whether the lesson is done by its questions now.
    """
    if lesson.rule_in_force != StepRule.REFLECTED:
        return False
    answers = JournalEntry.objects.filter(
        participant=participant,
        lesson_key=lesson.translation_key,
        block_id__in=lesson.prompt_ids,
    )
    with transaction.atomic():
        record = open_lesson(participant=participant, lesson=lesson, at=at)
        counts = answers.count() == len(lesson.prompt_ids)
        if counts:
            _complete(record, at)
    if counts:
        settle([participant.pk], module_key=record.module_key, at=at)
        evidence_changed.send(sender=LessonRecord, participant_ids=[participant.pk], at=at)
    return counts


def _complete(record: LessonRecord, at: dt.datetime) -> None:
    """Write down the first time that the lesson was done."""
    LessonRecord.objects.filter(pk=record.pk, completed_at__isnull=True).update(
        completed_at=max(at, record.opened_at)
    )
    record.refresh_from_db()


def _asks_for_more(lesson: LessonPage) -> bool:
    """Whether the lesson is done by something else than reading it."""
    if lesson.rule_in_force in RULES_OF_CHECKS:
        return Quiz.objects.filter(pk__in=lesson.check_ids).exists()
    return lesson.rule_in_force != StepRule.READ


def remember_position(
    *, participant: User, lesson: LessonPage, position: str, at: dt.datetime
) -> None:
    """Keep the id of the block at which to go on; an id that the lesson lacks is left out."""
    if position not in {block.id for block in lesson.body}:
        return
    record = open_lesson(participant=participant, lesson=lesson, at=at)
    LessonRecord.objects.filter(pk=record.pk).update(position=position)


def _open_module(participant: User, module: Page, at: dt.datetime) -> None:
    record, is_new = ModuleRecord.objects.get_or_create(
        participant=participant,
        module_key=module.translation_key,
        defaults={"title": module.title, "started_at": at, "last_opened_at": at},
    )
    if not is_new:
        record.title = module.title
        record.last_opened_at = max(at, record.last_opened_at)
        record.save(update_fields=["title", "last_opened_at"])
