from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from exchanges.models import Placement
from people.models import User
from readiness.enums import DeclarationKind


class Declaration(models.Model):
    """A participant's word that a document is in order, and who has verified it.

    What depends on the country (`BY_COUNTRY`) is declared for each country by itself: the
    word for another one stands, and counts again for who goes there after all.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="declarations")
    kind = models.CharField(_("declaration"), max_length=20, choices=DeclarationKind)
    country = CountryField(
        _("for the country"), blank=True, help_text=_("Empty where the country does not matter.")
    )
    declared_at = models.DateTimeField(_("declared"))
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    verified_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "kind", "country"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="readiness_one_standing_declaration",
            ),
            models.CheckConstraint(
                condition=models.Q(verified_at__isnull=True, verified_by__isnull=True)
                | models.Q(verified_at__isnull=False, verified_by__isnull=False),
                name="readiness_verified_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(verified_at__isnull=True)
                | models.Q(verified_at__gte=models.F("declared_at")),
                name="readiness_verified_after_declared",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(withdrawn_at__gte=models.F("declared_at")),
                name="readiness_withdrawn_after_declared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement}: {self.get_kind_display()}"
