"""What modules and lessons share as pages that somebody has to keep true."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from modules.models.access import SignedInPage


class ReviewedPage(SignedInPage):
    """A page with a day by which somebody reads it again."""

    review_on = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_(
            "The day by which somebody reads the page again. From then on it stands in the "
            "report “Can this be completed?” until the day is moved."
        ),
    )

    review_panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("review_on")], heading=_("Review")),
    ]

    class Meta:
        abstract = True
