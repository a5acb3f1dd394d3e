"""What importing a file would do here, part by part; nothing is written."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from wagtail.models import Page

from competence.naming import dimensions_by_key
from interop.modules import media, terms
from interop.modules.building import dimensions_in_rubrics
from interop.modules.describing import as_written
from interop.modules.faults import Fault, Note, Problem, shown
from interop.modules.quizzes_in import Questions, looked_up
from interop.modules.quizzes_out import entries_of_quizzes
from interop.modules.reading import Declared, Package
from interop.modules.shapes import MOST_PROBLEMS, PageEntry
from modules.enums import ModuleKind
from modules.models import CataloguePage, ModulePage
from people.models import User
from quizzes.models import Quiz

ADD_TERM = "modules.add_glossaryterm"


class Part(StrEnum):
    MODULE = "module"
    STEP = "step"
    IMAGE = "image"
    DOCUMENT = "document"
    QUIZ = "quiz"
    QUESTION = "question"
    TERM = "term"
    LINK = "link"
    NEEDED = "needed"
    DIMENSION = "dimension"
    LEFT_OUT = "left-out"


class Outcome(StrEnum):
    NEW = "new"
    HERE = "here"
    DIFFERENT = "different"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Line:
    """What happens to one part of the file; each note is a code and a detail."""

    part: Part
    name: str
    outcome: Outcome
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Plan:
    """All lines in order, and by which pks the file's local ids are known here.

    `row_dimensions` has the keys of those that rubrics name and that are here.
    """

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    questions: Questions
    module_pk: int | None = None
    media: Mapping[str, int] = field(default_factory=dict)
    quizzes: Mapping[str, int] = field(default_factory=dict)
    terms: Mapping[str, int] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)
    needed: tuple[int, ...] = ()
    dimensions: tuple[int, ...] = ()
    row_dimensions: frozenset[str] = frozenset()
    taken_keys: frozenset[UUID] = frozenset()

    @property
    def is_here(self) -> bool:
        return self.module_pk is not None

    @cached_property
    def fingerprint(self) -> str:
        """Equal for plans that would do the same with what is here now."""
        said = (
            self.lines, self.problems, self.module_pk, sorted(self.media.items()),
            sorted(self.quizzes.items()), sorted(self.pages.items()),
            sorted(self.terms.items()), self.needed,
            self.dimensions, sorted(self.row_dimensions),
            sorted(self.questions.here.items()), sorted(self.taken_keys),
        )  # fmt: skip
        return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()


def make_plan(package: Package, *, catalogue: CataloguePage, by: User | None) -> Plan:
    """Return what importing the file below a catalogue would do.

    Args:
        package: the file.
        catalogue: where the module would be.
        by: who imports, with this person's rights; None on the command line, with all.
    """
    found, problems = _found(package, catalogue, by)
    problems += _refused_rights(package, catalogue, found, by)
    wanted = package.file.module.dimensions
    return Plan(
        lines=tuple(_lines(package, catalogue, found)),
        problems=tuple(dict.fromkeys(problems))[:MOST_PROBLEMS],
        questions=found.questions,
        module_pk=found.module.pk if found.module else None,
        media=found.media,
        quizzes={name: one.pk for name, one in found.quizzes.items()},
        terms={name: one.pk for name, one in found.terms.here.items()},
        pages=found.pages,
        needed=tuple(found.needed.values()),
        dimensions=tuple(found.dimensions[key] for key in wanted if key in found.dimensions),
        row_dimensions=frozenset(dimensions_in_rubrics(package.file) & found.dimensions.keys()),
        taken_keys=found.taken_keys,
    )


class Found(NamedTuple):
    """What of the file is here, by the file's local ids and by keys."""

    module: ModulePage | None
    media: Mapping[str, int]
    questions: Questions
    quizzes: Mapping[str, Quiz]
    terms: terms.Terms
    pages: Mapping[str, int]
    needed: Mapping[UUID, int]
    dimensions: Mapping[str, int]
    taken_keys: frozenset[UUID]


def _found(
    package: Package, catalogue: CataloguePage, by: User | None
) -> tuple[Found, list[Problem]]:
    file = package.file
    module = ModulePage.objects.filter(translation_key=file.module.key).order_by("path").first()
    questions, problems = looked_up(file, package.questions, Declared(file).find, by=by)
    quizzes = Quiz.objects.filter(uuid__in=_keys_of(package))
    found = Found(
        module=module,
        media=media.already_here(package.media, by=by),
        questions=questions,
        quizzes={f"quiz-{one.uuid}": one for one in quizzes},
        terms=terms.looked_up(file.terms),
        pages=_pages(package, catalogue),
        needed=_needed(package, catalogue),
        dimensions={key: one.pk for key, one in dimensions_by_key().items()},
        taken_keys=_taken_keys(package) if module is None else frozenset(),
    )
    return found, problems


