from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    BEFORE = "before", _("Before the stay")
    DURING = "during", _("During the stay")
    AFTER = "after", _("After the return")


class ModuleKind(models.TextChoices):
    TRAINING_SESSION = "training_session", _("Training session")
    WORKSHOP = "workshop", _("Workshop")
    IMMERSION = "immersion", _("Immersion preparation")


class StepKind(models.TextChoices):
    """What a participant does at one step of a module's outline."""

    LESSON = "lesson", _("Lesson")
    QUIZ = "quiz", _("Quiz")
    ATTENDANCE = "attendance", _("Workshop session")
