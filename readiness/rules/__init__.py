"""From facts and dates to a verdict: plain Python, no Django, no clock of its own."""

from readiness.rules.facts import (
    DeclarationFact,
    ExtensionFact,
    Facts,
    ModuleFact,
    QuizFact,
    RecordedFact,
    TaskFact,
    WaiverFact,
)
from readiness.rules.findings import (
    Asked,
    Finding,
    Rule,
    approved,
    declared,
    module_completed,
    quiz_passed,
    result_recorded,
    self_assessment_done,
    task_done,
    workshop_attended,
)
from readiness.rules.judging import extended, judge, standing_waiver

__all__ = [
    "Asked",
    "DeclarationFact",
    "ExtensionFact",
    "Facts",
    "Finding",
    "ModuleFact",
    "QuizFact",
    "RecordedFact",
    "Rule",
    "TaskFact",
    "WaiverFact",
    "approved",
    "declared",
    "extended",
    "judge",
    "module_completed",
    "quiz_passed",
    "result_recorded",
    "self_assessment_done",
    "standing_waiver",
    "task_done",
    "workshop_attended",
]
