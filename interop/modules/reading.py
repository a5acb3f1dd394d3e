"""From a .zip file to what could be imported: everything looked at, nothing of the site yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from interop.modules import archive, media, shapes
from interop.modules.building import check_pages
from interop.modules.faults import Fault, Problem, RefusedError, shown
from interop.modules.media import Medium
from interop.modules.shapes import MOST_PROBLEMS, ModuleFile
from interop.modules.streams import DIMENSION
from interop.modules.terms import check_terms


@dataclass(frozen=True)
class Package:
    file: ModuleFile
    questions: bytes
    media: dict[str, Medium]


@dataclass(slots=True)
class Declared:
    """Finds what the file itself has, by its local ids; the rest is a problem."""

    file: ModuleFile
    problems: list[Problem] = field(default_factory=list)

    def find(self, kind: str, name: Any) -> str | None:
        if kind == DIMENSION:
            return str(name)
        there: dict[str, Mapping[str, Any]] = {
            "image": self.file.images,
            "document": self.file.documents,
            "page": self.file.pages,
            "quiz": self.file.quizzes,
            "term": self.file.terms,
        }
        if name in there.get(kind, {}):
            return str(name)
        self.problems.append((str(Fault.UNKNOWN_REFERENCE), shown(str(name))))
        return None


def read(file: BinaryIO) -> Package:
    """Return what the file holds.

    Raises:
        RefusedError: it cannot be imported anywhere, with every reason that was found.
    """
    contents = archive.read(file)
    told = shapes.parsed(contents.module)
    found, problems = media.looked_at(told, contents)
    declared = Declared(told)
    review = [told.module.review_quiz] if told.module.review_quiz else []
    for name in (*told.module.quizzes, *review, *_of_questions(told)):
        declared.find(name.partition("-")[0], name)
    problems += check_pages(told, declared.find)
    problems += check_terms(told, declared.find)
    problems += declared.problems
    if problems:
        raise RefusedError(list(dict.fromkeys(problems))[:MOST_PROBLEMS])
    return Package(told, contents.questions, found)


def _of_questions(file: ModuleFile) -> list[str]:
    return [name for one in file.questions for name in (one.recording, one.captions) if name]
