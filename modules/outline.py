"""The steps of a module, in order: what the page tree asks a participant to do.

Only what can be done is a step: published lessons and tasks, published quizzes and, for
a workshop, attending one of its sessions.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from modules.enums import RULES_OF_CHECKS, ModuleKind, StepKind, StepRule
from modules.languages import by_parent, put_into_words
from modules.models import LessonPage, ModulePage, ModuleQuiz, WorkshopSession

ATTENDANCE_KEY = "attendance"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    `key` tells steps of a module apart and is the same in all its translations:
    a lesson's or task's key, `quiz:<id>` or `attendance`. `rule` says when it is
    done; `tick_ids`, `check_ids` and `prompt_ids` are what a lesson's rule asks for: the
    points of its checklists, the quizzes of its knowledge checks, its questions to reflect on.
    An extra may be skipped: it is shown and recorded like any other step, and counts for nothing.
    """

    kind: StepKind
    key: str
    title: str
    minutes: int
    url: str
    rule: StepRule
    quiz_id: int | None = None
    tick_ids: tuple[str, ...] = ()
    check_ids: tuple[int, ...] = ()
    prompt_ids: tuple[str, ...] = ()
    is_extra: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """All steps of a module in order."""

    module_key: UUID
    module_id: int
    title: str
    url: str
    steps: tuple[Step, ...]
    is_sequential: bool = False

    @property
    def counted(self) -> tuple[Step, ...]:
        """The steps that it takes to complete the module: all but the extras."""
        return tuple(step for step in self.steps if not step.is_extra)

    @property
    def minutes(self) -> int:
        """Those of the steps that count."""
        return sum(step.minutes for step in self.counted)

    @property
    def extra_minutes(self) -> int:
        return sum(step.minutes for step in self.steps if step.is_extra)

    @property
    def reflective_keys(self) -> list[UUID]:
        """The lessons that are done by answering their questions in the journal."""
        return [UUID(step.key) for step in self.steps if step.prompt_ids]

    @property
    def quiz_ids(self) -> list[int]:
        """The quizzes by which a step of any kind is done."""
        own = [step.quiz_id for step in self.steps if step.quiz_id is not None]
        return own + [key for step in self.steps for key in step.check_ids]

    @property
    def task_keys(self) -> list[UUID]:
        return [UUID(step.key) for step in self.steps if step.kind == StepKind.TASK]

    @property
    def needs_attendance(self) -> bool:
        return any(step.kind == StepKind.ATTENDANCE for step in self.steps)

    def position(self, key: str) -> int | None:
        """Return the index of the step with this key; None if it is no step any more."""
        return next((i for i, step in enumerate(self.steps) if step.key == key), None)


def outlines(modules: Iterable[ModulePage]) -> dict[UUID, Outline]:
    """Return the outline of each module, by the module's translation key.

    Two queries whatever the number of modules, one more if a workshop is among
    them, and one for readers of another language than the site's, who get the titles of
    the translations. The order is the tree's for lessons, then the workshop, then the quizzes.
    Of two translations in `modules` the first one wins.
    """
    chosen: dict[UUID, ModulePage] = {}
    for module in modules:
        chosen.setdefault(module.translation_key, module)
    pages = list(chosen.values())
    if not pages:
        return {}
    put_into_words(pages)
    lessons = _lessons(pages)
    quizzes = _quizzes(pages)
    sessions = _session_minutes([page for page in pages if page.kind == ModuleKind.WORKSHOP])
    return {
        page.translation_key: _outline(
            page, lessons[page.path], quizzes[page.pk], sessions.get(page.pk)
        )
        for page in pages
    }


def outline_around(lesson: LessonPage) -> Outline:
    """Return the outline of a lesson's module from what the lesson knows of it."""
    module = lesson.module
    workshops = [module] if module.kind == ModuleKind.WORKSHOP else []
    minutes = _session_minutes(workshops).get(module.pk)
    return _outline(module, lesson.neighbours, lesson.module_quizzes, minutes)


