"""Tasks of the content files: lessons whose file has a table `task`."""

from collections.abc import Iterable, Mapping
from typing import Any

from competence.models import Dimension
from competence.naming import key_of
from home.course.bodies import comparable, stream
from home.course.reading import ContentError
from modules.blocks.judging import RubricBlock
from modules.models import ImmersionTaskPage, LessonPage


def task_or_lesson(data: Mapping[str, Any]) -> tuple[type[LessonPage], dict[str, Any]]:
    """Return the kind of page that a file describes, with the plain fields of its own."""
    task = data.get("task")
    if task is None:
        return LessonPage, {}
    return ImmersionTaskPage, {"task_kind": task["kind"], "evidence": task["evidence"]}


def streams_of(data: Mapping[str, Any], dimensions: Mapping[str, Dimension]) -> dict[str, Any]:
    """Return the rubric of a task as its field stores it; nothing for a lesson.

    Args:
        data: the file. A row may name a dimension by its code.
        dimensions: by their codes.

    Raises:
        ContentError: a row has a field or a dimension that does not exist.
    """
    task = data.get("task")
    if task is None:
        return {}
    rows = [row | _dimension(row, dimensions) for row in task.get("rubric", [])]
    raw = stream(RubricBlock(), [{"row": row} for row in rows])
    return {"rubric": ImmersionTaskPage(rubric=raw).rubric.get_prep_value()}


def _dimension(row: Mapping[str, Any], dimensions: Mapping[str, Dimension]) -> dict[str, str]:
    code = row.get("dimension")
    if code is None:
        return {}
    if code not in dimensions:
        raise ContentError(f"There is no dimension “{code}”.")
    return {"dimension": key_of(dimensions[code])}


def told_streams(page: LessonPage, names: Iterable[str]) -> dict[str, Any]:
    """Return what the page's streams say, ready to be compared."""
    return {name: comparable(getattr(page, name).get_prep_value()) for name in names}
