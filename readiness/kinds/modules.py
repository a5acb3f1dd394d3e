from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from modules.outline import Outline
from readiness import rules
from readiness.enums import RequirementKind
from readiness.kinds.base import Kind, Surroundings
from readiness.models import Requirement


class ModuleCompleted(Kind):
    kind = RequirementKind.MODULE
    columns = frozenset({"module"})

    @property
    def rule(self) -> rules.Rule:
        return rules.module_completed

    def target(self, requirement: Requirement, around: Surroundings) -> UUID | None:
        return requirement.module.translation_key if requirement.module else None

    def name(self, requirement: Requirement, around: Surroundings) -> str:
        return str(requirement.module.title) if requirement.module else _("A deleted module")

    def problem(self, requirement: Requirement, around: Surroundings) -> str:
        if requirement.module is None:
            return "module_missing"
        if not requirement.module.live:
            return "module_unpublished"
        outline = self._outline(requirement, around)
        return "" if outline and outline.counted else "module_empty"

    def errors(self, requirement: Requirement) -> dict[str, str | Promise]:
        if requirement.module is None:
            return {"module": gettext_lazy("Choose the module that has to be completed.")}
        return {}

    def minutes(self, requirement: Requirement, around: Surroundings) -> int:
        outline = self._outline(requirement, around)
        return outline.minutes if outline else 0

    def url(self, requirement: Requirement, around: Surroundings) -> str:
        outline = self._outline(requirement, around)
        return outline.url if outline else ""

    def _outline(self, requirement: Requirement, around: Surroundings) -> Outline | None:
        module = requirement.module
        return around.outlines.get(module.translation_key) if module else None
