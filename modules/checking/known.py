"""What the checks have to know beyond the pages themselves: read at once for all of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Max, Model
from wagtail.models import Page
from wagtail_localize.models import Translation

from competence.models import Dimension
from competence.naming import Named, named
from modules.checking.examined import Examined
from modules.models import GlossaryTerm, LessonPage, ModulePage, ModulePrerequisite, WorkshopSession
from quizzes.models import Quiz


@dataclass(slots=True)
class Told:
    """What of a page translators have: since when, and the languages that they tell it in."""

    source_id: int
    since: dt.datetime
    languages: list[str]


class NamedQuiz(NamedTuple):
    """A quiz that a module names.

    Attributes:
        title: empty if the quiz has been deleted.
        max_attempts: how often a person may take what is published; None without a limit.
    """

    title: str = ""
    is_published: bool = False
    purpose: str = ""
    max_attempts: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The surroundings of the examined pages.

    Attributes:
        quizzes: the quizzes that are named and there.
        dimensions: name and whether its framework is in use, likewise.
        named_dimensions: the same of those that rubrics name, by their keys.
        there: the keys that exist, by model; of pages, quizzes and terms only the
            published ones.
        modules: title and whether it is published, of each module by its path.
        lessons: whether the published lessons below each module's path are extras, one by one.
        needed: key, title and whether it is published, of each module that is needed first.
        needs: which modules wait for which, by their keys, as it is published.
        last_sessions: the end of each workshop's last date, by the page's id.
        told: the pages that are translated, by their keys and own languages.
    """

    quizzes: Mapping[int, NamedQuiz] = field(default_factory=dict)
    dimensions: Mapping[int, tuple[str, bool]] = field(default_factory=dict)
    named_dimensions: Mapping[str, Named] = field(default_factory=dict)
    there: Mapping[type[Model], frozenset[int]] = field(default_factory=dict)
    modules: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    lessons: Mapping[str, list[bool]] = field(default_factory=dict)
    needed: Mapping[int, tuple[UUID, str, bool]] = field(default_factory=dict)
    needs: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    last_sessions: Mapping[int, dt.datetime] = field(default_factory=dict)
    told: Mapping[tuple[UUID, str], Told] = field(default_factory=dict)


def gather(pages: Sequence[Examined]) -> Known:
    """Read what is around the pages: as many queries as there are kinds of thing."""
    modules = [page for page in pages if not page.is_lesson]
    quiz_ids = {key for page in modules for key in (*page.quiz_ids, page.review_quiz_id) if key}
    dimension_ids = {key for page in modules for key in page.dimension_ids}
    return Known(
        quizzes=_quizzes(quiz_ids),
        dimensions={
            key: (name, in_use)
            for key, name, in_use in Dimension.objects.filter(pk__in=dimension_ids).values_list(
                "pk", "name", "framework__is_default"
            )
        },
        named_dimensions=named({key for page in pages for key, _row in page.rubric_dimensions}),
        there=_there(pages),
        modules=_modules(pages),
        lessons=_lessons(modules),
        needed=_needed(modules),
        needs=_needs() if any(module.needed_ids for module in modules) else {},
        last_sessions=dict(
            WorkshopSession.objects.filter(
                workshop__in=[page.page_id for page in modules if page.session_ends is None]
            )
            .order_by("workshop")
            .values_list("workshop")
            .annotate(last=Max("ends_at"))
        ),
        told=_told(pages),
    )


def _quizzes(keys: Collection[int]) -> dict[int, NamedQuiz]:
    rows = Quiz.objects.filter(pk__in=keys).values_list(
        "pk", "title", "live_version", "purpose", "live_version__paper__max_attempts"
    )
    return {
        key: NamedQuiz(title, version is not None, purpose, max_attempts)
        for key, title, version, purpose, max_attempts in rows
    }


def _told(pages: Sequence[Examined]) -> dict[tuple[UUID, str], Told]:
    rows = (
        Translation.objects.filter(source__object__in=[page.key for page in pages], enabled=True)
        .order_by("target_locale__language_code")
        .values_list(
            "source__object_id",
            "source__locale__language_code",
            "source_id",
            "source__last_updated_at",
            "target_locale__language_code",
        )
    )
    found: dict[tuple[UUID, str], Told] = {}
    for key, language, source_id, since, target in rows:
        found.setdefault((key, language), Told(source_id, since, [])).languages.append(target)
    return found


def _there(pages: Sequence[Examined]) -> dict[type[Model], frozenset[int]]:
    named: dict[type[Model], set[int]] = defaultdict(set)
    for page in pages:
        for reference in page.references:
            named[reference.model].add(reference.key)
    return {model: frozenset(_found(model, keys)) for model, keys in named.items()}


def _found(model: type[Model], keys: set[int]) -> list[int]:
    rows: Any = model._default_manager.filter(pk__in=keys)
    if issubclass(model, Page | GlossaryTerm):
        rows = rows.live()
    if issubclass(model, Quiz):
        rows = rows.filter(live_version__isnull=False)
    return list(rows.values_list("pk", flat=True))


def _modules(pages: Sequence[Examined]) -> dict[str, tuple[str, bool]]:
    paths = {page.module_path for page in pages if page.is_lesson}
    rows = ModulePage.objects.filter(path__in=paths)
    return {path: (title, live) for path, title, live in rows.values_list("path", "title", "live")}


def _needed(modules: Sequence[Examined]) -> dict[int, tuple[UUID, str, bool]]:
    keys = {key for module in modules for key in module.needed_ids}
    if not keys:
        return {}
    rows = ModulePage.objects.filter(pk__in=keys)
    columns = rows.values_list("pk", "translation_key", "title", "live")
    return {pk: (key, title, live) for pk, key, title, live in columns}


def _needs() -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for module, needed in ModulePrerequisite.objects.values_list(
        "module__translation_key", "needed__translation_key"
    ):
        found[module].add(needed)
    return {module: frozenset(some) for module, some in found.items()}


def _lessons(modules: Sequence[Examined]) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = defaultdict(list)
    wanted = {module.path for module in modules}
    if not wanted:
        return found
    for path, is_extra in LessonPage.objects.live().values_list("path", "is_extra"):
        above = path[: -Page.steplen]
        if above in wanted:
            found[above].append(is_extra)
    return found
