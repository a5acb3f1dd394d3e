from django.db import models
from django.utils.translation import gettext_lazy as _


class StepStatus(models.TextChoices):
    """How far a participant is with one step."""

    TO_DO = "to_do", _("To do")
    STARTED = "started", _("Begun")
    DONE = "done", _("Done")
