"""Words that the course explains, each in one place."""

from typing import Any, ClassVar, Self

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

TWICE = _("The glossary has this term already. Change that one.")


def own_language() -> models.Q:
    return models.Q(locale__language_code=settings.LANGUAGE_CODE)


class GlossaryQuerySet(models.QuerySet["GlossaryTerm"]):
    def live(self) -> Self:
        """The published terms."""
        return self.filter(live=True)

    def originals(self) -> Self:
        """The terms that are not translations of one in the site's own language."""
        keys = self.model._default_manager.filter(own_language()).values("translation_key")
        return self.filter(own_language() | ~models.Q(translation_key__in=keys))


class GlossaryManager(models.Manager.from_queryset(GlossaryQuerySet)):  # type: ignore[misc]
    """Reads each term with its language."""

    def get_queryset(self) -> GlossaryQuerySet:
        found: GlossaryQuerySet = super().get_queryset().select_related("locale")
        return found


class GlossaryTerm(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """One term with what it means, where that comes from, and terms beside it.

    A translation lends its words, as those of pages do (see modules/languages.py): what a
    term points to is that of the original.
    """

    term = models.CharField(_("term"), max_length=100)
    definition = RichTextField(
        _("definition"),
        features=["bold", "italic", "link"],
        help_text=_("One to three sentences in plain words; an example helps more than a theory."),
    )
    see_also = ParentalManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="seen_from",
        limit_choices_to=own_language,
        verbose_name=_("see also"),
    )
    source_title = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Title and publisher, where the definition says what somebody else found."),
    )
    source_link = models.URLField(_("link to the source"), blank=True)
    consulted_on = models.DateField(_("read on"), null=True, blank=True)

    # The fields that a translation lends, and which one does.
    words: ClassVar[tuple[str, ...]] = ("term", "definition")
    is_in_words = False
    told_by: Any = None

    objects = GlossaryManager()

    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("source_title")
    ]

    panels: ClassVar[list[Any]] = [
        FieldPanel("term"),
        FieldPanel("definition"),
        FieldPanel("see_also", widget=forms.CheckboxSelectMultiple),
        MultiFieldPanel(
            [
                FieldPanel("source_title"),
                FieldRowPanel([FieldPanel("source_link"), FieldPanel("consulted_on")]),
            ],
            heading=_("Source"),
        ),
    ]
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("term", boost=2),
        index.AutocompleteField("term"),
        index.SearchField("definition"),
        index.FilterField("locale_id"),
        index.FilterField("live"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering: ClassVar[list[str]] = ["term"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Lower("term"),
                "locale",
                name="modules_one_entry_for_a_term",
                violation_error_message=TWICE,
            ),
            models.CheckConstraint(
                condition=models.Q(source_title="", source_link="", consulted_on__isnull=True)
                | (
                    ~models.Q(source_title="")
                    & ~models.Q(source_link="")
                    & models.Q(consulted_on__isnull=False)
                ),
                name="modules_a_source_has_link_and_day",
                violation_error_message=_(
                    "A source is named with its link and the day on which it was read."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        super().clean()
        if self.pk and any(other.pk == self.pk for other in self.see_also.all()):
            raise ValidationError({"see_also": _("A term does not lead to itself.")})
        # The form has no language, and so does not ask the constraint itself.
        others = GlossaryTerm.objects.filter(term__iexact=self.term, locale=self.locale_id)
        if others.exclude(pk=self.pk).exists():
            raise ValidationError({"term": TWICE})

    @classmethod
    def words_model(cls) -> type[models.Model]:
        return cls

    @property
    def language(self) -> str:
        """The code of the language in which its words are now."""
        return str((self.told_by or self).locale.language_code)

    @property
    def anchor(self) -> str:
        """The term's place on the page of the glossary, in every language."""
        return f"term-{self.translation_key}"

    def get_preview_template(self, _request: HttpRequest, _mode_name: str) -> str:
        return "modules/glossary/preview.html"
