"""Tasks of the content files: lessons whose file has a table `task`."""

from collections.abc import Iterable, Mapping
from typing import Any

from home.course.bodies import comparable, stream
from modules.blocks.judging import RubricBlock
from modules.models import ImmersionTaskPage, LessonPage


def task_or_lesson(data: Mapping[str, Any]) -> tuple[type[LessonPage], dict[str, Any]]:
    """Return the kind of page that a file describes, with the plain fields of its own."""
    task = data.get("task")
    if task is None:
        return LessonPage, {}
    return ImmersionTaskPage, {"task_kind": task["kind"], "evidence": task["evidence"]}


def streams_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rubric of a task as its field stores it; nothing for a lesson.

    Raises:
        ContentError: a row has a field that does not exist.
    """
    task = data.get("task")
    if task is None:
        return {}
    raw = stream(RubricBlock(), [{"row": row} for row in task.get("rubric", [])])
    return {"rubric": ImmersionTaskPage(rubric=raw).rubric.get_prep_value()}


def told_streams(page: LessonPage, names: Iterable[str]) -> dict[str, Any]:
    """Return what the page's streams say, ready to be compared."""
    return {name: comparable(getattr(page, name).get_prep_value()) for name in names}
