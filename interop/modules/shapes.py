"""What module.json says, with its types and bounds. No Django: pydantic looks at the form.

A file of an earlier version stays readable; one of a later version is refused by its head.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from interop.modules.faults import Fault, RefusedError, refused, shown
from interop.modules.forms_of_text import Day, Entry, Key, Line, LocalId, MediaName, Text
from interop.modules.quiz_shapes import QuestionEntry, QuizEntry

VERSION: Literal[1] = 1
MOST_PROBLEMS = 20

STREAMS = ("body", "rubric")
PAGE_FIELDS = (
    "title",
    "slug",
    "seo_title",
    "search_description",
    "show_in_menus",
    "summary",
    "review_on",
)


Raw = list[Any]
"""A stream as Wagtail stores it; `streams` looks at it."""


class Head(BaseModel):
    """What tells the format, whatever else a later version may say."""

    format: Literal["sojourn-module"]
    version: int


class PageEntry(Entry):
    """What all pages have."""

    key: Key
    title: Line
    slug: Line
    seo_title: Line = ""
    search_description: Text = ""
    show_in_menus: bool = False
    summary: Line = ""
    review_on: Day | None = None


class NeededEntry(Entry):
    key: Key
    title: Line


class ModuleEntry(PageEntry):
    type: Annotated[str, Field(pattern="^(?:training_session|workshop|immersion)$")]
    objectives: Text
    phase: Line
    audiences: Annotated[list[Line], Field(max_length=10)]
    is_sequential: bool = False
    dimensions: Annotated[list[Line], Field(max_length=100)] = []
    destinations: Annotated[list[Line], Field(max_length=300)] = []
    needs: Annotated[list[NeededEntry], Field(max_length=100)] = []
    quizzes: Annotated[list[LocalId], Field(max_length=100)] = []
    extra_quizzes: Annotated[list[LocalId], Field(max_length=100)] = []
    review_quiz: LocalId | None = None


class StepEntry(PageEntry):
    type: Literal["lesson", "immersion_task"]
    minutes: int | None = None
    rule: Line
    is_extra: bool = False
    body: Raw
    task_kind: Line = ""
    evidence: Line = ""
    rubric: Raw = []


Pixels = Annotated[int, Field(ge=0, le=100_000)]


class ImageEntry(Entry):
    file: MediaName
    title: Line
    description: Line = ""
    credit: Line = ""
    focal_point: tuple[Pixels, Pixels, Pixels, Pixels] | None = None


class DocumentEntry(Entry):
    file: MediaName
    title: Line


class LinkedPageEntry(Entry):
    title: Line


class TermEntry(Entry):
    """A term of the glossary that a lesson explains."""

    key: Key
    language: Line
    term: Line
    definition: Text
    source_title: Line = ""
    source_link: Line = ""
    consulted_on: Day | None = None


class LeftOutEntry(Entry):
    where: Line
    what: Line


class ModuleFile(Entry):
    format: Literal["sojourn-module"] = "sojourn-module"
    version: Literal[1] = VERSION
    language: Line
    module: ModuleEntry
    steps: Annotated[list[StepEntry], Field(max_length=300)]
    quizzes: Annotated[dict[LocalId, QuizEntry], Field(max_length=100)] = {}
    questions: Annotated[list[QuestionEntry], Field(max_length=2000)] = []
    images: Annotated[dict[LocalId, ImageEntry], Field(max_length=1000)] = {}
    documents: Annotated[dict[LocalId, DocumentEntry], Field(max_length=1000)] = {}
    terms: Annotated[dict[LocalId, TermEntry], Field(max_length=500)] = {}
    pages: Annotated[dict[LocalId, LinkedPageEntry], Field(max_length=1000)] = {}
    left_out: Annotated[list[LeftOutEntry], Field(max_length=1000)] = []


def parsed(content: bytes) -> ModuleFile:
    """Return what module.json says.

    Raises:
        RefusedError: it is not UTF-8, no JSON, of a later version, or has another form.
    """
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refused(Fault.NOT_UTF8, f"module.json, {error.start}") from error
    _look_at_head(content)
    try:
        return ModuleFile.model_validate_json(content)
    except ValidationError as error:
        raise RefusedError(
            [
                (str(Fault.WRONG_SHAPE), shown(f"{_place(one['loc'])}: {one['msg']}"))
                for one in error.errors(include_url=False, include_context=False)[:MOST_PROBLEMS]
            ]
        ) from error


def _look_at_head(content: bytes) -> None:
    try:
        head = Head.model_validate_json(content)
    except ValidationError as error:
        [first, *_others] = error.errors(include_url=False)
        if first["type"] == "json_invalid":
            raise refused(Fault.NOT_JSON, str(first["msg"])) from error
        raise refused(Fault.NOT_A_MODULE) from error
    if head.version > VERSION:
        raise refused(Fault.NEWER, str(head.version))
    if head.version < 1:
        raise refused(Fault.NOT_A_MODULE)


def _place(steps: tuple[int | str, ...]) -> str:
    return ".".join(map(str, steps))
