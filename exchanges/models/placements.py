import datetime as dt
import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from exchanges.enums import (
    ActivityAttribute,
    ActivityType,
    Audience,
    CefrLevel,
    PlacementStatus,
    StayForm,
)
from exchanges.models.institutions import Office
from exchanges.visibility import coordinated_by, observed_by, visible_to
from people.models import User


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, user: User) -> Self:
        """Placements that user may see (`exchanges.visibility` says which)."""
        return self.filter(visible_to(user))

    def coordinated_by(self, user: User) -> Self:
        """Placements that user answers for: as coordinator of the office, or as administrator."""
        return self.filter(coordinated_by(user))

    def observed_by(self, user: User) -> Self:
        """Placements that user may look at on the desk: answered for or observed."""
        return self.filter(observed_by(user))

    def active(self) -> Self:
        return self.exclude(status=PlacementStatus.CANCELLED)

    def dated(self) -> Self:
        """With `leaves_on` and `back_on`: what `departs_on` and `end_date` say, to filter on."""
        return self.annotate(
            leaves_on=Coalesce("leaves_home_on", "own_start_date", "exchange__start_date"),
            back_on=Coalesce("own_end_date", "exchange__end_date"),
        )


class Placement(ClusterableModel):
    """One participant on one exchange. Own dates win over the exchange's."""

    omobility_id = models.UUIDField(
        _("mobility ID"),
        default=uuid.uuid4,
        unique=True,
        help_text=_("EWP omobility-id: never changes, known to the sending institution."),
    )
    participant = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="placements", verbose_name=_("participant")
    )
    exchange = models.ForeignKey(
        "exchanges.Exchange",
        on_delete=models.PROTECT,
        related_name="placements",
        verbose_name=_("exchange"),
    )
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="placements", verbose_name=_("office")
    )
    audience = models.CharField(_("participant is"), max_length=10, choices=Audience)
    status = models.CharField(
        _("status"), max_length=12, choices=PlacementStatus, default=PlacementStatus.NOMINATION
    )
    activity_type = models.CharField(_("activity"), max_length=24, choices=ActivityType)
    activity_attributes = models.CharField(
        _("form of the stay"), max_length=24, choices=ActivityAttribute, blank=True
    )
    own_start_date = models.DateField(_("own first day"), null=True, blank=True)
    own_end_date = models.DateField(_("own last day"), null=True, blank=True)
    leaves_home_on = models.DateField(_("leaves home on"), null=True, blank=True)
    accepted_on = models.DateField(
        _("accepted on"),
        null=True,
        blank=True,
        help_text=_("The day the place was accepted, where deadlines are counted from it."),
    )
    own_country = CountryField(_("own destination country"), blank=True)
    own_stay_form = models.CharField(
        _("takes place"),
        max_length=10,
        choices=StayForm,
        blank=True,
        help_text=_("Only where it differs from the exchange."),
    )
    receiving_ounit = models.CharField(_("unit at the host"), max_length=255, blank=True)
    iia_id = models.CharField(_("agreement (IIA ID)"), max_length=255, blank=True)
    eqf_level = models.PositiveSmallIntegerField(_("EQF level"), null=True, blank=True)
    isced_f_code = models.CharField(
        _("field of study (ISCED-F)"),
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{4}$", _("Four digits, such as 0311."))],
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "exchange"],
                name="exchanges_person_once_on_an_exchange",
                violation_error_message=_("This person is on this exchange already."),
            ),
            models.CheckConstraint(
                condition=models.Q(own_start_date__isnull=True)
                | models.Q(own_end_date__isnull=True)
                | models.Q(own_end_date__gte=models.F("own_start_date")),
                name="exchanges_placement_starts_before_it_ends",
                violation_error_message=_("The stay ends before it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(leaves_home_on__isnull=True)
                | models.Q(own_start_date__isnull=True)
                | models.Q(leaves_home_on__lte=models.F("own_start_date")),
                name="exchanges_placement_leaves_before_it_starts",
                violation_error_message=_("Nobody can leave home after the stay has started."),
            ),
            models.CheckConstraint(
                condition=models.Q(eqf_level__isnull=True) | models.Q(eqf_level__range=(1, 8)),
                name="exchanges_eqf_level_1_to_8",
                violation_error_message=_("EQF levels go from 1 to 8."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} – {self.exchange}"

    def clean(self) -> None:
        """Refuse own dates that do not fit those of the exchange that stand beside them."""
        if self.exchange_id is None:
            return
        if self.end_date < self.start_date:
            raise ValidationError({self._own_date(): _("The stay would end before it starts.")})
        if self.leaves_home_on and self.leaves_home_on > self.start_date:
            raise ValidationError(
                {"leaves_home_on": _("Nobody can leave home after the stay has started.")}
            )

    def _own_date(self) -> str:
        return "own_end_date" if self.own_end_date else "own_start_date"

    @property
    def start_date(self) -> dt.date:
        return self.own_start_date or self.exchange.start_date

    @property
    def end_date(self) -> dt.date:
        return self.own_end_date or self.exchange.end_date

    @property
    def departs_on(self) -> dt.date:
        """The day this person leaves home; without one, the first day of the stay."""
        return self.leaves_home_on or self.start_date

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code of the country this person goes to."""
        return str(self.own_country.code or self.exchange.country)

    @property
    def stay_form(self) -> str:
        return self.own_stay_form or self.exchange.stay_form


class LanguageSkill(models.Model):
    placement = ParentalKey(Placement, on_delete=models.CASCADE, related_name="language_skills")
    language = models.CharField(
        _("language"),
        max_length=35,
        validators=[
            RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", _("A BCP 47 code, such as pt-BR."))
        ],
    )
    cefr_level = models.CharField(_("level"), max_length=2, choices=CefrLevel)

    class Meta:
        verbose_name = _("language skill")
        verbose_name_plural = _("language skills")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "language"], name="exchanges_unique_language_skill"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.cefr_level}"
