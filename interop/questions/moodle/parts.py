"""The parts that all questions of Moodle XML share: texts, files, hints, tags. Plain Python."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote
from xml.etree.ElementTree import Element, tostring

from interop.questions.problems import Fault, shown
from interop.questions.records import Answer, CannotReadError, File
from interop.questions.shares import from_percent
from interop.questions.texts import (
    PLUGIN_FILE,
    SIMPLE,
    as_html,
    each_image,
    image,
    images_of,
    take_out_data,
)

DEFAULT_FORMAT = "moodle_auto_format"


@dataclass(slots=True)
class Files:
    """The pictures of one question, gathered while its texts are read."""

    found: dict[str, File] = field(default_factory=dict)

    def html(self, element: Element | None, instead: str | None = None) -> str:
        """Return the text of an element as HTML, and keep the pictures that it shows.

        Args:
            instead: read this, as if it stood there.
        """
        if element is None:
            return ""
        text, data = take_out_data(words(element) if instead is None else instead)
        html = as_html(text, element.get("format") or DEFAULT_FORMAT)
        here = {**_files(element), **{file.name: file for file in data}}
        for name, _alt in images_of(html):
            if name not in here:
                raise CannotReadError(Fault.MISSING_FILE, shown(name))
        html = each_image(html, lambda name, alt: image(self.keep(here[name]), alt))
        if PLUGIN_FILE in each_image(html, lambda _name, _alt: ""):
            raise CannotReadError(Fault.MEDIA, "file")
        return html

    def keep(self, file: File) -> str:
        """Keep a file and return its name; each text may have a picture of the same name."""
        name, number = file.name, 1
        while self.found.setdefault(name, replace(file, name=name)).content != file.content:
            number += 1
            name = f"{number}-{file.name}"
        return name


def old_picture(question: Element, files: Files) -> str:
    """Return the picture that files of Moodle 1 have beside the text, as HTML behind it."""
    name = text_of(question, "image")
    data = question.findtext("image_base64") or question.findtext("image/image_base64") or ""
    if not (name or data.strip()):
        return ""
    if name.startswith(("http:", "https:")):
        raise CannotReadError(Fault.EXTERNAL_IMAGE, shown(name))
    if not data.strip():
        raise CannotReadError(Fault.MISSING_FILE, shown(name))
    name = files.keep(File(name.replace("/", "_"), _decoded(data, name)))
    return f" {image(name, '')}"


def words(element: Element | None) -> str:
    """Return what stands in an element, in its `<text>` or, as old files have it, alone.

    HTML that is written there without a CDATA section is what it would be in one.
    """
    if element is None:
        return ""
    text = element.find("text")
    found = element if text is None else text
    marks = (child for child in found if text is not None or child.tag in SIMPLE)
    inner = (tostring(child, encoding="unicode", method="html") for child in marks)
    return "".join([found.text or "", *inner]).strip()


def text_of(element: Element, name: str) -> str:
    return words(element.find(name))


def flag(element: Element, name: str) -> bool:
    return text_of(element, name).lower() in {"true", "1", "yes"}


def decimal_of(element: Element, name: str) -> Decimal | None:
    """Return the number in a child element; None where it is missing, empty or no number."""
    try:
        value = Decimal(text_of(element, name))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def count_of(element: Element, name: str) -> int | None:
    text = text_of(element, name)
    return int(text) if text.isascii() and text.isdigit() and int(text) > 0 else None


def share_of(answer: Element) -> Decimal:
    return from_percent(answer.get("fraction") or "0")


def answers(question: Element, files: Files, *, are_html: bool = True) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            text=files.html(answer) if are_html else words(answer),
            share=share_of(answer),
            feedback=files.html(answer.find("feedback")),
        )
        for answer in question.findall("answer")
    )


def tags(question: Element) -> tuple[str, ...]:
    found = (" ".join(words(tag).split()) for tag in question.iterfind("tags/tag"))
    return tuple(dict.fromkeys(tag for tag in found if tag))


def _files(element: Element) -> dict[str, File]:
    return {file.name: file for file in _each_file(element)}


def _each_file(element: Element) -> Iterator[File]:
    for file in element.findall("file"):
        name = ((file.get("path") or "/") + (file.get("name") or "")).lstrip("/")
        if (file.get("encoding") or "base64") != "base64":
            raise CannotReadError(Fault.NOT_AN_IMAGE, shown(name))
        yield File(unquote(name), _decoded(file.text or "", name))


def _decoded(text: str, name: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise CannotReadError(Fault.NOT_AN_IMAGE, shown(name)) from error
