"""What modules and lessons share as pages that somebody has to keep true."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from modules.changing import ChangeForm, ChangePanel
from modules.enums import ChangeKind
from modules.models.access import SignedInPage


class ReviewedPage(SignedInPage):
    """A page with a day by which somebody reads it again, and a word on each change.

    `change_kind` and `change_note` are of the draft: what is published has none to come.
    """

    review_on = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_(
            "The day by which somebody reads the page again. From then on it stands in the "
            "report “Can this be completed?” until the day is moved."
        ),
    )

    change_kind = models.CharField(
        _("kind of change"),
        max_length=10,
        choices=ChangeKind,
        default=ChangeKind.MINOR,
        blank=True,
    )
    change_note = models.CharField(
        _("what changed"),
        max_length=300,
        blank=True,
        help_text=_("For a material change: one or two sentences to people who completed it."),
    )

    base_form_class = ChangeForm

    review_panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("review_on")], heading=_("Review")),
        ChangePanel(),
    ]

    class Meta:
        abstract = True
