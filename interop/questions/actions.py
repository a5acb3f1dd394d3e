from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What an import does with one question of a file."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    LEFT_OUT = "left_out", _("Left out")


class Format(models.TextChoices):
    GIFT = "gift", _("GIFT")
    MOODLE_XML = "moodle-xml", _("Moodle XML")
    CSV = "csv", _("CSV")
