import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from timezone_field import TimeZoneField


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

    def clean(self) -> None:
        self.email = self.email.strip().lower()
        self.global_id = self.global_id or None
