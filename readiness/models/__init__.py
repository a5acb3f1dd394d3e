"""The records of readiness: what is asked, what was declared, and what was let off."""

from readiness.models.declarations import Declaration
from readiness.models.requirements import Requirement, RequirementSet
from readiness.models.rows import Assignment, OpenRequirement, SavedView, StateRow
from readiness.models.waivers import Waiver

__all__ = [
    "Assignment",
    "Declaration",
    "OpenRequirement",
    "Requirement",
    "RequirementSet",
    "SavedView",
    "StateRow",
    "Waiver",
]
