import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from timezone_field import TimeZoneField

from people.enums import ExtraTime


class UserManager(BaseUserManager["User"]):
    """Creates users known by their e-mail address, kept in lower case."""

    use_in_migrations = True

    def _create(self, email: str, password: str | None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self._create(email, password, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self._create(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractUser):
    """A person who signs in. What they may do is in `people.roles`."""

    username = None  # type: ignore[assignment]
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Somebody already uses this e-mail address.")},
    )
    global_id = models.CharField(
        _("European Student Identifier"),
        max_length=255,
        null=True,
        blank=True,
        unique=True,
        help_text=_("The EWP field global-id, if the home institution has given one."),
    )
    time_zone = TimeZoneField(_("time zone"), default="UTC")
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, blank=True
    )
    called = models.CharField(_("how I am called"), max_length=40, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    extra_time = models.PositiveSmallIntegerField(
        _("extra time in timed quizzes"), choices=ExtraTime, default=ExtraTime.NONE
    )
    hides_countdown = models.BooleanField(_("hide the countdown"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["last_name", "first_name", "email"]
        permissions = [
            ("teach", "Is a trainer: writes modules and quizzes, sees how people do in them"),
            ("coordinate", "Is a coordinator: answers for the departures of own offices"),
            ("observe", "Is an observer: looks at the departures of chosen offices"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="people_user_email_lower_case",
                violation_error_message=_("Write the e-mail address in lower case."),
            ),
            models.CheckConstraint(
                condition=~models.Q(global_id=""), name="people_user_global_id_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def name_with_pronouns(self) -> str:
        """The name with what the person says of it, for those who speak to them."""
        words = {"name": self, "called": self.called, "pronouns": self.pronouns}
        if self.called and self.pronouns:
            return gettext("%(name)s, called %(called)s (%(pronouns)s)") % words
        if self.called:
            return gettext("%(name)s, called %(called)s") % words
        return f"{self} ({self.pronouns})" if self.pronouns else str(self)

    def clean(self) -> None:
        self.email = self.email.strip().lower()
        self.global_id = self.global_id or None


class Invitation(models.Model):
    """One letter that asked one person to choose a password.

    Inviting again adds a row. A row changes once, to `accepted_at` or to `revoked_at`. The
    token that the letter carries is not kept, only its hash.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    invited_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited"))
    until = models.DateTimeField(_("open until"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="people_one_invitation_waits_for_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None),
                name="people_invitation_accepted_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.invited_at:%Y-%m-%d}"
