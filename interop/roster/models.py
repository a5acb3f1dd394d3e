import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from interop.roster.mobilities import Defaults
from people import roles
from people.models import User


class RosterUploadQuerySet(models.QuerySet["RosterUpload"]):
    def visible_to(self, user: User) -> Self:
        """Own imports; an administrator sees everybody's."""
        return self if roles.is_administrator(user) else self.filter(uploaded_by=user)

    def being_undone(self) -> Self:
        return self.filter(undo_begun_at__isnull=False, undone_at__isnull=True)


class TraceKind(models.TextChoices):
    PLACEMENT = "placement", _("Placement")
    EXCHANGE = "exchange", _("Exchange")
    PERSON = "person", _("Person")
    PARTNER = "partner", _("Host institution")


class RosterUpload(models.Model):
    """A roster file between its dry run and its confirmation, and the record of what it did.

    Without `uploaded_by` it came by the command line.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    filename = models.CharField(_("file"), max_length=255)
    content = models.BinaryField()
    programme = models.CharField(_("programme"), max_length=110, blank=True, default="")
    sending_ounit = models.CharField(_("sending office"), max_length=110, blank=True, default="")
    uploaded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    applied_at = models.DateTimeField(_("imported"), null=True, blank=True)
    summary = models.JSONField(default=dict)
    undo_begun_at = models.DateTimeField(_("undo begun"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone = models.JSONField(default=dict)

    objects = RosterUploadQuerySet.as_manager()

    class Meta:
        app_label = "interop"
        verbose_name = _("roster import")
        verbose_name_plural = _("roster imports")
        ordering = ["-uploaded_at"]
        default_permissions = ["add", "view"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undo_begun_at__isnull=True)
                | models.Q(applied_at__isnull=False),
                name="interop_only_what_was_imported_is_undone",
                violation_error_message=_("Only what was imported can be undone."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    undo_begun_at__isnull=True, undone_at__isnull=True, undone_by__isnull=True
                )
                | models.Q(undo_begun_at__isnull=False, undone_by__isnull=False)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="interop_an_undo_is_somebodys",
                violation_error_message=_("Say who undid the import, and when."),
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_being_undone(self) -> bool:
        return self.undo_begun_at is not None and self.undone_at is None

    @property
    def defaults(self) -> Defaults:
        """What holds for mobilities of the file that do not say it themselves."""
        return Defaults(programme=self.programme, sending_ounit=self.sending_ounit)


class RosterTrace(models.Model):
    """One record that an import made or changed, so that the import can be undone.

    `before` and `after` hold the fields that imports write, as JSON writes them; without
    `before` the import made the record. Traces hold personal data and are kept for as
    long as an import can be undone.
    """

    upload = models.ForeignKey(RosterUpload, on_delete=models.CASCADE, related_name="traces")
    kind = models.CharField(max_length=10, choices=TraceKind)
    record_pk = models.PositiveBigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        app_label = "interop"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "kind", "record_pk"], name="interop_each_record_traced_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_pk}"
