from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """Why a letter is written."""

    REMINDER = "reminder", _("Reminder by the clock")
    ASKED = "asked", _("Reminder sent by the office")
    WEEKLY = "weekly", _("Weekly report to a coordinator")
    SIGNING = "signing", _("Sign-offs that wait for somebody")


REMINDING = (LetterKind.REMINDER, LetterKind.ASKED)
"""What participants get; nobody gets two of these within a day."""
WRITTEN_BY_OFFICES = [(kind.value, kind.label) for kind in (*REMINDING, LetterKind.SIGNING)]
"""The letters for which an office can have words of its own."""
