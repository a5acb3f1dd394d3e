from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from readiness import rules
from readiness.enums import RequirementKind
from readiness.kinds.base import Kind, Surroundings
from readiness.models import Requirement
from readiness.targets import result_target


class ExternalResultRecorded(Kind):
    """A test that others give, such as a language test: recorded here, scored there."""

    kind = RequirementKind.EXTERNAL_RESULT
    columns = frozenset({"subject"})

    @property
    def rule(self) -> rules.Rule:
        return rules.result_recorded

    def target(self, requirement: Requirement, around: Surroundings) -> str:
        return result_target(requirement.subject, requirement.phase)

    def name(self, requirement: Requirement, around: Surroundings) -> str:
        return requirement.subject

    def errors(self, requirement: Requirement) -> dict[str, str | Promise]:
        if not requirement.subject.strip():
            return {"subject": gettext_lazy("Name the test whose result is recorded.")}
        return {}

    def own_url(self, target: UUID | int | str | None, omobility_id: UUID) -> str:
        return reverse("readiness:results", args=[omobility_id])
