"""A module on paper: cover, lessons and tasks, every block in a form that needs no screen.

Nothing of a reader is in it, so that readers to whom the same lessons are open share one file.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import get_valid_filename, slugify
from django.utils.translation import get_language

from competence.naming import names_of
from library.printing import to_pdf
from modules.blocks import FOR_TRAINERS
from modules.blocks.defining import term_of
from modules.blocks.judging import TaskRow, dimensions_of, rubric_rows
from modules.languages import paired, put_into_words
from modules.models import ImmersionTaskPage, LessonPage, ModulePage
from modules.outline import Step

KEPT_FOR = 24 * 60 * 60
# With each change of the printed form, files that were kept before are made anew.
FORM = 2
PRINTED = frozenset(
    {
        "audio",
        "branching_scenario",
        "checklist",
        "critical_incident",
        "download",
        "embedded_video",
        "figure",
        "illustration",
        "knowledge_check",
        "observation_exercise",
        "reflection",
        "time_zone_planner",
        "video",
    }
)
"""Blocks with a form of their own on paper; the others are printed as they are read."""
OWN_ADDRESS = re.compile(r'(<a\s[^>]*?href=")/(?!/)')


@dataclass(frozen=True)
class PrintedLesson:
    """A lesson or a task with its blocks as HTML; `rubric` has the rows of a task."""

    page: LessonPage
    parts: tuple[SafeString, ...]
    rubric: tuple[TaskRow, ...] = ()


@dataclass(frozen=True)
class Copy:
    """What of a module is printed: the steps in order, and the lessons that are open.

    `closed` are the titles of lessons that are not open to the reader yet.
    """

    module: ModulePage
    steps: Sequence[Step]
    lessons: Sequence[LessonPage]
    closed: Sequence[str]
    minutes: int
    extra_minutes: int = 0

    @cached_property
    def changed_at(self) -> dt.datetime | None:
        """When what is printed was last published."""
        moments = [page.last_published_at for page in self._pages if page.last_published_at]
        return max(moments, default=None)

    @cached_property
    def version(self) -> str:
        """Eight signs that are others as soon as anything that is printed is another."""
        pages = [
            f"{page.pk}:{page.live_revision_id}:{page.last_published_at}" for page in self._pages
        ]
        steps = [f"{step.key}:{step.title}:{step.minutes}:{step.is_extra:d}" for step in self.steps]
        said = "|".join([str(FORM), get_language() or "", *pages, *steps, *self.closed])
        return sha256(said.encode()).hexdigest()[:8]

    @property
    def file_name(self) -> str:
        name = slugify(self.module.title, allow_unicode=True) or str(self.module.translation_key)
        return get_valid_filename(f"{name}.pdf")

    @property
    def _pages(self) -> list[ModulePage | LessonPage]:
        told = [page.told_by for page in (self.module, *self.lessons) if page.told_by]
        return [self.module, *self.lessons, *told]


def lessons_of(module: ModulePage) -> list[LessonPage]:
    """Return the published lessons and tasks in order with their content: one query."""
    return paired(LessonPage.objects.readable_in([module]).defer(None), module.path)


def kept(copy: Copy) -> bytes | None:
    """Return the file if it was made in the last day; None otherwise."""
    found: bytes | None = cache.get(_key(copy))
    return found


def make(copy: Copy, *, root_url: str) -> bytes:
    """Typeset the copy and keep it. `root_url` is where links to the site lead.

    Raises as `library.printing.to_pdf`.
    """
    context = {"copy": copy, "lessons": _printed(copy.lessons)}
    html = render_to_string("modules/printed/module.html", context)
    root = root_url.rstrip("/")
    made = to_pdf(OWN_ADDRESS.sub(lambda found: f"{found[1]}{root}/", html))
    cache.set(_key(copy), made, KEPT_FOR)
    return made


def _key(copy: Copy) -> str:
    return f"module-file:{copy.module.pk}:{copy.version}"


def _printed(lessons: Sequence[LessonPage]) -> list[PrintedLesson]:
    rubrics = _rubrics([page for page in lessons if page.is_task])
    return [
        PrintedLesson(page, _parts(page.told_by or page), rubrics.get(page.pk, ()))
        for page in lessons
    ]


def _rubrics(tasks: Sequence[LessonPage]) -> dict[int, tuple[TaskRow, ...]]:
    """Return the rows of each task by its id: one query for the pages, one for dimensions."""
    pks = {one.pk for task in tasks for one in (task, task.told_by) if one}
    rubrics = {one.pk: one.rubric for one in ImmersionTaskPage.objects.filter(pk__in=pks)}
    dimensions = {task.pk: dimensions_of(rubrics[task.pk]) for task in tasks}
    names = names_of({key for rows in dimensions.values() for key in rows.values()})
    return {
        task.pk: rubric_rows(
            rubrics[(task.told_by or task).pk], dimensions=dimensions[task.pk], names=names
        )
        for task in tasks
    }


def _parts(page: LessonPage) -> tuple[SafeString, ...]:
    parts = [block for block in page.body if block.block_type not in FOR_TRAINERS]
    put_into_words([term for part in parts if (term := term_of(part))])
    return tuple(map(_part, parts))


def _part(block: Any) -> SafeString:
    anchor = f"part-{block.id}"
    if block.block_type not in PRINTED:
        html: SafeString = block.render(context={"anchor": anchor})
        return html
    context = block.block.get_context(block.value, parent_context={"anchor": anchor})
    return render_to_string(f"modules/printed/{block.block_type}.html", context)
