from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from readiness import rules
from readiness.enums import ApprovingRole, RequirementKind
from readiness.kinds.base import Kind, Surroundings
from readiness.models import Requirement
from readiness.rules import Asked
from readiness.targets import approval_target
from readiness.verdicts import Turn

TURNS = {
    ApprovingRole.COORDINATOR.value: Turn.OFFICE,
    ApprovingRole.TRAINER.value: Turn.TRAINER,
    ApprovingRole.ADMINISTRATOR.value: Turn.ADMINISTRATION,
}


class RoleApproval(Kind):
    """Somebody with a role signs off what no other kind can see, such as an interview."""

    kind = RequirementKind.APPROVAL
    columns = frozenset({"subject", "role"})

    @property
    def rule(self) -> rules.Rule:
        return rules.approved

    def target(self, requirement: Requirement, around: Surroundings) -> str:
        return approval_target(requirement.role, requirement.subject)

    def name(self, requirement: Requirement, around: Surroundings) -> str:
        return requirement.subject

    def errors(self, requirement: Requirement) -> dict[str, str | Promise]:
        found: dict[str, str | Promise] = {}
        if not requirement.subject.strip():
            found["subject"] = gettext_lazy("Say what is signed off, such as “Interview”.")
        if not requirement.role:
            found["role"] = gettext_lazy("Choose whose sign-off it needs.")
        return found

    def asked(self, requirement: Requirement, around: Surroundings) -> Asked:
        return replace(super().asked(requirement, around), turn=TURNS[requirement.role])
