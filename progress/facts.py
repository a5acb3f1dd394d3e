"""What is written and what the attempts say, read at once for many people and modules."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from modules.outline import Outline
from progress.models import Attendance, JournalEntry, LessonRecord, ModuleRecord, TaskSubmission
from quizzes.results import Standing, standings

HandedIn = tuple[int, UUID, dt.datetime, dt.datetime | None, bool | None]
"""Person, task, when it was handed in, when it was decided on, and whether accepted."""


Reflections = Mapping[tuple[int, UUID], Mapping[str, dt.datetime]]
"""By person and lesson: when each question to reflect on was first answered, never how."""


@dataclass(frozen=True, slots=True)
class LessonFact:
    """One person's reading of one lesson, as of a moment."""

    opened_at: dt.datetime
    last_opened_at: dt.datetime
    completed_at: dt.datetime | None
    position: str
    ticks: frozenset[str] = frozenset()
    ticked_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordFact:
    """One person's module record, as of a moment."""

    started_at: dt.datetime
    completed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class TaskFact:
    """What one person handed in for one task, as of a moment.

    `submitted_at` is of the newest; `asked_again_at` is None as long as that one waits.
    """

    submitted_at: dt.datetime
    first_submitted_at: dt.datetime
    accepted_at: dt.datetime | None = None
    asked_again_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Each mapping goes from (person's id, key of the thing) to what is known of it."""

    lessons: Mapping[tuple[int, str], LessonFact] = field(default_factory=dict)
    records: Mapping[tuple[int, UUID], RecordFact] = field(default_factory=dict)
    attended: Mapping[tuple[int, UUID], dt.datetime] = field(default_factory=dict)
    quizzes: Mapping[tuple[int, int], Standing] = field(default_factory=dict)
    tasks: Mapping[tuple[int, UUID], TaskFact] = field(default_factory=dict)
    reflections: Reflections = field(default_factory=dict)


def load(
    participant_ids: Collection[int],
    outlines: Iterable[Outline],
    *,
    as_of: dt.datetime,
    module_keys: Collection[UUID] = (),
    quiz_ids: Collection[int] = (),
    with_records: bool = True,
    lessons: Mapping[tuple[int, str], LessonFact] | None = None,
    tasks: Mapping[tuple[int, UUID], TaskFact] | None = None,
    reflections: Reflections | None = None,
) -> Facts:
    """Return everything known by `as_of` about these people in these modules.

    The same number of queries whatever the number of people, modules and lessons.
    `module_keys` and `quiz_ids` ask for more than the outlines name; without records,
    a completion is only known where every step is still done. `lessons`,
    `tasks` and `reflections` are taken as they are where somebody has read them already.
    """
    shapes = list(outlines)
    keys = {shape.module_key for shape in shapes} | set(module_keys)
    quizzes = {quiz_id for shape in shapes for quiz_id in shape.quiz_ids} | set(quiz_ids)
    task_keys = {key for shape in shapes for key in shape.task_keys}
    reflective = {key for shape in shapes for key in shape.reflective_keys}
    if reflections is None:
        reflections = _reflections(participant_ids, reflective, as_of)
    workshops = [shape.module_key for shape in shapes if shape.needs_attendance]
    return Facts(
        lessons=_lessons(participant_ids, keys, as_of) if lessons is None else lessons,
        records=_records(participant_ids, keys, as_of) if with_records else {},
        attended=_attended(participant_ids, workshops, as_of) if workshops else {},
        quizzes=standings(participant_ids, quizzes, as_of=as_of) if quizzes else {},
        tasks=handed_in(participant_ids, task_keys, as_of=as_of) if tasks is None else tasks,
        reflections=reflections,
    )


def attended(
    people: Collection[int], workshop_keys: Collection[UUID], *, as_of: dt.datetime
) -> dict[tuple[int, UUID], dt.datetime]:
    """When each of the people first was at a session of each workshop: one query."""
    return _attended(people, workshop_keys, as_of) if workshop_keys else {}


def handed_in(
    people: Collection[int], task_keys: Collection[UUID], *, as_of: dt.datetime
) -> dict[tuple[int, UUID], TaskFact]:
    """What each of the people handed in for each task: one query, none without tasks."""
    if not task_keys:
        return {}
    rows = TaskSubmission.objects.filter(
        participant__in=people, task_key__in=task_keys, submitted_at__lte=as_of
    ).values_list(
        "participant_id", "task_key", "submitted_at", "decisions__decided_at", "decisions__accepts"
    )
    return fold_tasks(rows, as_of=as_of)


def fold_tasks(rows: Iterable[HandedIn], *, as_of: dt.datetime) -> dict[tuple[int, UUID], TaskFact]:
    """Return the facts of rows that pair what was handed in with each decision, if any."""
    found: dict[tuple[int, UUID], list[tuple[dt.datetime, dt.datetime | None, bool]]] = {}
    for person, key, submitted_at, decided_at, accepts in rows:
        known = _known(decided_at, as_of)
        found.setdefault((person, key), []).append((submitted_at, known, bool(accepts)))
    return {pair: _task_fact(some) for pair, some in found.items()}


def _task_fact(rows: list[tuple[dt.datetime, dt.datetime | None, bool]]) -> TaskFact:
    newest = max(submitted_at for submitted_at, _at, _accepts in rows)
    again = [at for sent_at, at, accepts in rows if at and not accepts and sent_at == newest]
    return TaskFact(
        submitted_at=newest,
        first_submitted_at=min(submitted_at for submitted_at, _at, _accepts in rows),
        accepted_at=min((at for _sent, at, accepts in rows if at and accepts), default=None),
        asked_again_at=max(again, default=None),
    )


def _known(moment: dt.datetime | None, as_of: dt.datetime) -> dt.datetime | None:
    return moment if moment is not None and moment <= as_of else None


def _lessons(
    people: Collection[int], keys: Collection[UUID], as_of: dt.datetime
) -> dict[tuple[int, str], LessonFact]:
    rows = LessonRecord.objects.filter(
        participant__in=people, module_key__in=keys, opened_at__lte=as_of
    ).values_list(
        "participant_id",
        "lesson_key",
        "opened_at",
        "last_opened_at",
        "completed_at",
        "position",
        "ticks",
        "ticked_at",
    )
    return {
        (person, str(key)): LessonFact(
            opened,
            min(last_opened, as_of),
            _known(completed, as_of),
            position,
            frozenset(ticks) if _known(ticked, as_of) else frozenset(),
            _known(ticked, as_of),
        )
        for person, key, opened, last_opened, completed, position, ticks, ticked in rows
    }


def _records(
    people: Collection[int], keys: Collection[UUID], as_of: dt.datetime
) -> dict[tuple[int, UUID], RecordFact]:
    rows = ModuleRecord.objects.filter(
        participant__in=people, module_key__in=keys, started_at__lte=as_of
    ).values_list("participant_id", "module_key", "started_at", "completed_at")
    return {
        (person, key): RecordFact(started, _known(completed, as_of))
        for person, key, started, completed in rows
    }


def _attended(
    people: Collection[int], keys: Collection[UUID], as_of: dt.datetime
) -> dict[tuple[int, UUID], dt.datetime]:
    """The first attended session of each workshop."""
    rows = (
        Attendance.objects.filter(
            participant__in=people, module_key__in=keys, recorded_at__lte=as_of
        )
        .order_by("-held_at")
        .values_list("participant_id", "module_key", "held_at")
    )
    return {(person, key): held_at for person, key, held_at in rows}


def _reflections(
    people: Collection[int], keys: Collection[UUID], as_of: dt.datetime
) -> dict[tuple[int, UUID], dict[str, dt.datetime]]:
    """That questions were answered, and when: one query, none where no lesson goes by it."""
    if not keys:
        return {}
    rows = JournalEntry.objects.filter(
        participant__in=people, lesson_key__in=keys, begun_at__lte=as_of
    ).values_list("participant_id", "lesson_key", "block_id", "begun_at")
    found: dict[tuple[int, UUID], dict[str, dt.datetime]] = {}
    for person, key, block, begun_at in rows:
        if key is not None:
            found.setdefault((person, key), {})[block] = begun_at
    return found
