"""Carries out a plan: everything that it names, or nothing, and only what was shown.

The file is read before the transaction begins: what is to be written waits in a temporary
file, so that nobody else's saving waits for the reading.
"""

import datetime as dt
import pickle
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import IO, Any, BinaryIO

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Count, Max

from interop.questions.actions import Action
from interop.questions.models import ImportedQuestion
from interop.questions.planning import BATCH, Plan, Step, steps
from interop.questions.writing import Writer
from people import roles
from people.models import User
from quizzes.models import Question, QuestionCategory
from quizzes.versions import keep_versions

TRIES = 3
IN_MEMORY = 8 * 1024 * 1024


class QuestionsChangedError(Exception):
    """The bank has changed since the dry run. `plan` is what it would be now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("The bank has changed since the dry run.")
        self.plan = plan


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: the plan, and the question of each of its steps by place."""

    plan: Plan
    questions: dict[int, int]


def apply(
    file: BinaryIO,
    *,
    format_name: str,
    into: str,
    expected: str,
    by: User | None,
    at: dt.datetime,
    then: Callable[[Done], None] = lambda done: None,
) -> Done:
    """Import the questions of a file and return what was done.

    Args:
        into: the category for all of them; categories of the file come below it.
        expected: fingerprint of the plan that was shown; made again, it must be the same.
        by: who imports; None on the command line.
        then: called inside the transaction, once everything is written.

    Raises:
        QuestionsChangedError: something has changed since; nothing is imported.
        UnreadableFileError: the file as a whole cannot be read.
    """
    plan = Plan()
    for number in range(1, TRIES + 1):
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as waiting:
            stamp = _stamp()
            plan = _set_aside(waiting, steps(file, format_name=format_name, into=into, by=by))
            if plan.fingerprint != expected:
                break
            try:
                with transaction.atomic():
                    _wait_for_other_imports()
                    if _stamp() == stamp:
                        done = Done(plan, _write(waiting, Writer(by=by, at=at)))
                        then(done)
                        return done
            except IntegrityError:
                if number == TRIES:
                    raise
    raise QuestionsChangedError(plan)


def _wait_for_other_imports() -> None:
    """Imports queue for this row: each plans on what the one before it has left."""
    Group.objects.select_for_update().get(name=roles.TRAINERS)


def _stamp() -> tuple[Any, ...]:
    """Return what is another as soon as somebody has changed the bank."""
    models = (Question, QuestionCategory, ImportedQuestion)
    counted = (model.objects.aggregate(Count("pk"), Max("pk")) for model in models)
    last = Question.objects.aggregate(Max("updated_at"))
    return (*(tuple(found.values()) for found in counted), *last.values())


def _set_aside(waiting: IO[bytes], found: Iterator[Step]) -> Plan:
    """Write down the steps that change something, each with its place; return the plan."""
    kept = []
    for place, step in enumerate(found):
        if step.action in (Action.NEW, Action.CHANGED):
            pickle.dump((place, step), waiting)
        kept.append(replace(step, draft=None))
    return Plan(tuple(kept))


def _taken_up(waiting: IO[bytes]) -> Iterator[tuple[int, Step]]:
    waiting.seek(0)
    while True:
        try:
            yield pickle.load(waiting)  # noqa: S301 - our own temporary file
        except EOFError:
            return


def _write(waiting: IO[bytes], writer: Writer) -> dict[int, int]:
    written: dict[int, int] = {}
    batch: list[tuple[int, Step]] = []
    for one in _taken_up(waiting):
        batch.append(one)
        if len(batch) == BATCH:
            written |= _write_batch(batch, writer)
            batch = []
    return written | _write_batch(batch, writer)


def _write_batch(batch: list[tuple[int, Step]], writer: Writer) -> dict[int, int]:
    """Write questions, and keep what they were before and what they are now as versions."""
    before = [step.question_pk for _place, step in batch if step.question_pk is not None]
    keep_versions(before, by=writer.by, at=writer.at)
    written = writer.write(batch)
    keep_versions(written.values(), by=writer.by, at=writer.at)
    return written
