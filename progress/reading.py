"""A participant before a lesson: where it stands, and what looking at it records."""

import datetime as dt
from dataclasses import dataclass, field, replace

from modules.models import LessonPage
from modules.outline import Outline, outline_around
from people.models import User
from progress.facts import Facts, load
from progress.opening import Bar, bar_of, need_states, opened
from progress.own_words import OwnWords, traces_of
from progress.recording import is_recorded, open_lesson
from progress.steps import StepState, Way, way

# Looking twice within this time is one look: nothing new to write down.
ONE_LOOK = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a lesson page shows around its content.

    `state` is None for a lesson that is no step of its module, such as a draft; `previous` and
    `following` are the steps that count before and after it, whatever extras lie between; `words`
    are what the person wrote here.
    """

    way: Way
    state: StepState | None
    previous: StepState | None
    following: StepState | None
    is_recorded: bool
    words: OwnWords = field(default_factory=OwnWords)
    bar: Bar | None = None

    @property
    def ticks(self) -> frozenset[str] | None:
        """The points of its checklists that are ticked; None where nobody keeps them."""
        if not self.is_recorded or self.state is None:
            return None
        return self.state.ticks

    @property
    def outline(self) -> Outline:
        return self.way.outline

    @property
    def keeps_place(self) -> bool:
        """Whether the place is kept for later; what is read already needs none."""
        return self.is_recorded and self.state is not None and not self.state.is_done


def look_at(*, participant: User, lesson: LessonPage, at: dt.datetime) -> Reading:
    """Return the person's reading of a lesson and record nothing."""
    outline = outline_around(lesson)
    facts = load([participant.pk], [outline], as_of=at)
    recorded = is_recorded(participant)
    return _reading(participant, lesson, outline, facts, is_recorded=recorded, at=at)


def read(*, participant: User, lesson: LessonPage, at: dt.datetime) -> Reading:
    """Return the person's reading of a published lesson, and record that it was opened.

    A lesson that is not open to them yet has a `bar`, and nothing is recorded.
    """
    outline = outline_around(lesson)
    facts, words = _known(participant, lesson, outline, at)
    recorded = bool(facts.lessons) or is_recorded(participant)
    reading = _reading(participant, lesson, outline, facts, is_recorded=recorded, at=at)
    if reading.bar:
        # Of a module that was completed before its steps changed no record may be left.
        reading = look_at(participant=participant, lesson=lesson, at=at)
    if reading.bar:
        return reading
    if recorded and not _is_before_them(participant, lesson, facts, at):
        open_lesson(participant=participant, lesson=lesson, at=at)
        if (participant.pk, str(lesson.translation_key)) not in facts.lessons:
            facts, words = _known(participant, lesson, outline, at)
            reading = _reading(participant, lesson, outline, facts, is_recorded=recorded, at=at)
    return replace(reading, words=words)


def _known(
    participant: User, lesson: LessonPage, outline: Outline, at: dt.datetime
) -> tuple[Facts, OwnWords]:
    traces = traces_of(participant, outline=outline, lesson_key=lesson.translation_key, at=at)
    facts = load(
        [participant.pk],
        [outline],
        as_of=at,
        with_records=False,
        lessons=traces.lessons,
        tasks=traces.tasks,
        reflections=traces.reflections,
    )
    return facts, traces.words


def _is_before_them(participant: User, lesson: LessonPage, facts: Facts, at: dt.datetime) -> bool:
    """Whether this very lesson was the last one that they opened, a moment ago."""
    fact = facts.lessons.get((participant.pk, str(lesson.translation_key)))
    if fact is None or fact.last_opened_at < at - ONE_LOOK:
        return False
    return fact.last_opened_at == max(other.last_opened_at for other in facts.lessons.values())


def _reading(
    participant: User,
    lesson: LessonPage,
    outline: Outline,
    facts: Facts,
    *,
    is_recorded: bool,
    at: dt.datetime,
) -> Reading:
    so_far = way(outline, facts, participant.pk)
    if not is_recorded:
        so_far = opened(so_far)
    elif not so_far.is_begun:
        needs = need_states(participant.pk, [outline.module_key], as_of=at)
        so_far = replace(so_far, needs=needs.get(outline.module_key, ()))
    index = outline.position(str(lesson.translation_key))
    if index is None:
        return Reading(so_far, None, None, None, is_recorded)
    states = so_far.states
    before, after = reversed(states[:index]), states[index + 1 :]
    return Reading(
        way=so_far,
        state=states[index],
        previous=next((one for one in before if not one.step.is_extra), None),
        following=next((one for one in after if not one.step.is_extra), None),
        is_recorded=is_recorded,
        bar=bar_of(so_far, states[index]),
    )
