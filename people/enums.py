from django.db import models
from django.utils.translation import gettext_lazy as _


class ExtraTime(models.IntegerChoices):
    """How much longer than others somebody wishes to have in timed quizzes, in percent."""

    NONE = 0, _("No extra time")
    QUARTER = 25, _("A quarter more time (× 1.25)")
    HALF = 50, _("Half as much time again (× 1.5)")
    DOUBLE = 100, _("Twice the time (× 2)")


class InvitationState(models.TextChoices):
    """What a person's last invitation has come to."""

    NOT_INVITED = "not_invited", _("Not invited")
    OPEN = "open", _("Invited")
    EXPIRED = "expired", _("Invitation expired")
    ACCEPTED = "accepted", _("Accepted")
    SIGNS_IN = "signs_in", _("Has a password")
