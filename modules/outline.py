"""The steps of a module, in order: what the page tree asks a participant to do.

Only what can be done is a step: published lessons, published quizzes and, for a
workshop, attending one of its sessions.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from modules.enums import ModuleKind, StepKind
from modules.models import LessonPage, ModulePage, ModuleQuiz, WorkshopSession

ATTENDANCE_KEY = "attendance"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    `key` tells steps of a module apart and is the same in all its translations:
    a lesson's translation key, `quiz:<id>` or `attendance`.
    """

    kind: StepKind
    key: str
    title: str
    minutes: int
    url: str
    quiz_id: int | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    module_key: UUID
    module_id: int
    title: str
    url: str
    minutes: int
    steps: tuple[Step, ...]

    @property
    def quiz_ids(self) -> list[int]:
        return [step.quiz_id for step in self.steps if step.quiz_id is not None]

    @property
    def needs_attendance(self) -> bool:
        return any(step.kind == StepKind.ATTENDANCE for step in self.steps)

    def position(self, key: str) -> int | None:
        """Return the index of the step with this key; None if it is no step any more."""
        return next((i for i, step in enumerate(self.steps) if step.key == key), None)


def outlines(modules: Iterable[ModulePage]) -> dict[UUID, Outline]:
    """Return the outline of each module, by the module's translation key.

    Two queries whatever the number of modules, one more if a workshop is among
    them. The order is the tree's for lessons, then the workshop, then the quizzes.
    Of two translations in `modules` the first one wins.
    """
    chosen: dict[UUID, ModulePage] = {}
    for module in modules:
        chosen.setdefault(module.translation_key, module)
    pages = list(chosen.values())
    if not pages:
        return {}
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


def _lessons(modules: Collection[ModulePage]) -> Mapping[str, list[LessonPage]]:
    by_module: dict[str, list[LessonPage]] = defaultdict(list)
    for lesson in LessonPage.objects.readable_in(modules):
        by_module[lesson.path[: -LessonPage.steplen]].append(lesson)
    return by_module


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
    steps = [
        Step(
            StepKind.LESSON,
            str(lesson.translation_key),
            lesson.title,
            lesson.minutes,
            f"{url}{lesson.slug}/",
        )
        for lesson in lessons
    ]
    if session_minutes is not None:
        steps.append(
            Step(
                StepKind.ATTENDANCE,
                ATTENDANCE_KEY,
                _("Take part in a session"),
                session_minutes,
                f"{url}#sessions",
            )
        )
    steps.extend(_quiz_step(link) for link in quizzes)
    minutes = sum(step.minutes for step in steps)
    return Outline(module.translation_key, module.pk, module.title, url, minutes, tuple(steps))


def _quiz_step(link: ModuleQuiz) -> Step:
    quiz = link.quiz
    return Step(
        StepKind.QUIZ,
        f"quiz:{quiz.pk}",
        quiz.title,
        quiz.minutes,
        reverse("quizzes:start", args=[quiz.uuid]),
        quiz_id=quiz.pk,
    )
