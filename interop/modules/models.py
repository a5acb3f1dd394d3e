import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from modules.models import CataloguePage, ModulePage
from people import roles
from people.models import User


class ModuleUploadQuerySet(models.QuerySet["ModuleUpload"]):
    def visible_to(self, user: User) -> Self:
        """Own imports; an administrator sees everybody's."""
        return self if roles.is_administrator(user) else self.filter(uploaded_by=user)


class ModuleUpload(models.Model):
    """A file of a module between its dry run and its confirmation, and what became of it.

    Without `uploaded_by` it came by the command line. `lines` are those of the plan whose
    fingerprint is `expected`; `module` is what was made, or was here already.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    filename = models.CharField(_("file"), max_length=255)
    title = models.CharField(_("module"), max_length=255)
    content = models.BinaryField()
    catalogue = models.ForeignKey(
        CataloguePage,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("catalogue"),
    )
    expected = models.CharField(max_length=64)
    lines = models.JSONField(default=list)
    is_here = models.BooleanField(default=False)
    module = models.ForeignKey(
        ModulePage, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("module")
    )
    uploaded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    applied_at = models.DateTimeField(_("imported"), null=True, blank=True)

    objects = ModuleUploadQuerySet.as_manager()

    class Meta:
        app_label = "interop"
        verbose_name = _("module import")
        verbose_name_plural = _("module imports")
        ordering = ["-uploaded_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.filename
