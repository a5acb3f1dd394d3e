"""What trainers found by the rubrics of accepted tasks, for the picture of competence."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any

from progress.models import TaskDecision
from quizzes.competences import Judged
from quizzes.rubrics import level_share


def judged_tasks(people: Collection[int], *, as_of: dt.datetime) -> list[Judged]:
    """Return what these people had accepted by then, as far as rows name dimensions: one query.

    Of each task the newest acceptance counts. What a trainer has asked for again does not,
    as an attempt that is not finished does not.
    """
    found = TaskDecision.objects.filter(
        submission__participant__in=people, accepts=True, decided_at__lte=as_of
    )
    rows = found.order_by("decided_at", "pk").values_list(
        "submission__participant", "submission__task_key", "decided_at", "rubric"
    )
    newest = {(person, task): (at, rubric) for person, task, at, rubric in rows}
    judged = (
        Judged(person, at, shares_of(rubric), names_in(rubric))
        for (person, _task), (at, rubric) in newest.items()
    )
    return [one for one in judged if one.shares]


def shares_of(rubric: Iterable[Mapping[str, Any]]) -> dict[str, Fraction]:
    """Return the mean share of its rows for each dimension, by its key; rows count the same.

    A row is as a decision keeps it. Rows without a dimension say nothing.
    """
    shares: dict[str, list[Fraction]] = defaultdict(list)
    for row in rubric:
        if row.get("dimension"):
            share = level_share(row["level"], of=len(row["levels"]), title=row["title"])
            shares[row["dimension"]].append(share)
    return {key: sum(some, Fraction(0)) / len(some) for key, some in shares.items()}


def names_in(rubric: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the names of the dimensions that rows had when they were decided on, by key."""
    return {row["dimension"]: row["dimension_name"] for row in rubric if row.get("dimension")}
