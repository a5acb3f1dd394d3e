from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.enums import Purpose
from readiness import rules
from readiness.enums import RequirementKind
from readiness.kinds.base import Kind, Surroundings
from readiness.models import Requirement
from readiness.rules import Asked


class QuizKind(Kind):
    """What a quiz and a self-assessment have in common: both are a `quizzes.Quiz`."""

    purposes: ClassVar[frozenset[str]]
    choose: ClassVar[Promise]
    wrong_purpose: ClassVar[Promise]

    def target(self, requirement: Requirement, around: Surroundings) -> int | None:
        return requirement.quiz_id

    def key(self, requirement: Requirement, around: Surroundings) -> str:
        quiz = requirement.quiz
        named = f"{self.kind}:{quiz.uuid if quiz else f'missing-{requirement.uuid}'}"
        return f"{named}:{requirement.counts}" if requirement.counts else named

    def name(self, requirement: Requirement, around: Surroundings) -> str:
        return str(requirement.quiz) if requirement.quiz else _("A deleted quiz")

    def problem(self, requirement: Requirement, around: Surroundings) -> str:
        quiz = requirement.quiz
        if quiz is None:
            return "quiz_missing"
        if quiz.live_version_id is None:
            return "quiz_unpublished"
        return "" if quiz.purpose in self.purposes else "quiz_purpose_changed"

    def errors(self, requirement: Requirement) -> dict[str, str | Promise]:
        if requirement.quiz is None:
            return {"quiz": self.choose}
        if requirement.quiz.purpose not in self.purposes:
            return {"quiz": self.wrong_purpose}
        return {}

    def minutes(self, requirement: Requirement, around: Surroundings) -> int:
        return requirement.quiz.minutes if requirement.quiz else 0

    def url(self, requirement: Requirement, around: Surroundings) -> str:
        return reverse("quizzes:start", args=[requirement.quiz.uuid]) if requirement.quiz else ""


class QuizPassed(QuizKind):
    kind = RequirementKind.QUIZ
    columns = frozenset({"quiz", "min_percent", "counts"})
    purposes = frozenset({Purpose.GRADED.value})
    choose = gettext_lazy("Choose the quiz that has to be passed.")
    wrong_purpose = gettext_lazy(
        "The score of this quiz never counts. Choose a graded quiz, "
        "or ask for “self-assessment done”."
    )

    @property
    def rule(self) -> rules.Rule:
        return rules.quiz_passed

    def asked(self, requirement: Requirement, around: Surroundings) -> Asked:
        asked = replace(super().asked(requirement, around), counts=requirement.counts)
        if requirement.min_percent is None:
            return replace(asked, needed=pass_mark(requirement), own_mark=True)
        return replace(asked, needed=requirement.min_percent)


class SelfAssessmentDone(QuizKind):
    kind = RequirementKind.SELF_ASSESSMENT
    columns = frozenset({"quiz"})
    purposes = frozenset({Purpose.SELF_ASSESSMENT.value})
    choose = gettext_lazy("Choose the self-assessment that has to be done.")
    wrong_purpose = gettext_lazy(
        "This quiz is not a self-assessment. Choose one that is, or ask for “quiz passed”."
    )

    @property
    def rule(self) -> rules.Rule:
        return rules.self_assessment_done


def pass_mark(requirement: Requirement) -> Decimal:
    """The mark of the version that participants take; before that, the author's."""
    live = getattr(requirement, "live_pass_mark", None)
    if live is not None:
        return Decimal(str(live))
    return requirement.quiz.pass_mark if requirement.quiz else Decimal(0)
