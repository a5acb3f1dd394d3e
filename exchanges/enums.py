"""Words of the mobility records; values follow Erasmus Without Paper where it has them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    STUDENT = "student", _("Student")
    FACULTY = "faculty", _("Faculty")
    STAFF = "staff", _("Staff")


class PlacementStatus(models.TextChoices):
    NOMINATION = "nomination", _("Nominated")
    LIVE = "live", _("Live")
    RECOGNIZED = "recognized", _("Recognised")
    CANCELLED = "cancelled", _("Cancelled")


class ActivityType(models.TextChoices):
    STUDIES = "student-studies", _("Studies")
    TRAINEESHIP = "student-traineeships", _("Traineeship")
    TEACHING = "staff-teaching", _("Teaching")
    TRAINING = "staff-training", _("Staff training")
    JOINT_PROJECT = "joint-project", _("Joint project")


class ActivityAttribute(models.TextChoices):
    LONG_TERM = "long-term", _("Long-term")
    BLENDED = "short-term-blended", _("Short-term, blended")
    DOCTORAL = "short-term-doctoral", _("Short-term, doctoral")


class StayForm(models.TextChoices):
    """Whether people travel for it."""

    ON_SITE = "on_site", _("At the host")
    ONLINE = "online", _("Online")


class CefrLevel(models.TextChoices):
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
