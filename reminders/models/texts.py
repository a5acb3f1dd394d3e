from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.models import Office
from exchanges.visibility import answers_for
from people.models import User
from reminders.enums import WRITTEN_BY_OFFICES
from reminders.places import NEEDED, PLACES, missing_places, strange_places


class LetterTextQuerySet(models.QuerySet["LetterText"]):
    def coordinated_by(self, user: User) -> Self:
        return self.filter(answers_for(user, through="office__"))


class LetterText(models.Model):
    """An office's own words for one kind of letter in one language.

    They hold for offices below that have none. Without any, Sojourn's words are sent.
    """

    office = models.ForeignKey(
        Office,
        on_delete=models.CASCADE,
        related_name="letter_texts",
        verbose_name=_("office"),
        help_text=_("Offices below that have no words of their own use these, too."),
    )
    kind = models.CharField(_("letter"), max_length=10, choices=WRITTEN_BY_OFFICES)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), max_length=5000)

    objects = LetterTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["office__path", "kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "language"],
                name="reminders_one_text_for_a_letter",
                violation_error_message=_(
                    "This office has words for that letter in that language already: change those."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_language_display()}"

    def clean(self) -> None:
        """Refuse places that nothing is put into, and a text without what it is about."""
        errors = {}
        for name in ("subject", "text"):
            strange = strange_places(getattr(self, name))
            if strange:
                errors[name] = ValidationError(
                    _("There is no place %(strange)s. You can use: %(places)s."),
                    params={"strange": ", ".join(strange), "places": ", ".join(PLACES)},
                )
        missing = missing_places(self.text)
        if missing and "text" not in errors:
            errors["text"] = ValidationError(
                _("Put %(missing)s somewhere: %(why)s."),
                params={"missing": missing[0], "why": NEEDED[missing[0]]},
            )
        if errors:
            raise ValidationError(errors)
