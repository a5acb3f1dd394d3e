"""A page as the checks see it: plain values, of the newest draft or of what is published."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from wagtail.blocks import StreamBlock
from wagtail.models import Page

from modules.checking.readability import Readability, measure
from modules.checking.streams import Leaf, Reference, leaves, references, words_of
from modules.enums import ModuleKind
from modules.models import ImmersionTaskPage, LessonPage, ModulePage, WorkshopPage


@dataclass(frozen=True)
class Examined:
    """One module or lesson.

    Attributes:
        kind: the module's kind; empty for a lesson.
        published_at: when it was last published; None if it never was.
        rule: what a lesson is done by; empty for a module.
        is_task: whether the lesson is a task that is handed in.
        needed_ids: the modules that are needed before this one.
        quiz_ids: the module's quizzes, in order.
        counted_quiz_ids: those of them that are no extras.
        review_quiz_id: the quiz that asks again after the module; None if nothing does.
        session_ends: the dates of a workshop; None where the database has to be asked.
        body: the ends of a lesson's blocks; empty for a module.
        block_types: the names of those blocks.
        rubric_dimensions: the keys of dimensions that a task's rubric names, each with the
            id of its row.
    """

    page_id: int
    key: UUID
    path: str
    title: str
    kind: str
    language: str
    is_live: bool
    published_at: dt.datetime | None
    minutes: int | None
    review_on: dt.date | None
    rule: str = ""
    is_task: bool = False
    needed_ids: tuple[int, ...] = ()
    quiz_ids: tuple[int, ...] = ()
    counted_quiz_ids: tuple[int, ...] = ()
    review_quiz_id: int | None = None
    dimension_ids: tuple[int, ...] = ()
    session_ends: tuple[dt.datetime, ...] | None = None
    body: tuple[Leaf, ...] = ()
    block_types: frozenset[str] = frozenset()
    rubric_dimensions: tuple[tuple[str, str], ...] = ()

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """What the body names."""
        return tuple(reference for leaf in self.body for reference in references(leaf))

    @cached_property
    def readability(self) -> Readability:
        """How much there is to read, and how hard it is."""
        return measure("".join(map(words_of, self.body)))

    @property
    def is_lesson(self) -> bool:
        return not self.kind

    @property
    def is_workshop(self) -> bool:
        return self.kind == ModuleKind.WORKSHOP

    @property
    def module_path(self) -> str:
        """The path of the module that it is or belongs to."""
        return self.path[: -Page.steplen] if self.is_lesson else self.path


def examined(page: LessonPage | ModulePage) -> Examined:
    """Return the page as it stands in the object, such as the draft in the editor."""
    if isinstance(page, LessonPage):
        content = _content(page.body.stream_block, page.body.get_prep_value())
        return Examined(
            **_common(page),
            kind="",
            minutes=page.minutes,
            rule=page.rule,
            is_task=page.is_task,
            rubric_dimensions=(
                _rubric_dimensions(page.rubric.get_prep_value())
                if isinstance(page, ImmersionTaskPage)
                else ()
            ),
            **content,
        )
    return Examined(
        **_common(page),
        kind=page.kind or page.module_kind or "",
        minutes=None,
        quiz_ids=tuple(link.quiz_id for link in page.module_quizzes.all()),
        counted_quiz_ids=tuple(
            link.quiz_id for link in page.module_quizzes.all() if not link.is_extra
        ),
        review_quiz_id=page.review_quiz_id,
        needed_ids=tuple(link.needed_id for link in page.prerequisites.all()),
        dimension_ids=tuple(dimension.pk for dimension in page.dimensions.all()),
        session_ends=(
            tuple(session.ends_at for session in page.sessions.all())
            if isinstance(page, WorkshopPage)
            else None
        ),
    )


def examined_draft(page: LessonPage | ModulePage, content: Mapping[str, Any]) -> Examined:
    """Return the page as a revision's content has it, without one query."""
    common = _common(page) | {
        "title": content.get("title", page.title),
        "review_on": dt.date.fromisoformat(day) if (day := content.get("review_on")) else None,
    }
    if isinstance(page, LessonPage):
        stream_block = LessonPage._meta.get_field("body").stream_block
        return Examined(
            **common,
            kind="",
            minutes=content.get("minutes"),
            rule=content.get("rule") or page.rule,
            is_task=page.is_task,
            rubric_dimensions=_rubric_dimensions(json.loads(content.get("rubric") or "[]")),
            **_content(stream_block, json.loads(content.get("body") or "[]")),
        )
    quizzes = content.get("module_quizzes") or ()
    return Examined(
        **common,
        kind=page.kind,
        minutes=None,
        quiz_ids=_keys(quizzes, "quiz"),
        counted_quiz_ids=_keys([row for row in quizzes if not row.get("is_extra")], "quiz"),
        review_quiz_id=content.get("review_quiz"),
        needed_ids=_keys(content.get("prerequisites") or (), "needed"),
        dimension_ids=tuple(content.get("dimensions") or ()),
        session_ends=tuple(
            dt.datetime.fromisoformat(row["ends_at"]) for row in content.get("sessions") or ()
        ),
    )


def _rubric_dimensions(raw: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (key, row.get("id") or "") for row in raw if (key := row["value"].get("dimension"))
    )


def _content(stream_block: StreamBlock, raw: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "body": tuple(leaves(stream_block, raw)),
        "block_types": frozenset(child["type"] for child in raw),
    }


def _common(page: LessonPage | ModulePage) -> dict[str, Any]:
    return {
        "page_id": page.pk,
        "key": page.translation_key,
        "path": page.path,
        "title": page.title,
        "language": page.locale.language_code,
        "is_live": page.live,
        "published_at": page.last_published_at,
        "review_on": page.review_on,
    }


def _keys(rows: Sequence[Mapping[str, Any]], name: str) -> tuple[int, ...]:
    return tuple(row[name] for row in rows if row.get(name))
