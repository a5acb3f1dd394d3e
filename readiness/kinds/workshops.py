from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from modules.enums import ModuleKind, StepKind
from readiness import rules
from readiness.enums import RequirementKind
from readiness.kinds.base import Surroundings
from readiness.kinds.modules import ModuleCompleted
from readiness.models import Requirement


class WorkshopAttended(ModuleCompleted):
    """Being there is enough; the reading around the workshop is another requirement."""

    kind = RequirementKind.WORKSHOP
    columns = frozenset({"module"})

    @property
    def rule(self) -> rules.Rule:
        return rules.workshop_attended

    def problem(self, requirement: Requirement, around: Surroundings) -> str:
        outline = self._outline(requirement, around)
        steps = outline.steps if outline else ()
        dated = any(step.kind == StepKind.ATTENDANCE and step.minutes for step in steps)
        return super().problem(requirement, around) or (
            "" if dated else "workshop_without_sessions"
        )

    def errors(self, requirement: Requirement) -> dict[str, str | Promise]:
        module = requirement.module
        if module is None or module.specific_class.module_kind != ModuleKind.WORKSHOP:
            return {"module": gettext_lazy("Choose the workshop that has to be attended.")}
        return {}