def _lines(package: Package, catalogue: CataloguePage, found: Found) -> Iterator[Line]:
    yield from _pages_of_module(package, found.module, catalogue, found.taken_keys)
    yield from _media_lines(package, found.media)
    yield from _quiz_lines(package, found.quizzes)
    yield from _question_lines(found.questions)
    yield from _term_lines(package, found.terms)
    yield from _link_lines(package, found.pages)
    yield from _needed_lines(package, found.needed)
    yield from _dimension_lines(package, found.questions, found.dimensions)
    for one in package.file.left_out:
        yield Line(Part.LEFT_OUT, one.where, Outcome.LEFT_OUT, ((Note.NOT_EXPORTED, one.what),))


def _keys_of(package: Package) -> list[UUID]:
    return [entry.key for entry in package.file.quizzes.values()]


def inside(package: Package) -> set[str]:
    """Return the local ids of the file's own pages."""
    entries: list[PageEntry] = [package.file.module, *package.file.steps]
    return {f"page-{entry.key}" for entry in entries}


def _in_language(keys: Iterable[Any], catalogue: CataloguePage) -> dict[str, Any]:
    """Return pages by key; that in the catalogue's language where there are several."""
    found = Page.objects.filter(translation_key__in=list(keys)).order_by("path")
    pages = {str(one.translation_key): one for one in found}
    own = (one for one in found if one.locale_id == catalogue.locale_id)
    return pages | {str(one.translation_key): one for one in own}


def _pages(package: Package, catalogue: CataloguePage) -> dict[str, int]:
    wanted = package.file.pages.keys() - inside(package)
    keys = [name.removeprefix("page-") for name in wanted]
    return {f"page-{key}": one.pk for key, one in _in_language(keys, catalogue).items()}


def _needed(package: Package, catalogue: CataloguePage) -> dict[UUID, int]:
    keys = [entry.key for entry in package.file.module.needs]
    found = ModulePage.objects.filter(translation_key__in=keys).order_by("path")
    pks = {one.translation_key: one.pk for one in found}
    own = {one.translation_key: one.pk for one in found if one.locale_id == catalogue.locale_id}
    known = pks | own
    return {key: known[key] for key in keys if key in known}


def _taken_keys(package: Package) -> frozenset[UUID]:
    keys = [entry.key for entry in package.file.steps]
    found = Page.objects.filter(translation_key__in=keys)
    return frozenset(found.values_list("translation_key", flat=True))


def _pages_of_module(
    package: Package, module: ModulePage | None, catalogue: CataloguePage, taken: frozenset[UUID]
) -> Iterator[Line]:
    file = package.file
    if module is not None:
        yield from _compared(package, module.specific)
        return
    notes: list[tuple[str, str]] = []
    if file.module.type == ModuleKind.WORKSHOP:
        notes.append((Note.NO_SESSIONS, ""))
    if file.language != catalogue.locale.language_code:
        notes.append((Note.OTHER_LANGUAGE, file.language))
    if catalogue.get_children().filter(slug=file.module.slug).exists():
        notes.append((Note.SLUG_TAKEN, file.module.slug))
    yield Line(Part.MODULE, file.module.title, Outcome.NEW, tuple(notes))
    for entry in file.steps:
        is_taken = entry.key in taken
        said = ((str(Note.KEY_TAKEN), ""),) if is_taken else ()
        yield Line(Part.STEP, entry.title, Outcome.NEW, said)


def _compared(package: Package, module: ModulePage) -> Iterator[Line]:
    """Say of a module that is here already what differs; nothing of it will be changed."""
    here = as_written(module).file
    yield _compared_page(Part.MODULE, package.file.module, here.module)
    steps = {entry.key: entry for entry in here.steps}
    for entry in package.file.steps:
        yield _compared_page(Part.STEP, entry, steps.get(entry.key))


def _compared_page(part: Part, told: PageEntry, here: PageEntry | None) -> Line:
    if here is None:
        return Line(part, told.title, Outcome.LEFT_OUT, ((str(Note.NOT_HERE), ""),))
    if type(here) is type(told) and here == told:
        return Line(part, told.title, Outcome.HERE)
    names = [name for name in type(told).model_fields if _of(told, name) != _of(here, name)]
    return Line(part, told.title, Outcome.DIFFERENT, ((str(Note.DIFFERENT), ", ".join(names)),))


