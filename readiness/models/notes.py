from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from exchanges.models import Exchange, Placement
from exchanges.visibility import coordinated_by
from people.models import User


class NoteQuerySet(models.QuerySet["Note"]):
    def coordinated_by(self, user: User) -> Self:
        """Notes on placements that user answers for, and on exchanges with such a placement."""
        own = Q(placement__in=Placement.objects.coordinated_by(user).values("pk"))
        exchanges = Exchange.objects.filter(coordinated_by(user, through="placements__"))
        return self.filter(own | Q(exchange__in=exchanges.values("pk")))

    def in_order(self) -> Self:
        """Pinned ones first, then the newest."""
        return self.order_by(F("pinned_at").desc(nulls_last=True), "-written_at", "-pk")


class Note(models.Model):
    """What staff write down about a placement or an exchange, for staff alone.

    Appended, never changed: a note that is wrong is withdrawn and stays readable as that.
    """

    placement = models.ForeignKey(
        Placement, on_delete=models.CASCADE, null=True, blank=True, related_name="notes"
    )
    exchange = models.ForeignKey(
        Exchange, on_delete=models.CASCADE, null=True, blank=True, related_name="notes"
    )
    text = models.TextField(_("note"))
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"))
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [
            models.Index(fields=["placement", "written_at"], name="readiness_note_placement"),
            models.Index(fields=["exchange", "written_at"], name="readiness_note_exchange"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(placement__isnull=False, exchange__isnull=True)
                | Q(placement__isnull=True, exchange__isnull=False),
                name="readiness_note_is_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="readiness_note_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, pinned_at__isnull=True),
                name="readiness_note_withdrawn_is_not_pinned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.written_by}, {self.written_at:%Y-%m-%d}: {self.text[:50]}"
