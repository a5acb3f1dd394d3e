"""The three kinds of module, each with what it needs."""

import uuid
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from timezone_field import TimeZoneField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from modules.enums import ModuleKind
from modules.models.modules import ModulePage
from modules.sessions import SessionsPanel


class TrainingSessionPage(ModulePage):
    """Lessons and a quiz, worked through alone, online."""

    module_kind = ModuleKind.TRAINING_SESSION
    template = "modules/module_page.html"

    class Meta:
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")


class WorkshopPage(ModulePage):
    """People meet: one attended session completes it, with the lessons around it."""

    module_kind = ModuleKind.WORKSHOP
    template = "modules/module_page.html"
    content_panels = [
        *ModulePage.content_panels,
        SessionsPanel("sessions", label=_("session"), heading=_("Sessions")),
    ]

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    def copy_child_relation(self, child_relation: Any, target: Any, **kwargs: Any) -> Any:
        """Give the sessions of a copied workshop keys of their own: nobody attended them."""
        copied = super().copy_child_relation(child_relation, target, **kwargs)
        for child in copied.values():
            if isinstance(child, WorkshopSession):
                child.uuid = uuid.uuid4()
        return copied


class WorkshopSession(Orderable):
    """One date of a workshop; attending any one of them is enough."""

    workshop = ParentalKey(WorkshopPage, on_delete=models.CASCADE, related_name="sessions")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = TimeZoneField(_("time zone of the place"), default="UTC")
    place = models.CharField(
        _("place"), max_length=255, help_text=_("Room and building, or “online”.")
    )
    link = models.URLField(_("link to the meeting"), blank=True)
    seats = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    panels = [
        FieldRowPanel(
            [
                FieldPanel("starts_at", help_text=_("By the clock at the place.")),
                FieldPanel("ends_at", help_text=_("By the clock at the place.")),
            ]
        ),
        FieldPanel("time_zone"),
        FieldPanel("place"),
        FieldPanel("link"),
        FieldPanel("seats"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("workshop session")
        verbose_name_plural = _("workshop sessions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="modules_session_starts_before_it_ends",
                violation_error_message=_("The session ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.starts_at:%Y-%m-%d %H:%M}"


class ImmersionPreparationPage(ModulePage):
    """Prepares for one destination or for all: host country, host campus, daily life."""

    module_kind = ModuleKind.IMMERSION
    template = "modules/module_page.html"
    subpage_types = ["modules.LessonPage", "modules.ImmersionTaskPage"]

    class Meta:
        verbose_name = _("immersion preparation")
        verbose_name_plural = _("immersion preparations")
