import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from interop.questions.actions import Action, Format
from people import roles
from people.models import User
from quizzes.models import Question


class QuestionUploadQuerySet(models.QuerySet["QuestionUpload"]):
    def visible_to(self, user: User) -> Self:
        """Own imports; an administrator sees everybody's."""
        return self if roles.is_administrator(user) else self.filter(uploaded_by=user)


class QuestionUpload(models.Model):
    """A file of questions between its dry run and its confirmation, and what became of it.

    Without `uploaded_by` it came by the command line. `expected` is the fingerprint of the
    plan that the lines show.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    filename = models.CharField(_("file"), max_length=255)
    content = models.BinaryField()
    format = models.CharField(_("format"), max_length=20, choices=Format)
    category = models.CharField(_("category"), max_length=200, blank=True)
    expected = models.CharField(max_length=64, blank=True)
    uploaded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    applied_at = models.DateTimeField(_("imported"), null=True, blank=True)
    summary = models.JSONField(default=dict)

    objects = QuestionUploadQuerySet.as_manager()

    class Meta:
        app_label = "interop"
        verbose_name = _("question import")
        verbose_name_plural = _("question imports")
        ordering = ["-uploaded_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.filename


class QuestionUploadLine(models.Model):
    """One question of a file: what would happen to it, and afterwards where it is."""

    upload = models.ForeignKey(QuestionUpload, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    name = models.CharField(_("name"), max_length=255, blank=True)
    kind = models.CharField(_("kind"), max_length=80, blank=True)
    action = models.CharField(_("what happens"), max_length=20, choices=Action)
    reasons = models.JSONField(default=list)
    question = models.ForeignKey(
        Question,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("question"),
    )

    class Meta:
        app_label = "interop"
        verbose_name = _("line of a question import")
        verbose_name_plural = _("lines of a question import")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["upload", "action"], name="interop_upload_line_action")]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"


class ImportedQuestion(models.Model):
    """Where a question of the bank came from, and what the bank has no place for.

    `fingerprint` is of the question as the file had it: the same file again finds it, even
    if somebody has edited the question here since.
    """

    question = models.OneToOneField(
        Question, on_delete=models.CASCADE, related_name="+", verbose_name=_("question")
    )
    idnumber = models.CharField(_("ID number"), max_length=255, blank=True, db_index=True)
    fingerprint = models.CharField(max_length=64)
    kept = models.JSONField(default=dict)

    class Meta:
        app_label = "interop"
        verbose_name = _("imported question")
        verbose_name_plural = _("imported questions")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.question)
