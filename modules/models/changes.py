import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User


class MaterialChange(models.Model):
    """A change of a published page that people should hear of who had completed it.

    Written when it is published, and never changed. It names pages by the key that all
    their translations share, as records of progress do.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page_key = models.UUIDField(_("page"))
    revision_id = models.PositiveBigIntegerField(_("revision"), unique=True)
    title = models.CharField(_("title"), max_length=255)
    note = models.CharField(_("what changed"), max_length=300)
    language = models.CharField(_("language"), max_length=20)
    published_at = models.DateTimeField(_("published"))
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )

    class Meta:
        verbose_name = _("material change")
        verbose_name_plural = _("material changes")
        indexes = [models.Index(fields=["page_key", "published_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(note=""),
                name="modules_material_change_says_what",
                violation_error_message=_("Say what changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.note}"
