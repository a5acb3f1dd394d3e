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

    objects = RosterUploadQuerySet.as_manager()

    class Meta:
        app_label = "interop"
        verbose_name = _("roster import")
        verbose_name_plural = _("roster imports")
        ordering = ["-uploaded_at"]
        default_permissions = ["add", "view"]

    def __str__(self) -> str:
        return self.filename

    @property
    def defaults(self) -> Defaults:
        """What holds for mobilities of the file that do not say it themselves."""
        return Defaults(programme=self.programme, sending_ounit=self.sending_ounit)
