from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """Why a letter is written."""

    REMINDER = "reminder", _("Reminder by the clock")
    ASKED = "asked", _("Reminder sent by the office")
