import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from exchanges.models import Exchange, Institution, Office
from exchanges.visibility import answers_for
from people.models import User
from readiness.enums import LinkStanding


class PartnerLinkQuerySet(models.QuerySet["PartnerLink"]):
    def coordinated_by(self, user: User) -> Self:
        """Links that show people of offices which user answers for."""
        return self.filter(answers_for(user, through="office__"))

    def with_visits(self) -> Self:
        """With `visits_made` and `last_visit_at`."""
        return self.annotate(visits_made=Count("visits"), last_visit_at=Max("visits__at"))

    def with_standing(self, as_of: dt.datetime) -> Self:
        """With `standing`, a value of `LinkStanding`."""
        return self.annotate(
            standing=models.Case(
                models.When(revoked_at__isnull=False, then=models.Value(LinkStanding.REVOKED)),
                models.When(expires_at__lte=as_of, then=models.Value(LinkStanding.EXPIRED)),
                default=models.Value(LinkStanding.OPEN),
            )
        )


class PartnerLink(models.Model):
    """A host's way to see who of an office comes, and whether they are ready.

    Whoever has the link reads, without an account. The token is known to the link alone;
    only its SHA-256 stands here. Without `exchange` it shows all exchanges to the host.
    """

    host = models.ForeignKey(
        Institution, on_delete=models.CASCADE, related_name="+", verbose_name=_("host institution")
    )
    exchange = models.ForeignKey(
        Exchange,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="partner_links",
        verbose_name=_("exchange"),
    )
    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, related_name="+", verbose_name=_("office")
    )
    label = models.CharField(_("who it is for"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("works until"))
    revoked_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    standing: str  # as `with_standing` says

    objects = PartnerLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner link")
        verbose_name_plural = _("partner links")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="readiness_partner_link_works_for_a_while",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="readiness_partner_link_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.host})"

    @property
    def shows(self) -> str:
        """Which exchanges it is about, in words."""
        return str(self.exchange or _("All exchanges"))


class PartnerVisit(models.Model):
    """That a link was opened: when, and nothing about who or from where."""

    link = models.ForeignKey(PartnerLink, on_delete=models.CASCADE, related_name="visits")
    at = models.DateTimeField(_("opened"))

    class Meta:
        verbose_name = _("visit by a partner link")
        verbose_name_plural = _("visits by partner links")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["link", "at"], name="readiness_partner_visit")]

    def __str__(self) -> str:
        return f"{self.link_id}: {self.at:%Y-%m-%d %H:%M}"
