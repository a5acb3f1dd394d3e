"""A lesson's content as HTML, made once for each published revision.

What is one reader's own is not in it: a block leaves a place, which is filled at each look.
"""

import re
from typing import Protocol

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from modules.blocks import FOR_TRAINERS
from modules.blocks.defining import term_of
from modules.languages import put_into_words
from modules.models import LessonPage

PLACE = re.compile(r"<!--place:(\w+):([\w-]+)-->")

# Pictures, documents and pages that a lesson links to may change without the lesson.
KEPT_FOR = 60 * 60


class Places(Protocol):
    """Knows what stands at a block's place for who looks."""

    def at(self, kind: str, block_id: str) -> str: ...


def filled(html: SafeString, places: Places | None) -> SafeString:
    """Return the content with each place filled; nothing stands there without `places`."""
    found = PLACE.sub(lambda one: places.at(one[1], one[2]) if places else "", html)
    return mark_safe(found)  # noqa: S308  it comes from our own templates.


Ticks = frozenset[str] | None


def lesson_html(
    lesson: LessonPage, *, keeps_place: bool, for_trainers: bool, ticks: Ticks = None
) -> SafeString:
    """Return the published lesson's content; the page's own content is read only if needed.

    Queries run at the first call after a revision was published, and then not for
    an hour. `keeps_place` puts in the buttons that belong to the form `pause`;
    `for_trainers` the notes for who leads a workshop, which nobody else is sent. With
    `ticks` checklists have boxes, and these points of theirs are ticked.
    """
    told = lesson.told_by or lesson
    key = f"lesson:{told.pk}:{told.live_revision_id}:{get_language()}"
    key += f":{keeps_place:d}:{for_trainers:d}:{ticks is not None:d}"
    if told.last_published_at:
        key += f":{told.last_published_at.timestamp()}"
    html = cache.get(key)
    if html is None:
        html = _draw(lesson, keeps_place, for_trainers, has_boxes=ticks is not None)
        cache.set(key, str(html), KEPT_FOR)
    return _ticked(html, ticks)


def draw_lesson(
    lesson: LessonPage, *, keeps_place: bool, for_trainers: bool, ticks: Ticks = None
) -> SafeString:
    """Return the content as the page object has it, published or not."""
    html = _draw(lesson, keeps_place, for_trainers, has_boxes=ticks is not None)
    return _ticked(html, ticks)


def _draw(
    lesson: LessonPage, keeps_place: bool, for_trainers: bool, *, has_boxes: bool
) -> SafeString:
    body = (lesson.told_by or lesson).body
    parts = [block for block in body if for_trainers or block.block_type not in FOR_TRAINERS]
    put_into_words([term for part in parts if (term := term_of(part))])
    return render_to_string(
        "modules/lesson_content.html",
        {"parts": parts, "keeps_place": keeps_place, "has_boxes": has_boxes},
    )


def _ticked(html: str, ticks: Ticks) -> SafeString:
    """Tick one person's boxes in what is kept for everybody: each names its point."""
    for point in ticks or ():
        name = f'data-tick="{escape(point)}"'
        html = html.replace(name, f"{name} checked")
    return mark_safe(html)  # noqa: S308  it comes from our own template.
