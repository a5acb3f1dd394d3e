"""The kinds of requirement. A new one is a file here with one class, and one line below."""

from readiness.kinds.base import Kind, Surroundings
from readiness.kinds.declarations import DeclarationTicked
from readiness.kinds.modules import ModuleCompleted
from readiness.kinds.quizzes import QuizPassed, SelfAssessmentDone

KINDS: dict[str, Kind] = {
    str(kind.kind): kind
    for kind in (ModuleCompleted(), QuizPassed(), SelfAssessmentDone(), DeclarationTicked())
}

__all__ = ["KINDS", "Kind", "Surroundings"]
