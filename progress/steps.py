"""What moves a module: which steps count as done, since when, and which comes next."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from modules.enums import StepKind
from modules.outline import Outline, Step
from progress.enums import StepStatus
from progress.facts import Facts, RecordFact
from quizzes.results import Standing


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of one person. `at` is when it was done, or else when it was begun."""

    step: Step
    status: StepStatus
    at: dt.datetime | None = None
    position: str = ""
    standing: Standing | None = None

    @property
    def is_done(self) -> bool:
        return self.status == StepStatus.DONE


@dataclass(frozen=True, slots=True)
class Way:
    """One person's way through one module, as of a moment."""

    outline: Outline
    states: tuple[StepState, ...]
    started_at: dt.datetime | None
    completed_at: dt.datetime | None
    resume: StepState | None

    @property
    def steps_done(self) -> int:
        return sum(state.is_done for state in self.states)

    @property
    def steps_total(self) -> int:
        return len(self.states)

    @property
    def minutes_left(self) -> int:
        """Minutes of the steps still to do; 0 once the module is completed."""
        if self.completed_at:
            return 0
        return sum(state.step.minutes for state in self.states if not state.is_done)


def way(outline: Outline, facts: Facts, participant_id: int) -> Way:
    """Return how far a person is.

    A module is completed when each of its steps is done, at the moment of the last
    one; once that is on record it stays so, whatever the author adds later. Steps
    that are no longer published do not count, so nobody gets stuck on one.
    """
    states = tuple(
        _state(step, outline.module_key, facts, participant_id) for step in outline.steps
    )
    record = facts.records.get((participant_id, outline.module_key))
    return Way(
        outline=outline,
        states=states,
        started_at=_started_at(states, record),
        completed_at=_completed_at(states, record),
        resume=_resume(states, facts, participant_id),
    )


def _started_at(states: tuple[StepState, ...], record: RecordFact | None) -> dt.datetime | None:
    if record:
        return record.started_at
    return min((state.at for state in states if state.at), default=None)


def _completed_at(states: tuple[StepState, ...], record: RecordFact | None) -> dt.datetime | None:
    if record and record.completed_at:
        return record.completed_at
    done_at = [state.at for state in states if state.is_done and state.at]
    if not states or len(done_at) < len(states):
        return None
    return max([*done_at, record.started_at] if record else done_at)


def _resume(states: tuple[StepState, ...], facts: Facts, person: int) -> StepState | None:
    """The lesson opened last if it was left half-way, else the first step not done."""
    opened = [
        (facts.lessons[person, state.step.key].last_opened_at, state)
        for state in states
        if state.step.kind == StepKind.LESSON and (person, state.step.key) in facts.lessons
    ]
    if opened:
        _moment, last = max(opened, key=lambda pair: pair[0])
        if not last.is_done:
            return last
    return next((state for state in states if not state.is_done), None)


def _state(step: Step, module_key: UUID, facts: Facts, person: int) -> StepState:
    if step.kind == StepKind.LESSON:
        return _lesson_state(step, facts, person)
    if step.kind == StepKind.ATTENDANCE:
        held_at = facts.attended.get((person, module_key))
        return StepState(step, StepStatus.DONE if held_at else StepStatus.TO_DO, held_at)
    return _quiz_state(step, facts, person)


def _lesson_state(step: Step, facts: Facts, person: int) -> StepState:
    fact = facts.lessons.get((person, step.key))
    if fact is None:
        return StepState(step, StepStatus.TO_DO)
    if fact.completed_at:
        return StepState(step, StepStatus.DONE, fact.completed_at, fact.position)
    return StepState(step, StepStatus.STARTED, fact.opened_at, fact.position)


def _quiz_state(step: Step, facts: Facts, person: int) -> StepState:
    """A quiz is done when passed, or when every attempt is used: no dead end.

    An attempt that was never handed in is used, too; the step then says so.

    Whether the score was good enough for a departure is a requirement's question.
    """
    standing = facts.quizzes.get((person, step.quiz_id)) if step.quiz_id else None
    if standing is None:
        return StepState(step, StepStatus.TO_DO)
    if standing.passed:
        return StepState(step, StepStatus.DONE, standing.passed_at, standing=standing)
    still_on = standing.in_progress or standing.being_marked
    used_up = standing.attempts_left == 0 and not still_on
    ended_at = standing.counting_at or standing.given_up_at
    if ended_at and used_up:
        return StepState(step, StepStatus.DONE, ended_at, standing=standing)
    begun = standing.finished or still_on
    status = StepStatus.STARTED if begun else StepStatus.TO_DO
    return StepState(step, status, standing.counting_at, standing=standing)
