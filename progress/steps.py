"""What moves a module: which steps count as done, since when, and which comes next."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from modules.enums import RULES_OF_CHECKS, StepKind, StepRule
from modules.needs import Need
from modules.outline import Outline, Step
from progress.enums import StepStatus
from progress.facts import Facts, LessonFact, RecordFact, TaskFact
from quizzes.results import Standing


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of one person. `at` is when it was done, or else when it was begun.

    `rule` is what it is done by for this person; of the `needed` things that the rule asks
    for, `met` are there. `after` is the step to do first, for one that is not open yet.
    """

    step: Step
    status: StepStatus
    at: dt.datetime | None = None
    position: str = ""
    standing: Standing | None = None
    rule: StepRule = StepRule.READ
    met: int = 0
    needed: int = 0
    ticks: frozenset[str] = frozenset()
    after: Step | None = None
    task: TaskFact | None = None

    @property
    def is_done(self) -> bool:
        return self.status == StepStatus.DONE

    @property
    def is_read_only(self) -> bool:
        """Whether pressing “Mark as read” is what it takes."""
        return self.rule == StepRule.READ


@dataclass(frozen=True, slots=True)
class NeedState:
    """A module that is needed first, and whether the person has completed it."""

    need: Need
    is_done: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One person's way through one module, as of a moment.

    `states` has every step, the extras, too; what is counted, and `resume`, leaves them out.
    `needs` are known where `progress.opening` was asked.
    """

    outline: Outline
    states: tuple[StepState, ...]
    started_at: dt.datetime | None
    completed_at: dt.datetime | None
    resume: StepState | None
    needs: tuple[NeedState, ...] = ()

    @property
    def counted(self) -> tuple[StepState, ...]:
        return _counted(self.states)

    @property
    def steps_done(self) -> int:
        return sum(state.is_done for state in self.counted)

    @property
    def steps_total(self) -> int:
        return len(self.counted)

    @property
    def percent(self) -> int:
        """The share of the steps that count which are done, cut off."""
        return 100 * self.steps_done // self.steps_total if self.counted else 0

    @property
    def is_begun(self) -> bool:
        return any(state.status != StepStatus.TO_DO for state in self.states)

    @property
    def first(self) -> tuple[Need, ...]:
        """The modules to complete before this one opens; none once it is begun."""
        if self.is_begun or self.completed_at:
            return ()
        return tuple(each.need for each in self.needs if not each.is_done)

    def state_of(self, key: str) -> StepState | None:
        return next((state for state in self.states if state.step.key == key), None)

    @property
    def minutes_left(self) -> int:
        """Minutes of the steps still to do; 0 once the module is completed."""
        if self.completed_at:
            return 0
        return sum(state.step.minutes for state in self.counted if not state.is_done)


def way(outline: Outline, facts: Facts, participant_id: int) -> Way:
    """Return how far a person is.

    A module is completed when each of its steps that count is done, at the moment of the
    last one; where none counts, it never is. Once that is on record it stays so, whatever
    the author adds later. Steps that are no longer published do not count, so nobody gets
    stuck on one.
    """
    states = tuple(
        _state(step, outline.module_key, facts, participant_id) for step in outline.steps
    )
    record = facts.records.get((participant_id, outline.module_key))
    completed_at = _completed_at(_counted(states), record)
    if outline.is_sequential and not completed_at:
        states = tuple(_in_order(states))
    return Way(
        outline=outline,
        states=states,
        started_at=_started_at(states, record),
        completed_at=completed_at,
        resume=_resume(_counted(states), facts, participant_id),
    )


def _counted(states: tuple[StepState, ...]) -> tuple[StepState, ...]:
    return tuple(state for state in states if not state.step.is_extra)


def _in_order(states: tuple[StepState, ...]) -> Iterator[StepState]:
    """Close what comes after a step that is not done; what was begun stays open.

    An extra is open at any time, and nothing waits for it.
    """
    first: Step | None = None
    for state in states:
        if state.step.is_extra:
            yield state
            continue
        is_closed = first and state.status == StepStatus.TO_DO
        yield replace(state, after=first) if is_closed else state
        if first is None and not state.is_done:
            first = state.step


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
        status = StepStatus.DONE if held_at else StepStatus.TO_DO
        return StepState(step, status, held_at, rule=step.rule)
    if step.kind == StepKind.TASK:
        return replace(_task_state(step, facts, person), rule=step.rule)
    return replace(_quiz_state(step, facts, person), rule=step.rule)


def _task_state(step: Step, facts: Facts, person: int) -> StepState:
    """A task is done when a trainer has accepted it; that is not taken back."""
    opened = facts.lessons.get((person, step.key))
    fact = facts.tasks.get((person, UUID(step.key)))
    if fact is None:
        at = opened.opened_at if opened else None
        return StepState(step, StepStatus.STARTED if opened else StepStatus.TO_DO, at)
    if fact.accepted_at:
        return StepState(step, StepStatus.DONE, fact.accepted_at, task=fact)
    return StepState(step, StepStatus.STARTED, fact.submitted_at, task=fact)


def _lesson_state(step: Step, facts: Facts, person: int) -> StepState:
    """A lesson is done when its rule is met, and stays so; what is gone is not asked for."""
    fact = facts.lessons.get((person, step.key))
    state = _so_far(step, fact, facts, person)
    if fact and fact.completed_at:
        return replace(state, status=StepStatus.DONE, at=fact.completed_at)
    return state


def _so_far(step: Step, fact: LessonFact | None, facts: Facts, person: int) -> StepState:
    state = StepState(step, StepStatus.TO_DO)
    if fact:
        state = StepState(step, StepStatus.STARTED, fact.opened_at, fact.position, ticks=fact.ticks)
    if step.rule in RULES_OF_CHECKS:
        return _checked(state, facts, person)
    if step.rule == StepRule.TICKED:
        return _ticked(state, fact)
    if step.rule == StepRule.REFLECTED:
        return _reflected(state, facts, person)
    return state


def _ticked(state: StepState, fact: LessonFact | None) -> StepState:
    points = set(state.step.tick_ids)
    met = len(points & state.ticks)
    counted = replace(state, rule=StepRule.TICKED, met=met, needed=len(points))
    if fact and fact.ticked_at and met == len(points):
        return replace(counted, status=StepStatus.DONE, at=fact.ticked_at)
    return counted


def _reflected(state: StepState, facts: Facts, person: int) -> StepState:
    """By its questions: that each is answered counts, what the answer says is nobody's matter."""
    answered = facts.reflections.get((person, UUID(state.step.key)), {})
    prompts = state.step.prompt_ids
    met = [answered[prompt] for prompt in prompts if prompt in answered]
    counted = replace(state, rule=StepRule.REFLECTED, met=len(met), needed=len(prompts))
    if len(met) == len(prompts):
        return replace(counted, status=StepStatus.DONE, at=max(met))
    return counted


