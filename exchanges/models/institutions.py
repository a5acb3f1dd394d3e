from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from timezone_field import TimeZoneField
from treebeard.mp_tree import MP_Node

from people.models import User


class Institution(models.Model):
    """A home or partner institution. Partners outside EWP have no hei_id."""

    hei_id = models.CharField(
        _("HEI ID"),
        max_length=255,
        null=True,
        blank=True,
        unique=True,
        help_text=_("SCHAC code: the institution's internet domain, such as uw.edu.pl."),
    )
    erasmus_code = models.CharField(_("Erasmus code"), max_length=30, blank=True)
    pic = models.CharField(_("PIC"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=255)
    country = CountryField(_("country"))
    time_zone = TimeZoneField(_("time zone"), default="UTC")
    website = models.URLField(_("website"), blank=True)
    is_home = models.BooleanField(
        _("home institution"), default=False, help_text=_("Sends its own people abroad from here.")
    )

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "country"],
                name="exchanges_unique_institution",
                violation_error_message=_("This institution is in the list already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(hei_id=""), name="exchanges_hei_id_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.hei_id = (self.hei_id or "").strip().lower() or None


class Office(MP_Node):
    """A unit that sends people: its coordinators answer for it and all units below it."""

    code = models.CharField(_("code"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=255)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="offices", verbose_name=_("institution")
    )
    time_zone = TimeZoneField(_("time zone"), default="UTC")
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="OfficeMembership", related_name="offices"
    )
    observers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="OfficeObserver", related_name="observed_offices"
    )

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return self.name


class OfficeMembership(models.Model):
    """Which coordinator answers for which office."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="office_memberships")

    class Meta:
        verbose_name = _("office member")
        verbose_name_plural = _("office members")
        constraints = [
            models.UniqueConstraint(fields=["office", "user"], name="exchanges_unique_membership"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.office}"


class OfficeObserver(models.Model):
    """Who looks at an office and all below it, and does nothing there."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="observings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="office_observings")

    class Meta:
        verbose_name = _("office observer")
        verbose_name_plural = _("office observers")
        constraints = [
            models.UniqueConstraint(fields=["office", "user"], name="exchanges_unique_observer"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.office}"
