"""The words of a lesson around what somebody looked for."""

import re
from dataclasses import dataclass
from html import unescape

from wagtail.models import Page

from modules.blocks import FOR_TRAINERS
from modules.checking.streams import leaves, words_of
from modules.models import LessonPage

# Characters on each side of the word that was found.
AROUND = 90


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`found` is the word as the lesson has it; the rest begins and ends with a whole word."""

    before: str
    found: str
    after: str


def excerpt_of(page: Page, words: str) -> Excerpt | None:
    """Return where a lesson's content first has one of the words; None where it has none.

    Notes for who leads a workshop are left out, as search leaves them out. No query.
    """
    wanted = re.findall(r"\w+", words)
    if not isinstance(page, LessonPage) or not wanted:
        return None
    text = _text(page)
    found = re.search(rf"\b(?:{'|'.join(map(re.escape, wanted))})\w*", text, re.IGNORECASE)
    if found is None:
        return None
    before, after = text[: found.start()], text[found.end() :]
    return Excerpt(_end_of(before), found[0], _start_of(after))


def _text(lesson: LessonPage) -> str:
    stored = lesson.body.get_prep_value()
    shown = [one for one in stored if one["type"] not in FOR_TRAINERS]
    words = "".join(map(words_of, leaves(lesson.body.stream_block, shown)))
    return re.sub(r"([.!?:…])\.", r"\1", " ".join(unescape(words).split()))


def _end_of(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return "… " + text[-AROUND:].partition(" ")[2]


def _start_of(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return text[:AROUND].rpartition(" ")[0] + " …"
