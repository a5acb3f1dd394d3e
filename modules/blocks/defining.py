"""A term of the glossary, explained where a lesson needs it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class TermBlock(SnippetChooserBlock):
    """Chooses a term. Translations of a lesson name the same term; it is read in the reader's
    language all the same.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("modules.GlossaryTerm", **kwargs)

    def clean(self, value: Any) -> Any:
        term = super().clean(value)
        if term and not term.live and not self.is_deferred_validation:
            raise ValidationError(_("This term is not published yet. Publish it first."))
        return term

    def get_translatable_segments(self, _term: Any) -> list[Any]:
        return []

    def restore_translated_segments(self, term: Any, _segments: Any) -> Any:
        return term


class GlossaryTermBlock(blocks.StructBlock):
    term = TermBlock(label=_("term"))

    class Meta:
        icon = "openquote"
        label = _("Glossary term")
        template = "modules/blocks/glossary_term.html"
        description = _("What a word means, from the glossary, with a link to it.")

    @cached_property
    def terms(self) -> Any:
        return self.child_blocks["term"].target_model.objects

    def get_preview_value(self) -> Any:
        term = self.terms.live().originals().order_by("-pk").first()
        return self.normalize({"term": term})


def term_of(part: blocks.StreamValue.StreamChild) -> Any:
    """Return the term that a lesson's block explains; None for other blocks, or if it is gone."""
    return part.value["term"] if isinstance(part.block, GlossaryTermBlock) else None
