import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.enums import MailState


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, at: dt.datetime) -> Self:
        """Letters to be sent now, those included whose sender did not come back."""
        waiting = Q(state=MailState.WAITING, due_at__lte=at)
        return self.filter(waiting | Q(state=MailState.SENDING, lease_until__lte=at))

    def dead(self) -> Self:
        return self.filter(state=MailState.DEAD)


class OutgoingMail(models.Model):
    """One letter, written in the transaction of what it tells about.

    `key` names the reason: a second letter for the same reason is not written. The
    Message-ID never changes, so that a letter sent twice can be known as one. A secret
    letter, such as one with a link that lets its reader in, has no words once it is sent.
    """

    key = models.CharField(_("reason"), max_length=200, unique=True)
    message_id = models.CharField(max_length=200, unique=True, editable=False)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    is_secret = models.BooleanField(default=False, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=MailState, default=MailState.WAITING
    )
    tries = models.PositiveIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("next try"))
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="jobs_mail_that_is_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
                name="jobs_sent_means_when",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.SENDING, lease_until__isnull=False)
                | (~Q(state=MailState.SENDING) & Q(lease_until__isnull=True)),
                name="jobs_sending_means_until_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"


class PeriodicJob(models.Model):
    """When a job of `settings.PERIODIC_JOBS` ran last, and who has it now.

    `lease_until` is set while it runs: a process that died gives it back by then.
    """

    name = models.CharField(_("job"), max_length=200, unique=True)
    due_at = models.DateTimeField(_("next run"))
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(_("last started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("last finished"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("regular job")
        verbose_name_plural = _("regular jobs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
