import uuid
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from timezone_field import TimeZoneField

from exchanges.enums import StayForm
from exchanges.models.institutions import Institution
from exchanges.visibility import coordinated_by, observed_by, visible_to
from people.models import User


class Programme(models.Model):
    code = models.SlugField(_("code"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    def visible_to(self, user: User) -> Self:
        """Exchanges with a placement that user may see; administrators see empty ones, too."""
        return self._where(visible_to(user, through="placements__"))

    def coordinated_by(self, user: User) -> Self:
        """Exchanges with a placement that user answers for; administrators: every exchange."""
        return self._where(coordinated_by(user, through="placements__"))

    def observed_by(self, user: User) -> Self:
        """Exchanges with a placement that user may look at; administrators: every exchange."""
        return self._where(observed_by(user, through="placements__"))

    def _where(self, placements: models.Q) -> Self:
        found = self.model._default_manager.filter(placements)
        return self.filter(pk__in=found.values("pk"))

    def by_start(self) -> Self:
        return self.order_by("start_date", "code")


class Exchange(models.Model):
    """One outbound departure: a programme to a host in a term, with its dates.

    `start_date` and `end_date` are first and last day of the stay at the host
    (EWP calls them planned-arrival and planned-departure).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=120, unique=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="exchanges", verbose_name=_("programme")
    )
    host = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="incoming_exchanges",
        verbose_name=_("host institution"),
    )
    academic_year = models.CharField(
        _("academic year"),
        max_length=9,
        validators=[RegexValidator(r"^[0-9]{4}/[0-9]{4}$", _("Write it as 2026/2027."))],
    )
    term = models.CharField(
        _("academic term"),
        max_length=13,
        blank=True,
        validators=[
            RegexValidator(
                r"^[0-9]{4}/[0-9]{4}-[1-9]/[1-9]$",
                _("Write it as 2026/2027-1/2: the first of two terms."),
            )
        ],
        help_text=_("Empty for a period outside the terms."),
    )
    start_date = models.DateField(_("stay starts"))
    end_date = models.DateField(_("stay ends"))
    time_zone = TimeZoneField(_("time zone of the stay"), default="UTC")
    destination_country = CountryField(
        _("destination country"),
        blank=True,
        help_text=_("Only where it is not the host institution's country."),
    )
    stay_form = models.CharField(
        _("takes place"), max_length=10, choices=StayForm, default=StayForm.ON_SITE
    )

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        indexes = [models.Index(fields=["start_date", "code"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")),
                name="exchanges_exchange_starts_before_it_ends",
                violation_error_message=_("The stay ends before it starts."),
            ),
            models.UniqueConstraint(
                fields=["programme", "host", "academic_year", "term"],
                name="exchanges_unique_exchange",
                violation_error_message=_("This programme already has an exchange there then."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} – {self.host}, {self.term or self.academic_year}"

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code of the country people go to."""
        return str(self.destination_country.code or self.host.country.code)
