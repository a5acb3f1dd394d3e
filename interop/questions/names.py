"""Names of questions and categories, in files and in the bank. Plain Python.

A file nests categories, `$course$/top/Culture/Space // distance`, and the bank has one list:
there it reads `Culture/Space-distance`.
"""

import re

from interop.questions.problems import Fault
from interop.questions.records import CannotReadError
from interop.questions.texts import plain

LONGEST_NAME = 200
FROM_STEM = 80
BETWEEN = "/"

_CONTEXT = re.compile(r"^\$\w+\$$")
_SLASH = re.compile(r"(?<!/)/(?!/)")


def from_stem(stem: str) -> str:
    """Return a name for a question that has none: how it begins."""
    words = plain(stem)
    return words if len(words) <= FROM_STEM else f"{words[: FROM_STEM - 1].rstrip()}…"


def cut(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def category(path: str) -> str:
    """Return the bank's name of a category that a file gives by its path."""
    parts = [_part(part) for part in _SLASH.split(path)]
    if parts and _CONTEXT.match(parts[0]):
        parts = parts[1:]
    if parts and parts[0] == "top":
        parts = parts[1:]
    return BETWEEN.join(part for part in parts if part)


def _part(text: str) -> str:
    """Return one name of a path; a slash within it would part it in the bank."""
    return re.sub(r" */+ *", "-", " ".join(text.split()))


def path(name: str) -> str:
    """Return the path by which a file names the bank's category."""
    return f"$course$/top/{name}" if name else "$course$/top"


def within(name: str, category_name: str) -> str:
    """Return where a question of this category goes if all shall go into one category.

    Raises:
        CannotReadError: the name is too long for the bank.
    """
    inside = not name or name == category_name or name.startswith(category_name + BETWEEN)
    if category_name:
        name = (name or category_name) if inside else f"{category_name}{BETWEEN}{name}"
    if len(name) > LONGEST_NAME:
        raise CannotReadError(Fault.CATEGORY_TOO_LONG, str(LONGEST_NAME))
    return name
