"""What people can show for themselves, for readiness and dashboards to read."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from library.batches import batches
from modules.languages import originals
from modules.models import ModulePage
from modules.outline import Outline, outlines
from progress.facts import Facts, TaskFact, attended, handed_in, load
from progress.steps import way
from quizzes.results import Standing

CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class ModuleFact:
    """How far one person is in one module.

    A person who completed a module keeps the date when the module is no longer
    published; `steps_total` is 0 then.
    """

    module_key: UUID
    steps_done: int
    steps_total: int
    started_at: dt.datetime | None
    completed_at: dt.datetime | None
    minutes_left: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One person's facts: modules and tasks by key, quizzes by id, workshops attended.

    A module without an entry is not published and was never completed by this person.
    """

    modules: Mapping[UUID, ModuleFact] = field(default_factory=dict)
    quizzes: Mapping[int, Standing] = field(default_factory=dict)
    attended: Mapping[UUID, dt.datetime] = field(default_factory=dict)
    tasks: Mapping[UUID, TaskFact] = field(default_factory=dict)


def gather(
    participant_ids: Collection[int],
    *,
    module_keys: Collection[UUID],
    quiz_ids: Collection[int],
    as_of: dt.datetime,
    workshop_keys: Collection[UUID] = (),
    task_keys: Collection[UUID] = (),
) -> dict[int, Evidence]:
    """Return each person's evidence, counting only what had happened by `as_of`.

    The number of queries depends on none of the arguments' lengths (up to 10,000
    people; one more round for each further 10,000).
    """
    shapes = published_outlines(module_keys)
    people = list(dict.fromkeys(participant_ids))
    found: dict[int, Evidence] = {}
    for some in batches(people, CHUNK):
        facts = load(some, shapes.values(), as_of=as_of, module_keys=module_keys, quiz_ids=quiz_ids)
        there = attended(some, workshop_keys, as_of=as_of)
        tasks = handed_in(some, task_keys, as_of=as_of)
        for person in some:
            found[person] = Evidence(
                modules=_modules(person, module_keys, shapes, facts),
                quizzes={
                    quiz: facts.quizzes[person, quiz]
                    for quiz in quiz_ids
                    if (person, quiz) in facts.quizzes
                },
                attended={
                    key: there[person, key] for key in workshop_keys if (person, key) in there
                },
                tasks={key: tasks[person, key] for key in task_keys if (person, key) in tasks},
            )
    return found


def published_outlines(module_keys: Collection[UUID]) -> dict[UUID, Outline]:
    """Return the outlines of the published modules among these, by key.

    Of a module in several languages the original stands for all.
    """
    published = originals(ModulePage.objects.live())
    return outlines(published.filter(translation_key__in=module_keys).order_by("pk"))


def _modules(
    person: int, keys: Iterable[UUID], shapes: Mapping[UUID, Outline], facts: Facts
) -> dict[UUID, ModuleFact]:
    found = {}
    for key in keys:
        fact = _module(person, key, shapes.get(key), facts)
        if fact:
            found[key] = fact
    return found


def _module(person: int, key: UUID, outline: Outline | None, facts: Facts) -> ModuleFact | None:
    if outline:
        so_far = way(outline, facts, person)
        return ModuleFact(
            module_key=key,
            steps_done=so_far.steps_done,
            steps_total=so_far.steps_total,
            started_at=so_far.started_at,
            completed_at=so_far.completed_at,
            minutes_left=so_far.minutes_left,
        )
    record = facts.records.get((person, key))
    if record and record.completed_at:
        return ModuleFact(key, 0, 0, record.started_at, record.completed_at, 0)
    return None
