"""Texts of question files become HTML within the one allow-list. Plain Python.

Pictures stay as `<img alt="..." src="@@PLUGINFILE@@/name">`: the file travels with the
question. What a text cannot say without (a video, a picture from elsewhere) refuses it.
"""

import base64
import binascii
import hashlib
import html
import re
from collections.abc import Callable
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import quote, unquote

from interop.questions import markdown
from interop.questions.problems import Fault, shown
from interop.questions.records import CannotReadError, File
from library.html import clean_html

PLUGIN_FILE = "@@PLUGINFILE@@/"
MARK_START, MARK_END = "\ufdd0", "\ufdd1"
MEDIA = frozenset({"audio", "video", "iframe", "object", "embed", "svg", "math", "applet"})
MOVING = frozenset({"script", "canvas", "input", "select", "textarea", "button", "map"})
UNSEEN = frozenset({"style", "head", "title"})
SWALLOWING = ("script", "style", "head", "title", "textarea")
BREAKING = frozenset({"div", "section", "article", "h1", "h2", "h5", "h6", "dt", "dd", "center"})
SIMPLE = frozenset({"p", "b", "i", "em", "strong", "ul", "ol", "li", "sub", "sup", "br"})
LONGEST = 65_536

_NEEDS_CLEANING = re.compile(r"[<>&]|[\ufdd0-\ufdef]")
_TOKENS = re.compile(r"<(/?)([a-z]+)>|&(?:amp|lt|gt);|[^<>&\ufdd0-\ufdef]+")
_KNOWN_TAG = re.compile(
    r"<(?!/?(?:a|abbr|article|audio|b|blockquote|br|center|code|dd|div|dl|dt|em|embed|font|"
    r"h[1-6]|hr|i|iframe|img|li|math|object|ol|p|pre|s|script|section|small|span|strong|style|"
    r"sub|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|video)\b|!--)",
    re.IGNORECASE,
)
_ONE_TAG = re.compile(r"</?(?!br\b)[a-z][a-z0-9]*>", re.IGNORECASE)
_SHOWS = re.compile(r"<(?:img|audio|video|svg|iframe|object|embed)\b", re.IGNORECASE)
_LANGUAGES = re.compile(
    r"\{\s*mlang\b|<lang\s|\bclass=[\"'][^\"'>]{0,200}\bmultilang\b", re.IGNORECASE
)
_BREAKS_AT_END = re.compile(r"(?:\s*<br\s*/?>)+\s*$")
_BREAK_BETWEEN_BLOCKS = re.compile(r"(</(?:p|ul|ol|table|blockquote|pre|h3|h4)>)\s*<br\s*/?>")
_TAG = re.compile(r"<[^>]+>")
_IMAGE = re.compile(r'<img alt="([^"]*)" src="@@PLUGINFILE@@/([^"]+)">')
_MARKED = re.compile(f"{MARK_START}([^{MARK_END}]*){MARK_END}")


def as_html(text: str, format_name: str) -> str:
    """Return the text of a Moodle format (html, moodle, plain, markdown) as clean HTML."""
    text = text.strip()
    if len(text) > LONGEST:
        raise CannotReadError(Fault.TEXT_TOO_LONG, str(LONGEST))
    in_one_language(text)
    if format_name.startswith("plain"):
        return from_plain(text)
    if format_name == "markdown":
        text = markdown.to_html(text, _tags_as_text)
    elif format_name.startswith("moodle"):
        if _ONE_TAG.fullmatch(text):
            return from_plain(text)
        text = _tags_as_text(text)
        if not _has_blocks(text):
            text = text.replace("\n", "<br>")
    return clean(text)


def picked(text: str) -> str:
    """Return the words of a text that is to be picked or typed; one that is a tag speaks of it.

    Raises:
        CannotReadError: it shows something besides words, or is in several languages.
    """
    if _ONE_TAG.fullmatch(text.strip()):
        return text.strip()
    if _SHOWS.search(text):
        raise CannotReadError(Fault.CANNOT_BE_HELD, "picture")
    return plain(in_one_language(text))


def in_one_language(text: str) -> str:
    """Return the text.

    Raises:
        CannotReadError: it stands there in several languages, of which a reader sees one.
    """
    if _LANGUAGES.search(text):
        raise CannotReadError(Fault.SEVERAL_LANGUAGES)
    return text


def _tags_as_text(text: str) -> str:
    return _KNOWN_TAG.sub("&lt;", text)


def from_plain(text: str) -> str:
    return html.escape(text.strip(), quote=False).replace("\n", "<br>")


def plain(text: str) -> str:
    """Return the words of HTML on one line."""
    spaced = re.sub(r"(?i)<(?:br|/p|/li|/div)[^>]*>", " ", text)
    return " ".join(html.unescape(_TAG.sub("", spaced)).split())


