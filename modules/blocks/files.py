"""Files of the library inside a lesson: recordings with their words, and downloads."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from library.models import CustomDocument
from modules.blocks.features import SHORT_TEXT
from quizzes.freezing import AUDIO, VIDEO

CAPTIONS = {".vtt"}
FIRST_WORD_OF_CAPTIONS = b"WEBVTT"
MARK_OF_UTF_8 = b"\xef\xbb\xbf"


def newest(suffixes: set[str]) -> CustomDocument | None:
    """Return the last file of this sort in the library, to show a block with."""
    wanted = Q(pk__in=[])
    for suffix in suffixes:
        wanted |= Q(file__iendswith=suffix)
    return CustomDocument.objects.filter(wanted).order_by("-created_at", "-pk").first()


class FileBlock(DocumentChooserBlock):
    """A file of certain sorts, known by how its name ends."""

    def __init__(self, suffixes: set[str], wrong: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.suffixes = suffixes
        self.wrong = wrong

    def clean(self, value: CustomDocument | None) -> CustomDocument | None:
        document: CustomDocument | None = super().clean(value)
        if document and PurePath(document.filename).suffix.lower() not in self.suffixes:
            raise ValidationError(self.wrong)
        return document


class CaptionsBlock(FileBlock):
    """WebVTT, and not another file that was only named so."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(CAPTIONS, _("Captions are a file that ends in .vtt (WebVTT)."), **kwargs)

    def clean(self, value: CustomDocument | None) -> CustomDocument | None:
        document = super().clean(value)
        if document:
            with document.file.open("rb") as file:
                start = file.read(len(MARK_OF_UTF_8 + FIRST_WORD_OF_CAPTIONS))
            if not start.removeprefix(MARK_OF_UTF_8).startswith(FIRST_WORD_OF_CAPTIONS):
                raise ValidationError(
                    _("This file is not WebVTT: its first line has to begin with “WEBVTT”.")
                )
        return document


class RecordingBlock(blocks.StructBlock):
    """A recording whose words everybody can read. A draft may still lack them."""

    suffixes: set[str] = set()
    shown_title: Any = ""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    minutes = blocks.IntegerBlock(label=_("minutes"), min_value=1, max_value=90, default=3)
    transcript = blocks.RichTextBlock(
        label=_("transcript"),
        features=SHORT_TEXT,
        help_text=_("What is said, by whom, and what else matters to be heard or seen."),
    )

    def get_preview_value(self) -> Any:
        shown = {
            "title": self.shown_title,
            "minutes": 3,
            "transcript": "<p><b>Lin:</b> What do people here call you?</p>",
        }
        return self.normalize({**shown, "recording": newest(self.suffixes)})


class VideoBlock(RecordingBlock):
    suffixes = VIDEO
    shown_title = _("A first meeting")

    recording = FileBlock(VIDEO, _("Choose a video that ends in .mp4 or .webm."), label=_("video"))
    captions = CaptionsBlock(
        label=_("captions (.vtt)"), help_text=_("For who cannot hear, or may not switch it on.")
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "modules/blocks/recording.html"
        form_layout = ["title", "recording", "captions", "transcript", "minutes"]
        description = _("A film of your own with captions and transcript.")


class AudioBlock(RecordingBlock):
    suffixes = AUDIO
    shown_title = _("A first telephone call")

    recording = FileBlock(
        AUDIO, _("Choose a sound that ends in .mp3, .m4a, .ogg or .wav."), label=_("sound")
    )

    class Meta:
        icon = "media"
        label = _("Sound")
        template = "modules/blocks/recording.html"
        form_layout = ["title", "recording", "transcript", "minutes"]
        description = _("A sound recording of your own with its transcript.")


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("document"))
    about = blocks.CharBlock(
        label=_("what it is for"),
        max_length=255,
        help_text=_("What people can do with it, so that they know before they load it."),
    )

    class Meta:
        icon = "download"
        label = _("Download")
        template = "modules/blocks/download.html"
        description = _("A document to keep, with its sort and size.")

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "document": newest({".pdf", ".docx", ".odt", ".txt"}),
                "about": _("One page to fill in before the first meeting."),
            }
        )
