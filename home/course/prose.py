"""A little Markdown for content files, turned into the CMS's rich text. Plain Python.

Known: paragraphs, `##` and `###` headings, `-` and `1.` lists, `>` quotations,
**bold**, *italic* and [links](https://...). Everything else is text.
"""

import re
from collections.abc import Iterable
from html import escape

INLINE = (
    (re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+|mailto:[^)\s]+)\)"), r'<a href="\2">\1</a>'),
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*(.+?)\*"), r"<i>\1</i>"),
)
HEADING = re.compile(r"^(#{2,3}) (.+)$")
BULLET = re.compile(r"^- ")
NUMBER = re.compile(r"^\d+\. ")
QUOTE = re.compile(r"^> ?")


def rich_text(prose: str) -> str:
    """Return the prose as HTML; blocks are parted by empty lines."""
    blocks = re.split(r"\n\s*\n", prose.strip())
    return "".join(_block(block.strip()) for block in blocks if block.strip())


def inline(prose: str) -> str:
    """Return one line of prose as HTML, without a paragraph around it."""
    html = escape(" ".join(prose.split()), quote=False)
    for pattern, replacement in INLINE:
        html = pattern.sub(replacement, html)
    return html


def _block(block: str) -> str:
    lines = block.split("\n")
    heading = HEADING.match(block)
    if heading and len(lines) == 1:
        level = len(heading[1])
        return f"<h{level}>{inline(heading[2])}</h{level}>"
    for marker, tag in ((BULLET, "ul"), (NUMBER, "ol")):
        if marker.match(block):
            return f"<{tag}>{_items(lines, marker)}</{tag}>"
    if all(QUOTE.match(line) for line in lines):
        return f"<blockquote>{_quoted(QUOTE.sub('', line) for line in lines)}</blockquote>"
    return f"<p>{inline(block)}</p>"


def _items(lines: Iterable[str], marker: re.Pattern[str]) -> str:
    """Lines without a marker of their own go on with the item before them."""
    items: list[str] = []
    for line in lines:
        if marker.match(line):
            items.append(marker.sub("", line, count=1))
        else:
            items[-1] = f"{items[-1]} {line}"
    return "".join(f"<li>{inline(item)}</li>" for item in items)


def _quoted(lines: Iterable[str]) -> str:
    """Paragraphs inside a quotation become line breaks, which the CMS's editor keeps."""
    paragraphs = "\n".join(lines).split("\n\n")
    return "<br/><br/>".join(inline(paragraph) for paragraph in paragraphs)
