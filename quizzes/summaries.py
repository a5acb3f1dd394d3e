"""Answers as text that people can read when the question no longer exists.

Plain Python: no Django.
"""

from collections.abc import Sequence
from html.parser import HTMLParser
from uuid import UUID

from quizzes.papers import MULTIPLE, SITUATIONAL, Item


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


def response_summary(item: Item, option_ids: Sequence[UUID]) -> str:
    """Return the texts of the chosen options, or nothing for an unanswered question."""
    return "; ".join(plain_text(option.text) for option in item.chosen(option_ids))


def right_answer_summary(item: Item) -> str:
    """Return the best answer: of a situation the strongest option, of a rating none."""
    if not item.is_graded or not item.options:
        return ""
    best = max(option.weight for option in item.options)
    wanted = [
        option
        for option in item.options
        if (option.weight > 0 if item.kind == MULTIPLE else option.weight == best)
    ]
    separator = " / " if item.kind == SITUATIONAL else "; "
    return separator.join(plain_text(option.text) for option in wanted)
