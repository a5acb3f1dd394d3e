"""Rich text as words. Plain Python: no Django."""

from html.parser import HTMLParser


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
