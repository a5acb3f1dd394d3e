from django.db import models
from django.utils.translation import gettext_lazy as _


class RequirementKind(models.TextChoices):
    MODULE = "module", _("Module completed")
    QUIZ = "quiz", _("Quiz passed")
    SELF_ASSESSMENT = "self_assessment", _("Self-assessment done")
    DECLARATION = "declaration", _("Declaration ticked")
    DESTINATION = "destination", _("Page for the own destination completed")
    WORKSHOP = "workshop", _("Workshop attended")
    EXTERNAL_RESULT = "external_result", _("Outside result recorded")
    APPROVAL = "approval", _("Signed off by a role")
    TASK = "task", _("Task handed in or accepted")


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
    TRAVEL_ADVICE = "travel_advice", _("Travel advice")


class CountingAttempt(models.TextChoices):
    """Which attempt of a quiz a requirement looks at."""

    BEST = "best", _("Best attempt")
    LAST = "last", _("Last attempt")


BY_COUNTRY = frozenset(
    {DeclarationKind.VISA, DeclarationKind.INSURANCE, DeclarationKind.TRAVEL_ADVICE}
)
"""What is declared for one country, and looked at again for another."""


class DoneWhen(models.TextChoices):
    """What has to have come of an immersion task."""

    HANDED_IN = "handed_in", _("It is handed in")
    ACCEPTED = "accepted", _("A trainer has accepted it")


class ApprovingRole(models.TextChoices):
    """Whose sign-off a requirement asks for."""

    COORDINATOR = "coordinator", _("Coordinator")
    TRAINER = "trainer", _("Trainer")
    ADMINISTRATOR = "administrator", _("Administrator")


class DueEvent(models.TextChoices):
    """What a due date is counted from, by the dates of the own placement."""

    START = "start", _("the stay starts")
    LEAVES_HOME = "leaves_home", _("leaves home")
    ACCEPTANCE = "acceptance", _("is accepted")
    END = "end", _("the stay ends")


class LinkStanding(models.TextChoices):
    """Whether a link for a partner opens anything."""

    OPEN = "open", _("Works")
    EXPIRED = "expired", _("Over")
    REVOKED = "revoked", _("Revoked")


class Occasion(models.TextChoices):
    """Why a state was frozen."""

    SIGN_OFF = "sign_off", _("Signed off")
    DEPARTURE = "departure", _("At departure")


class AdviceLevel(models.TextChoices):
    """How much travel advice warns, mildest first."""

    NOTICE = "notice", _("Good to know")
    CAUTION = "caution", _("Take special care")
    ESSENTIAL = "essential", _("Only essential travel")
    AVOID = "avoid", _("Do not travel")