def clean(text: str) -> str:
    """Return HTML with everything outside the allow-list removed; pictures in one form."""
    if _NEEDS_CLEANING.search(text):
        text = _clean(text.strip())
    # A line break says something inside <pre> only, and not every format keeps it.
    return text if "<pre" in text else " ".join(text.split("\n")).strip()


def images_of(text: str) -> list[tuple[str, str]]:
    """Return the file name and the alternative text of every picture."""
    return [(unquote(name), html.unescape(alt)) for alt, name in _IMAGE.findall(text)]


def image(name: str, alt: str) -> str:
    return f'<img alt="{html.escape(alt)}" src="{PLUGIN_FILE}{quote(name)}">'


def each_image(text: str, make: Callable[[str, str], str]) -> str:
    """Return the text with each picture replaced by what `make(name, alt)` gives."""
    return _IMAGE.sub(lambda found: make(unquote(found[2]), html.unescape(found[1])), text)


@lru_cache(maxsize=4096)
def _clean(text: str) -> str:
    if _is_clean(text):
        return text
    walker = _Walker()
    walker.feed(_never_closed_as_text(text))
    walker.close()
    cleaned = clean_html("".join(walker.pieces))
    cleaned = _BREAK_BETWEEN_BLOCKS.sub(r"\1", _BREAKS_AT_END.sub("", cleaned))
    return _MARKED.sub(lambda found: walker.images[int(found[1])], cleaned).strip()


def _never_closed_as_text(text: str) -> str:
    """A text that speaks of `<style>` does not close it; a page would show nothing more."""
    for tag in SWALLOWING:
        if f"<{tag}" in text.lower():
            last = text.lower().rfind(f"</{tag}")
            opening = re.compile(rf"<(?={tag}\b)", re.IGNORECASE)
            text = text[: last + 1] + opening.sub("&lt;", text[last + 1 :])
    return text


def _is_clean(text: str) -> bool:
    """Whether the text has only plain tags without attributes, rightly nested."""
    position = 0
    opened: list[str] = []
    while found := _TOKENS.match(text, position):
        position = found.end()
        closing, tag = found[1], found[2]
        if tag is None or tag == "br":
            if closing:
                return False
            continue
        if tag not in SIMPLE or (tag == "p" and not closing and "p" in opened):
            return False
        if not closing:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            return False
    return position == len(text) and not opened and not text.endswith("<br>")


def _has_blocks(text: str) -> bool:
    return re.search(r"(?i)<(?:p|br|div|ul|ol|table|pre)\b", text) is not None


class _Walker(HTMLParser):
    """Puts marks in place of pictures, and looks for what may not be lost silently."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []
        self.images: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MEDIA or tag in MOVING:
            raise CannotReadError(Fault.MEDIA, tag)
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "img":
            self._add_image({name: value or "" for name, value in attrs})
        elif not self.unseen:
            self.pieces.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif not self.unseen:
            self.pieces.append("<br>" if tag in BREAKING else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(re.sub("[\ufdd0-\ufdef]", "", data).replace("<", "&lt;"))

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(_character(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.pieces.append(_character(f"&#{name};"))

    def _add_image(self, attributes: dict[str, str]) -> None:
        source = attributes.get("src", "").strip()
        if source.startswith(PLUGIN_FILE):
            name = unquote(source.removeprefix(PLUGIN_FILE).split("?")[0])
        else:
            raise CannotReadError(Fault.EXTERNAL_IMAGE, shown(source))
        self.pieces.append(f"{MARK_START}{len(self.images)}{MARK_END}")
        self.images.append(image(name, " ".join(attributes.get("alt", "").split())))


def _character(entity: str) -> str:
    """Return the character, which formats write each in its way; a mark of HTML stays one."""
    return html.escape(html.unescape(entity), quote=False)


_DATA_IMAGE = re.compile(
    r"src\s*=\s*(['\"])data:image/(png|jpe?g|gif|webp);base64,([^'\"]*)\1", re.IGNORECASE
)


def take_out_data(text: str) -> tuple[str, list[File]]:
    """Return the text with pictures that stand in it as data made files."""
    files: list[File] = []

    def name_it(found: re.Match[str]) -> str:
        try:
            content = base64.b64decode("".join(found[3].split()), validate=True)
        except binascii.Error as error:
            raise CannotReadError(Fault.NOT_AN_IMAGE) from error
        name = f"{hashlib.sha256(content).hexdigest()[:16]}.{found[2].lower()}"
        files.append(File(name, content))
        return f'src="{PLUGIN_FILE}{name}"'

    return _DATA_IMAGE.sub(name_it, text), files
