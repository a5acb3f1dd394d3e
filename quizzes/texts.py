"""Rich text as words. Plain Python: no Django."""

import re
import unicodedata
from html.parser import HTMLParser

GAP = re.compile(r"\[\[(\d{1,3})\]\]", re.ASCII)
WILDCARD = re.compile(r"(?<!\\)\*")


class _TextOf(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "br", "li", "blockquote"}:
            self.parts.append(" ")
        if tag in {"embed", "img"}:
            self.parts.append(dict(attrs).get("alt") or "")


def plain_text(html: str) -> str:
    """Return the words of a rich text on one line, images by their alternative text."""
    parser = _TextOf()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.parts).split())


def shortened(text: str, most: int) -> str:
    """Return at most that many characters of the text, cut between words and marked so."""
    if len(text) <= most:
        return text
    words, space, _rest = text[:most].rpartition(" ")
    return f"{words if space else text[: most - 1]}…"


class _PicturesOf(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.without_words = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        is_picture = tag == "img" or (tag == "embed" and found.get("embedtype") == "image")
        self.without_words += is_picture and not (found.get("alt") or "").strip()


def pictures_without_words(html: str) -> int:
    """Return how many images of a rich text have no alternative text."""
    parser = _PicturesOf()
    parser.feed(html)
    parser.close()
    return parser.without_words


def gap_numbers(html: str) -> list[int]:
    """Return the numbers of the gaps, such as [[1]], that a text has, each once."""
    return list(dict.fromkeys(int(number) for number in GAP.findall(html)))


def name_of(html: str) -> str:
    """Return a question's words as its name, gaps as lines."""
    return GAP.sub("____", plain_text(html))


def fold(text: str, *, case_matters: bool = False, accents_matter: bool = False) -> str:
    """Return the text without the differences that do not matter: always space and form."""
    plain = unicodedata.normalize("NFKC", text)
    if not accents_matter:
        apart = unicodedata.normalize("NFD", plain)
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    if not case_matters:
        plain = plain.casefold()
    return " ".join(unicodedata.normalize("NFC", plain).split())


def matches(pattern: str, text: str) -> bool:
    r"""Whether the text is the pattern, where `*` stands for anything and `\*` for a star.

    It looks for one piece after the other and never goes back, so the time it takes
    grows with the text and not with the number of stars.
    """
    first, *pieces = [piece.replace(r"\*", "*") for piece in WILDCARD.split(pattern)]
    if not pieces:
        return text == first
    if not text.startswith(first):
        return False
    place = len(first)
    for piece in pieces[:-1]:
        found = text.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    last = pieces[-1]
    return text.endswith(last) and len(text) - len(last) >= place
