"""Plain blocks: text, images and the like, with no idea of teaching."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote"]


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "library/blocks/text.html"
        preview_value = "<p>People greet each other in many ways. Watch first, then try.</p>"
        description = _("Paragraphs, headings, lists and links.")


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), required=False, default="", max_length=255)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "library/blocks/figure.html"
        description = _("An image with its alternative text, caption and credit.")
