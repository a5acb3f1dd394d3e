"""The kinds of requirement. A new one is a file here with one class, and one line below."""

from readiness.kinds.approvals import RoleApproval
from readiness.kinds.base import Kind, Surroundings
from readiness.kinds.declarations import DeclarationTicked
from readiness.kinds.destinations import DestinationPrepared
from readiness.kinds.immersion import TaskDone
from readiness.kinds.modules import ModuleCompleted
from readiness.kinds.quizzes import QuizPassed, SelfAssessmentDone
from readiness.kinds.results import ExternalResultRecorded
from readiness.kinds.workshops import WorkshopAttended

KINDS: dict[str, Kind] = {
    str(kind.kind): kind
    for kind in (
        ModuleCompleted(),
        DestinationPrepared(),
        QuizPassed(),
        SelfAssessmentDone(),
        WorkshopAttended(),
        DeclarationTicked(),
        ExternalResultRecorded(),
        RoleApproval(),
        TaskDone(),
    )
}

__all__ = ["KINDS", "Kind", "Surroundings"]
