from dataclasses import replace
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from readiness import rules
from readiness.enums import DoneWhen, RequirementKind
from readiness.kinds.base import Kind, Surroundings
from readiness.models import Requirement
from readiness.rules import Asked
from readiness.verdicts import Turn


class TaskDone(Kind):
    """An immersion task: handed in, or accepted by a trainer as well."""

    kind = RequirementKind.TASK
    columns = frozenset({"task", "done_when"})

    @property
    def rule(self) -> rules.Rule:
        return rules.task_done

    def target(self, requirement: Requirement, around: Surroundings) -> UUID | None:
        return requirement.task.translation_key if requirement.task else None

    def name(self, requirement: Requirement, around: Surroundings) -> str:
        return str(requirement.task.title) if requirement.task else _("A deleted task")

    def problem(self, requirement: Requirement, around: Surroundings) -> str:
        if requirement.task is None:
            return "task_missing"
        return "" if requirement.task.live else "task_unpublished"

    def errors(self, requirement: Requirement) -> dict[str, str | Promise]:
        found: dict[str, str | Promise] = {}
        if requirement.task is None:
            found["task"] = gettext_lazy("Choose the task that has to be done.")
        if not requirement.done_when:
            found["done_when"] = gettext_lazy("Say when the task is done.")
        return found

    def minutes(self, requirement: Requirement, around: Surroundings) -> int:
        return requirement.task.minutes if requirement.task else 0

    def url(self, requirement: Requirement, around: Surroundings) -> str:
        task = requirement.task
        return reverse("tasks:task", args=[task.translation_key]) if task else ""

    def asked(self, requirement: Requirement, around: Surroundings) -> Asked:
        return replace(
            super().asked(requirement, around),
            needs_acceptance=requirement.done_when == DoneWhen.ACCEPTED,
            turn=Turn.TRAINER,
        )