def _of(entry: PageEntry, name: str) -> Any:
    return getattr(entry, name, None)


def _media_lines(package: Package, kept: Mapping[str, int]) -> Iterator[Line]:
    for name, one in package.media.items():
        outcome = Outcome.HERE if name in kept else Outcome.NEW
        yield Line(Part(one.kind), one.entry.title, outcome)


def _quiz_lines(package: Package, here: Mapping[str, Quiz]) -> Iterator[Line]:
    told = entries_of_quizzes(here.values())
    for name, entry in package.file.quizzes.items():
        title = str(entry.settings.get("title", ""))
        if name not in here:
            notes = ((str(Note.PUBLISH_FIRST), ""),)
            yield Line(Part.QUIZ, title, Outcome.NEW, notes)
        elif _without_pool(told[entry.key]) == _without_pool(entry):
            yield Line(Part.QUIZ, title, Outcome.HERE)
        else:
            yield Line(Part.QUIZ, title, Outcome.DIFFERENT, ((str(Note.STAYS_AS_IT_IS), ""),))


def _term_lines(package: Package, known: terms.Terms) -> Iterator[Line]:
    for name, entry in package.file.terms.items():
        if name not in known.here:
            yield Line(Part.TERM, entry.term, Outcome.NEW, ((str(Note.PUBLISH_FIRST), ""),))
        elif known.has_same(name, entry):
            yield Line(Part.TERM, entry.term, Outcome.HERE)
        else:
            notes = ((str(Note.STAYS_AS_IT_IS), ""),)
            yield Line(Part.TERM, entry.term, Outcome.DIFFERENT, notes)


def _without_pool(entry: Any) -> Any:
    return entry.model_copy(update={"pool": []})


def _question_lines(questions: Questions) -> Iterator[Line]:
    for key, name in questions.names.items():
        if key in questions.different:
            notes = ((str(Note.STAYS_AS_IT_IS), ""),)
            yield Line(Part.QUESTION, name, Outcome.DIFFERENT, notes)
        else:
            outcome = Outcome.HERE if key in questions.here else Outcome.NEW
            yield Line(Part.QUESTION, name, outcome)


def _link_lines(package: Package, pages: Mapping[str, int]) -> Iterator[Line]:
    own = inside(package)
    for name, entry in package.file.pages.items():
        if name not in pages and name not in own:
            yield Line(Part.LINK, entry.title, Outcome.LEFT_OUT, ((str(Note.NOT_HERE), ""),))


def _needed_lines(package: Package, needed: Mapping[UUID, int]) -> Iterator[Line]:
    for entry in package.file.module.needs:
        if entry.key in needed:
            yield Line(Part.NEEDED, entry.title, Outcome.HERE)
        else:
            yield Line(Part.NEEDED, entry.title, Outcome.LEFT_OUT, ((str(Note.NOT_HERE), ""),))


def _dimension_lines(
    package: Package, questions: Questions, known: Mapping[str, int]
) -> Iterator[Line]:
    named = {*package.file.module.dimensions, *dimensions_in_rubrics(package.file)}
    for key in sorted((named - known.keys()) | set(questions.unknown_dimensions)):
        yield Line(Part.DIMENSION, shown(key), Outcome.LEFT_OUT, ((str(Note.NOT_HERE), ""),))


def _refused_rights(
    package: Package, catalogue: CataloguePage, found: Found, by: User | None
) -> Iterator[Problem]:
    """Yield what the person may not do that the import would."""
    if by is None:
        return
    if not catalogue.permissions_for_user(by).can_add_subpage():
        yield str(Fault.MAY_NOT_ADD_PAGES), catalogue.title
    for kind, fault in media.RIGHTS.items():
        is_new = any(
            one.kind == kind and name not in found.media for name, one in package.media.items()
        )
        if is_new and media.collection_for(kind, by=by) is None:
            yield str(fault), ""
    new = package.file.quizzes.keys() - found.quizzes.keys()
    asks = bool(new or found.questions.new_steps or found.questions.new_entries)
    if asks and not by.has_perms(["quizzes.add_quiz", "quizzes.add_question"]):
        yield str(Fault.MAY_NOT_ADD_QUIZZES), ""
    if package.file.terms.keys() - found.terms.here.keys() and not by.has_perm(ADD_TERM):
        yield str(Fault.MAY_NOT_ADD_TERMS), ""
