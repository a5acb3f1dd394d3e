from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    SITUATIONAL = "situational", _("Situational judgement")
    RATING = "rating", _("Rating (no right answer)")


class Scoring(models.TextChoices):
    """How a multiple choice question turns ticks into a fraction."""

    ALL_OR_NOTHING = "all_or_nothing", _("All or nothing")
    PROPORTIONAL = "proportional", _("A share for each right tick and each right blank")
    PROPORTIONAL_CORRECT = (
        "proportional_correct",
        _("A share for each right tick, none if one is wrong"),
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