def _checked(state: StepState, facts: Facts, person: int) -> StepState:
    """By its knowledge checks: of a quiz that was deleted nobody has a standing."""
    rule = state.step.rule
    pairs = [(person, quiz) for quiz in state.step.check_ids]
    known = [facts.quizzes[pair] for pair in pairs if pair in facts.quizzes]
    if not known:
        return state
    ends = [_answered_at(one) if rule == StepRule.ANSWERED else _ended_at(one) for one in known]
    met = [moment for moment in ends if moment]
    counted = replace(state, rule=rule, met=len(met), needed=len(known))
    if len(met) == len(known):
        return replace(counted, status=StepStatus.DONE, at=max(met))
    return counted


def _answered_at(standing: Standing) -> dt.datetime | None:
    return standing.counting_at or _ended_at(standing)


def _ended_at(standing: Standing) -> dt.datetime | None:
    """When a quiz was passed, or else when every attempt was used: no dead end."""
    if standing.passed:
        return standing.passed_at
    still_on = standing.in_progress or standing.being_marked
    used_up = standing.attempts_left == 0 and not still_on
    return (standing.counting_at or standing.given_up_at) if used_up else None


def _quiz_state(step: Step, facts: Facts, person: int) -> StepState:
    """A quiz is done when passed, or when every attempt is used: no dead end.

    An attempt that was never handed in is used, too; the step then says so.

    Whether the score was good enough for a departure is a requirement's question.
    """
    standing = facts.quizzes.get((person, step.quiz_id)) if step.quiz_id else None
    if standing is None:
        return StepState(step, StepStatus.TO_DO)
    ended_at = _ended_at(standing)
    if ended_at:
        return StepState(step, StepStatus.DONE, ended_at, standing=standing)
    begun = standing.finished or standing.in_progress or standing.being_marked
    status = StepStatus.STARTED if begun else StepStatus.TO_DO
    return StepState(step, status, standing.counting_at, standing=standing)
