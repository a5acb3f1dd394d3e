from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User


class LetterWishes(models.Model):
    """Which letters somebody wants; who has no row wants them all."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="letter_wishes"
    )
    before_due = models.BooleanField(_("remind me before something is due"), default=True)
    weekly_report = models.BooleanField(
        _("send me the weekly report about my people"), default=True
    )
    sign_offs = models.BooleanField(_("tell me what waits for my sign-off"), default=True)

    class Meta:
        verbose_name = _("wishes about letters")
        verbose_name_plural = _("wishes about letters")

    def __str__(self) -> str:
        return str(self.user)