def modules_with(quiz_ids: Collection[int]) -> Mapping[int, set[UUID]]:
    """Return the keys of the published modules of which a step is done by each quiz.

    Two queries; a third where a lesson goes by its knowledge checks.
    """
    found: dict[int, set[UUID]] = {key: set() for key in quiz_ids}
    links = ModuleQuiz.objects.filter(quiz__in=quiz_ids, module__live=True)
    for quiz, key in links.values_list("quiz_id", "module__translation_key"):
        found[quiz].add(key)
    checking = LessonPage.objects.live().filter(rule__in=RULES_OF_CHECKS)
    above: dict[str, set[int]] = defaultdict(set)
    for path, checks in checking.values_list("path", "check_ids"):
        above[path[: -LessonPage.steplen]] |= found.keys() & set(checks)
    if any(above.values()):
        modules = ModulePage.objects.live().filter(path__in=list(above))
        for path, key in modules.values_list("path", "translation_key"):
            for quiz in above[path]:
                found[quiz].add(key)
    return found


def _lessons(modules: Collection[ModulePage]) -> Mapping[str, list[LessonPage]]:
    lessons = LessonPage.objects.readable_in(modules)
    return by_parent(lessons, [module.path for module in modules])


def _quizzes(modules: Collection[ModulePage]) -> Mapping[int, list[ModuleQuiz]]:
    by_module: dict[int, list[ModuleQuiz]] = defaultdict(list)
    for link in ModuleQuiz.objects.takeable().filter(module__in=[page.pk for page in modules]):
        by_module[link.module_id].append(link)
    return by_module


def _session_minutes(workshops: Collection[ModulePage]) -> dict[int, int]:
    """Minutes of each workshop's longest session, 0 as long as none has a date."""
    if not workshops:
        return {}
    minutes = {workshop.pk: 0 for workshop in workshops}
    for workshop_id, starts_at, ends_at in WorkshopSession.objects.filter(
        workshop__in=list(minutes)
    ).values_list("workshop_id", "starts_at", "ends_at"):
        length = (ends_at - starts_at) // dt.timedelta(minutes=1)
        minutes[workshop_id] = max(minutes[workshop_id], length)
    return minutes


def _outline(
    module: ModulePage,
    lessons: Iterable[LessonPage],
    quizzes: Iterable[ModuleQuiz],
    session_minutes: int | None,
) -> Outline:
    url = module.url or ""
    steps = [_lesson_step(lesson, url) for lesson in lessons]
    if session_minutes is not None:
        steps.append(
            Step(
                StepKind.ATTENDANCE,
                ATTENDANCE_KEY,
                _("Take part in a session"),
                session_minutes,
                f"{url}#sessions",
                StepRule.ATTENDED,
            )
        )
    steps.extend(_quiz_step(link) for link in quizzes)
    return Outline(
        module.translation_key,
        module.pk,
        module.title,
        url,
        tuple(steps),
        is_sequential=module.is_sequential,
    )


def _lesson_step(lesson: LessonPage, module_url: str) -> Step:
    rule = lesson.rule_in_force
    return Step(
        StepKind.TASK if lesson.is_task else StepKind.LESSON,
        str(lesson.translation_key),
        lesson.title,
        lesson.duration,
        f"{module_url}{lesson.slug}/",
        rule,
        tick_ids=tuple(lesson.tick_ids) if rule == StepRule.TICKED else (),
        check_ids=tuple(lesson.check_ids) if rule in RULES_OF_CHECKS else (),
        prompt_ids=tuple(lesson.prompt_ids) if rule == StepRule.REFLECTED else (),
        is_extra=lesson.is_extra,
    )


def _quiz_step(link: ModuleQuiz) -> Step:
    quiz = link.quiz
    return Step(
        StepKind.QUIZ,
        f"quiz:{quiz.pk}",
        quiz.title,
        quiz.minutes,
        reverse("quizzes:start", args=[quiz.uuid]),
        StepRule.TAKEN,
        quiz_id=quiz.pk,
        is_extra=link.is_extra,
    )
