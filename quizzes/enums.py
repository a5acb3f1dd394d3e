from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    SITUATIONAL = "situational", _("Situational judgement")
    TRUE_FALSE = "true_false", _("True or false")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", _("Ordering")
    SHORT = "short", _("Short text")
    NUMERIC = "numeric", _("Number")
    GAPS = "gaps", _("Text with gaps")
    OPEN = "open", _("Open text (marked by a trainer)")
    LIKERT = "likert", _("Set of statements (no right answer)")
    RATING = "rating", _("Rating (no right answer)")


class QuestionStatus(models.TextChoices):
    """Only ready questions go into a quiz that is published."""

    DRAFT = "draft", _("Draft")
    READY = "ready", _("Ready")
    HIDDEN = "hidden", _("Hidden")


class AnswerForm(models.TextChoices):
    """The other form that a kind can have."""

    USUAL = "", _("Choose one option; write into the gaps")
    RATE = "rate", _("Rate each option (situational judgement)")
    SELECT = "select", _("Choose from a list (text with gaps)")


class Scoring(models.TextChoices):
    """How the parts of an answer make a fraction: ticks, pairs, gaps or an order."""

    ALL_OR_NOTHING = "all_or_nothing", _("All or nothing")
    PROPORTIONAL = "proportional", _("A share for each right part")
    PROPORTIONAL_CORRECT = (
        "proportional_correct",
        _("A share for each right part, none if one is wrong"),
    )


class Purpose(models.TextChoices):
    GRADED = "graded", _("Graded")
    PRACTICE = "practice", _("Practice")
    SELF_ASSESSMENT = "self_assessment", _("Self-assessment")


class GradingMethod(models.TextChoices):
    """Which of several attempts counts."""

    HIGHEST = "highest", _("Highest attempt")
    LAST = "last", _("Last attempt")
    AVERAGE = "average", _("Average of the attempts")
    FIRST = "first", _("First attempt")


class AttemptState(models.TextChoices):
    IN_PROGRESS = "in_progress", _("In progress")
    FINISHED = "finished", _("Finished")
    ABANDONED = "abandoned", _("Abandoned")


class Paging(models.TextChoices):
    """What stands on one page of an attempt."""

    QUESTION = "question", _("One question a page")
    SECTION = "section", _("One section a page")


class StepKind(models.TextChoices):
    SAVED = "saved", _("Answer saved")
    GRADED = "graded", _("Graded")
