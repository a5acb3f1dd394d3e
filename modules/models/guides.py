"""Guides to where people go: general, region, country, host institution."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from exchanges.models import Institution
from library.fields import StreamField
from library.formsets import OncePanel
from modules.blocks.answering import GuideBlock
from modules.enums import GuideLayer
from modules.models.access import (
    SignedInPage,
    close_to_visitors,
    have_read_by_lead_trainers,
    open_to_trainers,
)


class GuideQuerySet(PageQuerySet):
    def about(self, *, country: str, institution_id: int | None = None) -> Self:
        """The guides of every layer for a country (alpha-2) and one host in it."""
        wanted = (
            models.Q(layer=GuideLayer.GENERAL)
            | models.Q(pk__in=RegionCountry.objects.filter(country=country).values("region"))
            | models.Q(countryguidepage__country=country)
        )
        if institution_id is not None:
            wanted |= models.Q(institutionguidepage__institution=institution_id)
        return self.filter(wanted)


class GuidePage(SignedInPage):
    """What every guide has, whatever its layer; authors create one of the layers.

    `layer` is set by the layer's class, so that all guides of somebody's exchange come
    in one query.
    """

    layer = models.CharField(_("layer"), max_length=12, choices=GuideLayer, editable=False)
    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])
    answers = StreamField(GuideBlock(), verbose_name=_("answers"))
    kept_by = models.CharField(
        _("kept by"),
        max_length=150,
        help_text=_("The office or person that answers for the guide, as readers shall see it."),
    )
    reviewed_on = models.DateField(
        _("last reviewed"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody last read every answer and its sources."),
    )
    review_on = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("From this day on the guide stands in the report “Guides to review”."),
    )

    objects = PageManager.from_queryset(GuideQuerySet)()

    words: ClassVar[tuple[str, ...]] = ("title", "introduction", "answers", "kept_by")

    guide_layer: GuideLayer | None = None

    is_creatable = False
    template = "modules/guides/guide_page.html"
    parent_page_types: ClassVar[list[str]] = ["modules.GuidesPage"]
    subpage_types: ClassVar[list[str]] = []

    answer_panels: ClassVar[list[Any]] = [
        FieldPanel("introduction"),
        FieldPanel("answers"),
        MultiFieldPanel(
            [
                FieldPanel("kept_by"),
                FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_on")]),
            ],
            heading=_("Review"),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("answers"),
        index.FilterField("layer"),
    ]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if self.guide_layer:
            self.layer = self.guide_layer
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.reviewed_on and self.review_on and self.review_on <= self.reviewed_on:
            raise ValidationError(
                {"review_on": _("The next review comes after the last one. Choose a later day.")}
            )


class GuidesPage(GuidePage):
    """All guides, and the general answers that every one of them falls back to."""

    guide_layer = GuideLayer.GENERAL
    is_creatable = True
    template = "modules/guides/guides_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "modules.RegionGuidePage",
        "modules.CountryGuidePage",
        "modules.InstitutionGuidePage",
    ]
    max_count_per_parent = 1
    content_panels = [*Page.content_panels, *GuidePage.answer_panels]

    class Meta:
        verbose_name = _("guides and general answers")
        verbose_name_plural = _("guides and general answers")

    def save(self, *args: Any, **kwargs: Any) -> None:
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            close_to_visitors(self)
            open_to_trainers(self)
            have_read_by_lead_trainers(self)


class RegionGuidePage(GuidePage):
    """Answers that hold in several countries, such as those of one agreement."""

    guide_layer = GuideLayer.REGION
    is_creatable = True
    template = "modules/guides/guide_page.html"
    content_panels = [
        *Page.content_panels,
        OncePanel(
            "countries",
            twice=_("The same country stands twice. Take one out."),
            label=_("country"),
            heading=_("Countries"),
            min_num=1,
        ),
        *GuidePage.answer_panels,
    ]

    class Meta:
        verbose_name = _("guide to a region")
        verbose_name_plural = _("guides to regions")


class RegionCountry(Orderable):
    region = ParentalKey(RegionGuidePage, on_delete=models.CASCADE, related_name="countries")
    country = CountryField(_("country"))

    panels = [FieldPanel("country")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["region", "country"], name="modules_unique_country_of_region"
            ),
        ]

    def __str__(self) -> str:
        return str(self.country.name)


class CountryGuidePage(GuidePage):
    """Answers that hold in one country."""

    country = CountryField(_("country"))

    guide_layer = GuideLayer.COUNTRY
    is_creatable = True
    template = "modules/guides/guide_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("country"),
        *GuidePage.answer_panels,
    ]

    class Meta:
        verbose_name = _("guide to a country")
        verbose_name_plural = _("guides to countries")

    def clean(self) -> None:
        super().clean()
        others = CountryGuidePage.objects.filter(country=self.country, locale=self.locale_id)
        if others.exclude(pk=self.pk).exists():
            raise ValidationError(
                {"country": _("There is a guide to this country already. Add to that one.")}
            )


class InstitutionGuidePage(GuidePage):
    """Answers that hold at one host: offices, dates, halls."""

    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="guides",
        verbose_name=_("host institution"),
    )

    guide_layer = GuideLayer.INSTITUTION
    is_creatable = True
    template = "modules/guides/guide_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("institution"),
        *GuidePage.answer_panels,
    ]

    class Meta:
        verbose_name = _("guide to a host institution")
        verbose_name_plural = _("guides to host institutions")

    def clean(self) -> None:
        super().clean()
        others = InstitutionGuidePage.objects.filter(
            institution=self.institution_id, locale=self.locale_id
        )
        if others.exclude(pk=self.pk).exists():
            raise ValidationError(
                {"institution": _("There is a guide to this host already. Add to that one.")}
            )
