"""Pages as a file describes them, not saved yet."""

from collections.abc import Iterator
from typing import Any

from django_countries import countries

from exchanges.enums import Audience
from interop.modules.faults import Fault, Problem, shown
from interop.modules.richtext import OWN_LINKS, cleaned
from interop.modules.shapes import (
    PAGE_FIELDS,
    STREAMS,
    ModuleEntry,
    ModuleFile,
    PageEntry,
    StepEntry,
)
from interop.modules.streams import DIMENSION, Find, Inward
from interop.modules.validity import invalid
from modules.enums import ModuleKind
from modules.models import (
    ImmersionPreparationPage,
    ImmersionTaskPage,
    LessonPage,
    ModulePage,
    TrainingSessionPage,
    WorkshopPage,
)

MODULES: dict[str, type[ModulePage]] = {
    ModuleKind.TRAINING_SESSION.value: TrainingSessionPage,
    ModuleKind.WORKSHOP.value: WorkshopPage,
    ModuleKind.IMMERSION.value: ImmersionPreparationPage,
}
STEPS: dict[str, type[LessonPage]] = {"lesson": LessonPage, "immersion_task": ImmersionTaskPage}
OF_STEPS = ("minutes", "rule", "is_extra")
OF_TASKS = ("task_kind", "evidence")
OF_MODULES = ("phase", "is_sequential")


def module_page(entry: ModuleEntry, find: Find) -> ModulePage:
    objectives = cleaned(
        entry.objectives,
        features=ModulePage._meta.get_field("objectives").features,
        rewrite=find,
        own_hosts=OWN_LINKS,
    )
    return MODULES[entry.type](
        translation_key=entry.key,
        objectives=objectives,
        **_fields(entry, (*PAGE_FIELDS, *OF_MODULES)),
        **{f"for_{one.value}": one.value in entry.audiences for one in Audience},
    )


def step_page(entry: StepEntry, find: Find, problems: list[Problem]) -> LessonPage:
    """Return the step; what of its streams cannot be is added to `problems`."""
    kind = STEPS[entry.type]
    is_task = issubclass(kind, ImmersionTaskPage)
    page = kind(
        translation_key=entry.key,
        **_fields(entry, (*PAGE_FIELDS, *OF_STEPS, *(OF_TASKS if is_task else ()))),
    )
    inward = Inward(find, entry.title, problems)
    for name in STREAMS:
        if name == "body" or is_task:
            block = kind._meta.get_field(name).stream_block
            setattr(page, name, inward.stream(block, getattr(entry, name)))
    return page


def dimensions_in_rubrics(file: ModuleFile) -> set[str]:
    """Return the keys of dimensions that rubrics of a file name, once it has been looked at."""
    tasks = [entry for entry in file.steps if STEPS[entry.type] is ImmersionTaskPage]
    rows = (row["value"] for entry in tasks for row in entry.rubric)
    return {key for row in rows if (key := row.get(DIMENSION))}


def _fields(entry: PageEntry, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in names}


def check_pages(file: ModuleFile, find: Find) -> Iterator[Problem]:
    """Yield what the CMS would not let an editor write."""
    module = file.module
    yield from _of_fields(module_page(module, find), module.title, OF_MODULES)
    if not module.audiences or set(module.audiences) - {one.value for one in Audience}:
        yield str(Fault.WRONG_VALUE), shown(f"{module.title}: {', '.join(module.audiences)}")
    for code in module.destinations:
        if code not in countries:
            yield str(Fault.WRONG_VALUE), shown(f"{module.title}: {code}")
    if strange := set(module.extra_quizzes) - set(module.quizzes):
        yield str(Fault.WRONG_VALUE), shown(f"{module.title}: {', '.join(sorted(strange))}")
    keys = [module.key]
    for entry in file.steps:
        problems: list[Problem] = []
        page = step_page(entry, find, problems)
        yield from problems
        is_task = isinstance(page, ImmersionTaskPage)
        yield from _of_fields(page, entry.title, (*OF_STEPS, *(OF_TASKS if is_task else ())))
        if is_task and entry.is_extra:
            yield str(Fault.WRONG_VALUE), shown(f"{entry.title}, is_extra: {entry.is_extra}")
        if is_task and module.type != ModuleKind.IMMERSION:
            yield str(Fault.KIND_NOT_ALLOWED), shown(entry.title)
        if entry.key in keys:
            yield str(Fault.WRONG_VALUE), shown(f"{entry.title}: {entry.key}")
        keys.append(entry.key)


def _of_fields(page: Any, where: str, names: tuple[str, ...]) -> Iterator[Problem]:
    yield from invalid(page, where, {*PAGE_FIELDS, *names})
