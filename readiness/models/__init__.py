"""The records of readiness: what is asked, what was declared, and what was let off."""

from readiness.models.advice import TravelAdvice
from readiness.models.approvals import Approval
from readiness.models.declarations import Declaration
from readiness.models.errands import Errand
from readiness.models.extensions import Extension
from readiness.models.notes import Note
from readiness.models.partners import PartnerLink, PartnerVisit
from readiness.models.plans import ChangeOfPlan, PlanEffect
from readiness.models.requirements import Requirement, RequirementSet
from readiness.models.results import ExternalResult
from readiness.models.rows import Assignment, OpenRequirement, SavedView, StateRow
from readiness.models.snapshots import Snapshot, StateChange
from readiness.models.versions import RequirementSetVersion
from readiness.models.waivers import Waiver

__all__ = [
    "Approval",
    "Assignment",
    "ChangeOfPlan",
    "Declaration",
    "Errand",
    "Extension",
    "ExternalResult",
    "Note",
    "OpenRequirement",
    "PartnerLink",
    "PartnerVisit",
    "PlanEffect",
    "Requirement",
    "RequirementSet",
    "RequirementSetVersion",
    "SavedView",
    "Snapshot",
    "StateChange",
    "StateRow",
    "TravelAdvice",
    "Waiver",
]
