"""The HTML of simple Markdown: headings, paragraphs, lists, code, pictures. Plain Python."""

import html
import re
from collections.abc import Callable

LARGE_HEADINGS = 2

_FENCED = re.compile(r"^ *```[^\n]*\n(.*?)\n? *```[ \t]*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)[ #]*$")


def to_html(text: str, tags_as_text: Callable[[str], str]) -> str:
    """Return the HTML of a text.

    Args:
        tags_as_text: escapes what looks like a tag and is none; code is escaped in any case.
    """
    made = []
    for place, piece in enumerate(_FENCED.split(text)):
        is_code = place % 2
        made.append(_code(piece) if is_code else _blocks(tags_as_text(piece)))
    return "".join(made)


def _code(text: str) -> str:
    return f"<pre>{html.escape(text, quote=False)}</pre>"


def _blocks(text: str) -> str:
    blocks = re.split(r"\n\s*\n", text)
    return "".join(_block(block.strip("\n").split("\n")) for block in blocks if block.strip())


def _block(lines: list[str]) -> str:
    heading = _HEADING.match(lines[0])
    if heading:
        tag = "h3" if len(heading[1]) <= LARGE_HEADINGS else "h4"
        rest = _block(lines[1:]) if lines[1:] else ""
        return f"<{tag}>{_inline(heading[2])}</{tag}>{rest}"
    for tag, bullet in (("ul", r"\s*[-*+]\s+"), ("ol", r"\s*\d+[.)]\s+")):
        if all(re.match(bullet, line) for line in lines):
            items = (_inline(re.sub(bullet, "", line, count=1)) for line in lines)
            return f"<{tag}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>"
    return f"<p>{_inline('<br>'.join(line.rstrip() for line in lines))}</p>"


def _inline(text: str) -> str:
    text = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*(\S(?:.*?\S)?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"(?<![\w*])\*(\S(?:[^*]*?\S)?)\*(?![\w*])", r"<i>\1</i>", text)
    text = re.sub(r"!\[([^\]]*)\]\(([^)\s]+)(?:\s+[^)]*)?\)", _picture, text)
    return re.sub(r"\[([^\]]+)\]\((https?://[^)\s]+)\)", r'<a href="\2">\1</a>', text)


def _picture(found: re.Match[str]) -> str:
    alt = html.escape(html.unescape(re.sub(r"<[^>]+>", "", found[1])))
    return f'<img alt="{alt}" src="{html.escape(found[2])}">'
