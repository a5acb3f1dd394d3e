import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User


class RosterUpload(models.Model):
    """A roster file between its dry run and its confirmation, and the record of what it did."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    filename = models.CharField(_("file"), max_length=255)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"))
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    summary = models.JSONField(default=dict)

    class Meta:
        app_label = "interop"
        verbose_name = _("roster import")
        verbose_name_plural = _("roster imports")
        ordering = ["-uploaded_at"]
        default_permissions = ["add", "view"]

    def __str__(self) -> str:
        return self.filename
