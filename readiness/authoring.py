"""What authors are told about requirements that nobody can meet because of their page."""

import datetime as dt
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from modules.checking.examined import Examined
from modules.checking.findings import Finding
from modules.enums import Severity
from readiness.demands import Asking, demands
from readiness.kinds import KINDS
from readiness.models import Requirement


class RequirementProblem(TextChoices):
    REQUIREMENT = "requirement", gettext_lazy("Requirement that nobody can meet")


def requirements_without_aim(pages: Sequence[Examined], *, at: dt.datetime) -> list[Finding]:
    """Receive the hook `authoring_checks`: the sets in force that point at these pages in vain.

    Four to eight queries, whatever the number of pages; none for lessons that are no tasks.
    A requirement whose page has been deleted has nothing to stand on: the editor of
    requirement sets shows it.
    """
    named = {page.key: page.page_id for page in pages if page.is_task or not page.is_lesson}
    quizzes = {key: page.page_id for page in pages for key in page.quiz_ids}
    if not named:
        return []
    asked = demands(as_of=at)
    return [
        _finding(page_id, asking)
        for asking, requirement in _in_force(asked.sets)
        if (page_id := _page_of(requirement, named, quizzes))
        and KINDS[requirement.kind].problem(requirement, asked.around)
    ]


def _in_force(sets: Sequence[Sequence[Asking]]) -> Iterator[tuple[Asking, Requirement]]:
    for versions in sets:
        newest = max(versions, key=lambda one: one.number)
        if newest.is_active:
            for requirement in newest.requirements:
                yield newest, requirement


def _page_of(
    requirement: Requirement, named: dict[UUID, int], quizzes: dict[int, int]
) -> int | None:
    page = requirement.module or requirement.task
    if page is not None:
        return named.get(page.translation_key)
    return quizzes.get(requirement.quiz_id) if requirement.quiz_id else None


def _finding(page_id: int, asking: Asking) -> Finding:
    words = _(
        "“%(set)s” asks for this, and nobody can meet it as it is. Publish it with all its "
        "steps, or ask the office to change the set."
    ) % {"set": asking.name}
    return Finding(page_id, RequirementProblem.REQUIREMENT, Severity.ERROR, words)
