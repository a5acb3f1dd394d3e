"""What people write for themselves, and what of it they let a trainer read."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User


class JournalEntry(models.Model):
    """One entry of a private journal: an answer to a lesson's question, or one's own words.

    An entry belongs to its writer alone: it goes with the account, and its writer may
    erase it. `prompt` and the titles are those of the lesson when it was first answered.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(User, on_delete=models.CASCADE, related_name="journal_entries")
    title = models.CharField(_("title"), max_length=200, blank=True)
    prompt = models.TextField(_("question"), blank=True)
    lesson_key = models.UUIDField(_("lesson"), null=True, blank=True)
    lesson_title = models.CharField(_("title of the lesson"), max_length=255, blank=True)
    block_id = models.CharField(_("block"), max_length=64, blank=True)
    begun_at = models.DateTimeField(_("begun"))
    replies_read_at = models.DateTimeField(_("replies last read"), null=True, blank=True)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        default_permissions = ()
        permissions = [("read_reflections", _("Can read what participants share"))]
        indexes = [
            models.Index(fields=["participant", "lesson_key"], name="progress_entries_at_a_lesson")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "lesson_key", "block_id"],
                condition=models.Q(lesson_key__isnull=False),
                name="progress_one_entry_for_a_question",
            ),
            models.CheckConstraint(
                condition=models.Q(lesson_key__isnull=True, block_id="")
                | (models.Q(lesson_key__isnull=False) & ~models.Q(block_id="")),
                name="progress_an_answer_names_its_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.begun_at:%Y-%m-%d}"


class JournalVersion(models.Model):
    """The text of an entry as it was saved once. The newest is what the entry says."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("version of a journal entry")
        verbose_name_plural = _("versions of journal entries")
        default_permissions = ()
        ordering = ["entry", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "number"], name="progress_journal_versions_have_an_order"
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="progress_a_journal_version_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}, {self.number}"


class JournalSharing(models.Model):
    """A version that trainers may read, until it is taken back. Later ones stay private."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(JournalEntry, on_delete=models.CASCADE, related_name="sharings")
    version = models.ForeignKey(JournalVersion, on_delete=models.CASCADE, related_name="sharings")
    shared_at = models.DateTimeField(_("shared"))
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("shared journal entry")
        verbose_name_plural = _("shared journal entries")
        default_permissions = ()
        indexes = [
            models.Index(fields=["withdrawn_at", "shared_at"], name="progress_sharings_by_wait")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="progress_an_entry_is_shared_once",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(withdrawn_at__gte=models.F("shared_at")),
                name="progress_shared_before_taken_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}, {self.shared_at:%Y-%m-%d}"


class JournalReply(models.Model):
    """What a trainer answers to what was shared."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sharing = models.ForeignKey(JournalSharing, on_delete=models.CASCADE, related_name="replies")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("reply to a journal entry")
        verbose_name_plural = _("replies to journal entries")
        default_permissions = ()
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(text=""), name="progress_a_reply_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sharing_id}: {self.by}"
