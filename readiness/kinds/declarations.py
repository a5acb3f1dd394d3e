from dataclasses import replace
from uuid import UUID

from django.urls import reverse

from readiness import rules
from readiness.enums import BY_COUNTRY, DeclarationKind, RequirementKind
from readiness.kinds.base import Kind, Surroundings
from readiness.models import Requirement
from readiness.rules import Asked

MINUTES = 5


class DeclarationTicked(Kind):
    kind = RequirementKind.DECLARATION
    columns = frozenset({"declaration", "needs_verification"})

    @property
    def rule(self) -> rules.Rule:
        return rules.declared

    def target(self, requirement: Requirement, around: Surroundings) -> str | None:
        return requirement.declaration or None

    def name(self, requirement: Requirement, around: Surroundings) -> str:
        return str(DeclarationKind(requirement.declaration).label)

    def minutes(self, requirement: Requirement, around: Surroundings) -> int:
        return MINUTES

    def own_url(self, target: UUID | int | str | None, omobility_id: UUID) -> str:
        return reverse("readiness:declaration", args=[omobility_id, target])

    def asked(self, requirement: Requirement, around: Surroundings) -> Asked:
        country = around.country if requirement.declaration in BY_COUNTRY else ""
        return replace(super().asked(requirement, around), country=country)
