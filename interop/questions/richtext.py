"""Between the rich text that the bank stores and the HTML of question files."""

import html
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from django.core.exceptions import ObjectDoesNotExist
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from interop.questions.problems import Fault
from interop.questions.records import CannotReadError, File
from interop.questions.texts import clean, each_image, image
from library.models import CustomImage

_TAG = re.compile(r"<(a|embed)\b([^>]*?)/?>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_EMBED = re.compile(r"<embed\b[^>]*>")
_EMBED_ID = re.compile(r'<embed\b[^>]*embedtype="image"[^>]*>')


def to_rich(text: str, pk_of: Mapping[str, int]) -> str:
    """Return HTML with its pictures as the rich text embeds them, by the pk of each name."""

    def embed(name: str, alt: str) -> str:
        words = html.escape(alt)
        return f'<embed alt="{words}" embedtype="image" format="fullwidth" id="{pk_of[name]}"/>'

    return each_image(text, embed)


def image_ids(texts: Iterable[str]) -> set[int]:
    """Return the pks of all images that the rich texts show."""
    return {
        int(attributes["id"])
        for text in texts
        for found in _EMBED_ID.finditer(text)
        for attributes in [_attributes(found[0])]
        if attributes.get("id", "").isdigit()
    }


class Expander:
    """Makes clean HTML of the rich texts of one question, and gathers its pictures.

    Raises:
        CannotReadError: a text holds what no file of questions can hold.
    """

    def __init__(self, images: Mapping[int, CustomImage]) -> None:
        self.images = images
        self.names: dict[int, str] = {}
        self.files: dict[str, File] = {}

    def html(self, text: str) -> str:
        if "<a " in text or "<embed" in text:
            text = _TAG.sub(self._expanded, text)
        return clean(without_keys(text))

    def _expanded(self, found: re.Match[str]) -> str:
        attributes = _attributes(found[2])
        if found[1] == "embed":
            return self._image(attributes)
        if "linktype" not in attributes:
            return found[0]
        url = _url(attributes["linktype"], attributes.get("id", ""))
        return f'<a href="{html.escape(url)}">' if url else "<a>"

    def _image(self, attributes: Mapping[str, str]) -> str:
        if attributes.get("embedtype") != "image":
            raise CannotReadError(Fault.MEDIA, attributes.get("embedtype", ""))
        number = attributes.get("id", "")
        found = self.images.get(int(number)) if number.isdigit() else None
        if found is None:
            raise CannotReadError(Fault.MISSING_FILE, attributes.get("id", ""))
        return image(self._name(found), html.unescape(attributes.get("alt", "")))

    def _name(self, found: CustomImage) -> str:
        if found.pk not in self.names:
            name = _own_name(found)
            while name in self.files:
                name = f"2-{name}"
            self.names[found.pk] = name
            try:
                with found.file.storage.open(found.file.name) as stored:
                    self.files[name] = File(name, stored.read())
            except OSError as error:
                raise CannotReadError(Fault.MISSING_FILE, name) from error
        return self.names[found.pk]


def _own_name(found: CustomImage) -> str:
    """Return the name of the file as it was imported, or as it is stored."""
    stored = PurePosixPath(found.file.name)
    is_name = PurePosixPath(found.title).suffix.lower() == stored.suffix.lower() != ""
    return found.title if is_name else stored.name


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(text)}


def comparable(text: str) -> str:
    """Return what is the same for rich texts that say and show the same."""
    shown = _EMBED.sub(lambda found: f"[{sorted(_attributes(found[0]).items())}]", text)
    return clean(without_keys(shown))


def without_keys(text: str) -> str:
    """Return rich text without the keys that the editor gives to its blocks."""
    return re.sub(r' data-block-key="[^"]*"', "", text)


def _url(link_type: str, pk: str) -> str:
    """Return the address of a page or document of this site."""
    try:
        if link_type == "page":
            return Page.objects.get(pk=pk).full_url or ""
        return str(get_document_model().objects.get(pk=pk).url)
    except (ObjectDoesNotExist, ValueError):
        return ""


def in_bulk(pks: set[int]) -> dict[int, CustomImage]:
    if not pks:
        return {}
    found: dict[int, CustomImage] = get_image_model().objects.in_bulk(pks)
    return found
