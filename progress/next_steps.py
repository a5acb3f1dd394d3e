"""One person's way through a module, and where to go on."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from modules.models import ModulePage
from modules.outline import Outline, Step, outlines
from people.models import User
from progress.facts import load
from progress.steps import Way, way


def way_through(participant: User, outline: Outline, *, as_of: dt.datetime) -> Way:
    """Return how far the person is in the module of this outline."""
    return way(outline, load([participant.pk], [outline], as_of=as_of), participant.pk)


def ways_through(
    participant: User, modules: Iterable[ModulePage], *, as_of: dt.datetime
) -> dict[UUID, Way]:
    """Return how far the person is in each module, by key. Constant queries."""
    shapes = outlines(modules)
    facts = load([participant.pk], shapes.values(), as_of=as_of)
    return {key: way(shape, facts, participant.pk) for key, shape in shapes.items()}


def next_step(
    participant: User, module: ModulePage, *, as_of: dt.datetime | None = None
) -> Step | None:
    """Return the step to go on with; None when there is nothing left to do."""
    so_far = ways_through(participant, [module], as_of=as_of or timezone.now())
    resume = so_far[module.translation_key].resume
    return resume.step if resume else None
