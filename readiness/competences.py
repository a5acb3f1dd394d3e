"""What people have shown of each dimension, in quizzes and in tasks."""

import datetime as dt
from collections.abc import Collection

from progress.immersion.judged import judged_tasks
from quizzes.competences import Competences, gather


def competences_of(people: Collection[int], *, as_of: dt.datetime) -> Competences:
    """Return what these people have shown by then: one query for tasks, and those of `gather`."""
    return gather(people, as_of=as_of, judged=judged_tasks(people, as_of=as_of))
