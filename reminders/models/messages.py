from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from exchanges.models import Placement
from exchanges.visibility import observed_by
from jobs.enums import MailState
from jobs.models import OutgoingMail
from people import roles
from people.models import User
from reminders.enums import LetterKind


class MessageQuerySet(models.QuerySet["Message"]):
    def observed_by(self, user: User) -> Self:
        """Letters that told of a placement which user answers for or observes."""
        if roles.is_administrator(user):
            return self
        seen = Reminder.objects.filter(observed_by(user, through="placement__"))
        return self.filter(Exists(seen.filter(message=OuterRef("pk"))))


class Message(models.Model):
    """One letter to one person: who, what, when and why. Appended, never changed.

    The outbox forgets what it has sent after a while; without a `mail` it got away.
    """

    key = models.CharField(max_length=200, unique=True, editable=False)
    kind = models.CharField(_("why"), max_length=10, choices=LetterKind)
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="letters", verbose_name=_("to")
    )
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    asked_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
    )
    posted_at = models.DateTimeField(_("written"))
    mail = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-posted_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "posted_at"], name="reminders_message_person"),
            models.Index(fields=["posted_at"], name="reminders_message_posted"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="asked", asked_by__isnull=False)
                | (~models.Q(kind="asked") & models.Q(asked_by__isnull=True)),
                name="reminders_asked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.person})"

    @property
    def state(self) -> str:
        return self.mail.state if self.mail else MailState.SENT.value

    @property
    def delivery(self) -> str:
        """Whether it got away, in words."""
        return str(MailState(self.state).label)

    @property
    def told(self) -> str:
        """What it told of."""
        return "; ".join(one.requirement_name for one in self.reminders.all())

    @property
    def sent_at(self) -> Any:
        return self.mail.sent_at if self.mail else None


class Reminder(models.Model):
    """That a message told of one open requirement; `step` is what the clock had reached.

    The same is told once at each step. A due date that moves is another thing to tell.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reminders")
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="reminders")
    requirement_key = models.CharField(max_length=100)
    requirement_name = models.CharField(_("requirement"), max_length=255)
    due_at = models.DateTimeField(_("due"))
    step = models.SmallIntegerField(_("days before it was due"), null=True, blank=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "requirement_key", "due_at", "step"],
                condition=models.Q(step__isnull=False),
                name="reminders_told_once_at_each_step",
            ),
            models.UniqueConstraint(
                fields=["message", "placement", "requirement_key"],
                name="reminders_once_in_a_message",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id}: {self.requirement_name}"
