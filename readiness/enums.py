from django.db import models
from django.utils.translation import gettext_lazy as _


class RequirementKind(models.TextChoices):
    MODULE = "module", _("Module completed")
    QUIZ = "quiz", _("Quiz passed")
    SELF_ASSESSMENT = "self_assessment", _("Self-assessment done")
    DECLARATION = "declaration", _("Declaration ticked")


class Strength(models.TextChoices):
    """As the Forum on Education Abroad uses the words; only `shall` blocks."""

    SHALL = "shall", _("Shall (blocks)")
    SHOULD = "should", _("Should (recommended)")
    CAN = "can", _("Can (optional)")


class DeclarationKind(models.TextChoices):
    """What a participant declares: a tick and a date, never a file."""

    PASSPORT = "passport", _("Passport")
    VISA = "visa", _("Visa")
    INSURANCE = "insurance", _("Insurance")
    EMERGENCY_CONTACT = "emergency_contact", _("Emergency contact")
    LEARNING_AGREEMENT = "learning_agreement", _("Learning agreement")
