"""What one person has read in a module and written at one of its lessons, in one query."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from modules.outline import Outline
from people.models import User
from progress.facts import HandedIn, LessonFact, Reflections, TaskFact, fold_tasks
from progress.models import (
    JournalEntry,
    JournalVersion,
    LessonNote,
    LessonRecord,
    TaskSubmission,
)

LESSON, ANSWER, TASK, NOTE = "lesson", "answer", "task", "note"
COLUMNS = ("what", "of", "began", "went_on", "ended", "words", "block", "name", "points", "ticked")


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The newest answer to a lesson's question; `entry` is the journal's entry."""

    entry: UUID
    text: str
    written_at: dt.datetime


@dataclass(frozen=True, slots=True)
class OwnNote:
    """What somebody keeps of a lesson: a note, a bookmark, or both."""

    uuid: UUID
    text: str
    kept_at: dt.datetime
    is_bookmarked: bool


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What somebody wrote at a lesson; answers by the id of their block."""

    answers: Mapping[str, OwnAnswer] = field(default_factory=dict)
    note: OwnNote | None = None


@dataclass(frozen=True, slots=True)
class OwnTraces:
    """Lessons, tasks and answered questions as `progress.facts` has them, and the words."""

    lessons: Mapping[tuple[int, str], LessonFact]
    tasks: Mapping[tuple[int, UUID], TaskFact]
    words: OwnWords
    reflections: Reflections


def traces_of(
    participant: User, *, outline: Outline, lesson_key: UUID, at: dt.datetime
) -> OwnTraces:
    """Return what the person left in the module of this outline, and wrote at the lesson."""
    lessons: dict[tuple[int, str], LessonFact] = {}
    answers: dict[str, OwnAnswer] = {}
    reflections: dict[tuple[int, UUID], dict[str, dt.datetime]] = {}
    note: OwnNote | None = None
    tasks: list[HandedIn] = []
    rows = _lessons(participant, outline.module_key, at).union(
        _answers(participant, {lesson_key, *outline.reflective_keys}),
        _tasks(participant, outline.task_keys, at),
        _notes(participant, lesson_key),
        all=True,
    )
    for what, of, began, went_on, ended, words, block, name, points, ticked in rows:
        if what == LESSON:
            known = ended if ended is not None and ended <= at else None
            seen = ticked if ticked is not None and ticked <= at else None
            ticks = frozenset(json.loads(points)) if seen else frozenset[str]()
            fact = LessonFact(began, min(went_on, at), known, words, ticks, seen)
            lessons[participant.pk, str(of)] = fact
        elif what == ANSWER:
            reflections.setdefault((participant.pk, of), {})[block] = began
            if of == lesson_key:
                answers[block] = OwnAnswer(name, words, went_on)
        elif what == NOTE:
            note = OwnNote(name, words, went_on, is_bookmarked=ended is not None)
        else:
            tasks.append((participant.pk, of, began, ended, bool(block)))
    return OwnTraces(lessons, fold_tasks(tasks, as_of=at), OwnWords(answers, note), reflections)


def _lessons(participant: User, module_key: UUID, at: dt.datetime) -> "QuerySet[LessonRecord, Any]":
    found = LessonRecord.objects.filter(
        participant=participant, module_key=module_key, opened_at__lte=at
    )
    return found.annotate(
        what=Value(LESSON, CharField()),
        of=F("lesson_key"),
        began=F("opened_at"),
        went_on=F("last_opened_at"),
        ended=F("completed_at"),
        words=Cast("position", TextField()),
        block=Value("", CharField()),
        name=F("lesson_key"),
        points=Cast("ticks", TextField()),
        ticked=F("ticked_at"),
    ).values_list(*COLUMNS)


def _answers(participant: User, lesson_keys: Collection[UUID]) -> "QuerySet[JournalEntry, Any]":
    newest = JournalVersion.objects.filter(entry=OuterRef("pk")).order_by("-number")
    found = JournalEntry.objects.filter(participant=participant, lesson_key__in=lesson_keys)
    return found.annotate(
        what=Value(ANSWER, CharField()),
        of=F("lesson_key"),
        began=F("begun_at"),
        went_on=Subquery(newest.values("written_at")[:1]),
        ended=Cast(Value(None), DateTimeField()),
        words=Subquery(newest.values("text")[:1]),
        block=F("block_id"),
        name=F("uuid"),
        points=Value("[]", TextField()),
        ticked=Cast(Value(None), DateTimeField()),
    ).values_list(*COLUMNS)


def _tasks(
    participant: User, task_keys: Collection[UUID], at: dt.datetime
) -> "QuerySet[TaskSubmission, Any]":
    found = TaskSubmission.objects.filter(
        participant=participant, task_key__in=task_keys, submitted_at__lte=at
    )
    accepted = When(decisions__accepts=True, then=Value("accepted"))
    return found.annotate(
        what=Value(TASK, CharField()),
        of=F("task_key"),
        began=F("submitted_at"),
        went_on=F("submitted_at"),
        ended=F("decisions__decided_at"),
        words=Value("", TextField()),
        block=Case(accepted, default=Value(""), output_field=CharField()),
        name=F("uuid"),
        points=Value("[]", TextField()),
        ticked=Cast(Value(None), DateTimeField()),
    ).values_list(*COLUMNS)


def _notes(participant: User, lesson_key: UUID) -> "QuerySet[LessonNote, Any]":
    found = LessonNote.objects.filter(participant=participant, lesson_key=lesson_key)
    return found.annotate(
        what=Value(NOTE, CharField()),
        of=F("lesson_key"),
        began=F("kept_at"),
        went_on=F("kept_at"),
        ended=F("bookmarked_at"),
        words=F("text"),
        block=Value("", CharField()),
        name=F("uuid"),
        points=Value("[]", TextField()),
        ticked=Cast(Value(None), DateTimeField()),
    ).values_list(*COLUMNS)
