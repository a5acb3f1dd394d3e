"""Teaching blocks, named for what they make people do."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from library.blocks import FigureBlock, TextBlock


class LessonBlock(blocks.StreamBlock):
    text = TextBlock()
    figure = FigureBlock()

    class Meta:
        label = _("Content")
