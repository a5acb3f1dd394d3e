"""Putting a module's completion on record: once, and never taken back."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from library.batches import batches
from modules.languages import originals
from modules.models import LessonPage, ModulePage
from modules.outline import Outline, modules_with, outlines
from progress.facts import load
from progress.models import ModuleRecord
from progress.signals import evidence_changed
from progress.steps import Way, way
from quizzes.models import Attempt

AT_ONCE = 1_000


def settle(participant_ids: Collection[int], *, module_key: UUID, at: dt.datetime) -> set[int]:
    """Write down who of these people has done every step of the module by `at`.

    Safe to repeat and to run twice at once. Makes the module's record for people who
    began elsewhere than in a lesson. Does nothing for a module that is not published.

    Returns:
        The ids of those who have completed the module.
    """
    pages = originals(ModulePage.objects.live()).filter(translation_key=module_key).order_by("pk")
    outline = outlines(pages).get(module_key)
    if outline is None:
        return set()
    facts = load(participant_ids, [outline], as_of=at)
    ways = {person: way(outline, facts, person) for person in participant_ids}
    with transaction.atomic():
        _start(outline, ways)
        for person, so_far in ways.items():
            if so_far.completed_at:
                ModuleRecord.objects.filter(
                    participant=person, module_key=module_key, completed_at__isnull=True
                ).update(completed_at=so_far.completed_at)
    return {person for person, so_far in ways.items() if so_far.completed_at}


def _start(outline: Outline, ways: dict[int, Way]) -> None:
    ModuleRecord.objects.bulk_create(
        [
            ModuleRecord(
                participant_id=person,
                module_key=outline.module_key,
                title=outline.title,
                started_at=so_far.started_at,
                last_opened_at=so_far.started_at,
            )
            for person, so_far in ways.items()
            if so_far.started_at
        ],
        ignore_conflicts=True,
    )


def settle_attempt(*, attempt: Attempt, **_signal: Any) -> None:
    """Receive `quizzes.signals.attempt_finished`: settle the modules of the attempt's quiz."""
    at = attempt.graded_at or attempt.started_at
    for key in sorted(modules_with([attempt.quiz_id])[attempt.quiz_id]):
        settle([attempt.participant_id], module_key=key, at=at)
    evidence_changed.send(sender=Attempt, participant_ids=[attempt.participant_id], at=at)


def settle_given_up(*, attempt: Attempt, at: dt.datetime, **_signal: Any) -> None:
    """Receive `quizzes.signals.attempt_given_up`: it may have been the last one."""
    settle_regraded(attempts=[attempt], at=at)


def settle_regraded(*, attempts: Sequence[Attempt], at: dt.datetime, **_signal: Any) -> None:
    """Receive `quizzes.signals.attempts_regraded`: settle the modules of these quizzes.

    A completion that is on record stays, whatever the new results are.
    """
    quizzes = {attempt.quiz_id for attempt in attempts}
    for quiz, keys in sorted(modules_with(quizzes).items()):
        sat = {attempt.participant_id for attempt in attempts if attempt.quiz_id == quiz}
        for key in sorted(keys):
            settle(sat, module_key=key, at=at)
    people = sorted({attempt.participant_id for attempt in attempts})
    evidence_changed.send(sender=Attempt, participant_ids=people, at=at)


def settle_extra(*, instance: Any, **_signal: Any) -> None:
    """Receive Wagtail's `page_published`: nobody waits for what is an extra now.

    Who has done all the rest has completed the module. It is put on record, so that they keep
    it if the step counts again one day.
    """
    module = _with_extra(instance)
    if module is None:
        return
    at, key = instance.last_published_at, module.translation_key
    under_way = ModuleRecord.objects.filter(module_key=key, completed_at__isnull=True)
    people = list(under_way.order_by("pk").values_list("participant_id", flat=True))
    for some in batches(people, AT_ONCE):
        if done := settle(some, module_key=key, at=at):
            evidence_changed.send(sender=ModuleRecord, participant_ids=sorted(done), at=at)


def _with_extra(page: Any) -> ModulePage | None:
    """Return the module of an extra, or one that has an extra among its quizzes."""
    if isinstance(page, LessonPage):
        return page.module if page.is_extra else None
    if isinstance(page, ModulePage):
        return page if any(link.is_extra for link in page.module_quizzes.all()) else None
    return None
