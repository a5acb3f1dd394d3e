"""Whether a step is open to somebody yet, and what comes first if it is not.

Only participants are held up: who teaches or coordinates looks wherever they like.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from modules.languages import originals
from modules.models import ModulePage, ModulePrerequisite
from modules.needs import needs_of
from modules.outline import Outline, outlines
from people.models import User
from progress.facts import load
from progress.recording import is_recorded
from progress.steps import NeedState, StepState, Way, way
from quizzes.holds import Hold


@dataclass(frozen=True, slots=True)
class First:
    """Something to do before a step opens."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a step is closed: modules to complete, or a step of its own module to do."""

    module_title: str
    module_url: str
    modules: tuple[First, ...] = ()
    step: First | None = None


def gated(participant: User, ways: Iterable[Way], *, as_of: dt.datetime) -> list[Way]:
    """Return the ways with what is needed first; open in every part for who is not recorded.

    One query where no module needs another one and none goes by order.
    """
    found = list(ways)
    needs = need_states(participant.pk, [one.outline.module_key for one in found], as_of=as_of)
    is_held = bool(needs) or any(one.outline.is_sequential for one in found)
    if is_held and not is_recorded(participant):
        return [opened(one) for one in found]
    return [replace(one, needs=needs.get(one.outline.module_key, ())) for one in found]


def opened(so_far: Way) -> Way:
    """Return the way of somebody whom no order holds up."""
    return replace(so_far, states=tuple(replace(one, after=None) for one in so_far.states))


def need_states(
    participant_id: int, module_keys: Collection[UUID], *, as_of: dt.datetime
) -> Mapping[UUID, tuple[NeedState, ...]]:
    """Return what is needed before each module: one query, and a fold if anything is."""
    needs = needs_of(module_keys)
    if not needs:
        return {}
    keys = {need.key for some in needs.values() for need in some}
    pages = originals(ModulePage.objects.live()).filter(translation_key__in=keys).order_by("pk")
    shapes = outlines(pages)
    facts = load([participant_id], shapes.values(), as_of=as_of)
    done = {key for key, shape in shapes.items() if way(shape, facts, participant_id).completed_at}
    return {
        module: tuple(NeedState(need, need.key in done) for need in some)
        for module, some in needs.items()
    }


def bar_of(so_far: Way, state: StepState) -> Bar | None:
    """Return why the step is closed to the person of this way; None if it is open."""
    shape = so_far.outline
    if so_far.first:
        needed = tuple(First(need.title, need.url) for need in so_far.first)
        return Bar(shape.title, shape.url, modules=needed)
    if state.after:
        step = First(state.after.title, state.after.url)
        return Bar(shape.title, shape.url, step=step)
    return None


def hold_quiz(*, participant_id: int, quiz_id: int, at: dt.datetime, **_signal: Any) -> Hold | None:
    """Receive `quizzes.holds.hold_wanted`: a quiz waits where it is a closed step.

    One query where no module with this quiz goes by order or needs another one. A quiz
    that stands in several modules is open as soon as it is in one of them.
    """
    modules = originals(ModulePage.objects.live()).filter(module_quizzes__quiz=quiz_id)
    needs_another = Exists(ModulePrerequisite.objects.filter(module=OuterRef("pk")))
    pages = list(modules.annotate(needs_another=needs_another).order_by("pk"))
    if not any(page.is_sequential or page.needs_another for page in pages):
        return None
    person = User.objects.get(pk=participant_id)
    if not is_recorded(person):
        return None
    bars = [_bar_of_quiz(person, shape, quiz_id, at) for shape in outlines(pages).values()]
    closed = [bar for bar in bars if bar]
    if not closed or len(closed) < len(bars):
        return None
    first = closed[0].modules[0] if closed[0].modules else closed[0].step
    assert first is not None  # noqa: S101  a bar has one or the other.
    return Hold(first.title, first.url)


def _bar_of_quiz(person: User, shape: Outline, quiz_id: int, at: dt.datetime) -> Bar | None:
    so_far = way(shape, load([person.pk], [shape], as_of=at), person.pk)
    needs = need_states(person.pk, [shape.module_key], as_of=at)
    so_far = replace(so_far, needs=needs.get(shape.module_key, ()))
    state = so_far.state_of(f"quiz:{quiz_id}")
    return bar_of(so_far, state) if state else None
