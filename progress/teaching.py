"""How people do in a trainer's modules: how many begin, finish, and where they stop."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from uuid import UUID

from django.db.models import Count
from wagtail.permission_policies.pages import PagePermissionPolicy

from modules.enums import StepKind
from modules.languages import originals, put_into_words
from modules.models import ModulePage, WorkshopSession
from modules.outline import Outline, Step, outlines
from people.models import User
from progress.models import Attendance, LessonRecord, ModuleRecord, TaskSubmission
from quizzes.figures import QuizFigures, figures

# Of how long back completions count for the median of days.
LAST_YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class StepFigures:
    """How many came to a step and how many did it; `reached` is None where it is unknown.

    `lost` is how many fewer did this step than the one before, or than began the module; at an
    extra nobody is lost.
    """

    step: Step
    done: int
    lost: int = 0
    reached: int | None = None
    quiz: QuizFigures | None = None

    @property
    def pass_percent(self) -> Decimal | None:
        if self.quiz is None or self.quiz.pass_rate is None:
            return None
        return self.quiz.pass_rate * 100


@dataclass(frozen=True, slots=True)
class ModuleFigures:
    """`median_days` is from beginning to completion, over the last year's completions."""

    module: ModulePage
    outline: Outline
    started: int
    completed: int
    median_days: float | None
    steps: tuple[StepFigures, ...]

    @property
    def stops_at(self) -> StepFigures | None:
        """The step before whose end most people stop; None if nobody does."""
        worst = max(self.steps, key=lambda step: step.lost, default=None)
        return worst if worst and worst.lost > 0 else None


def modules_taught_by(user: User) -> list[ModulePage]:
    """Return the modules, published or not, that the user may edit; own ones come first."""
    editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    mine = ModulePage.objects.filter(pk__in=editable.values("pk")).order_by("path")
    modules = list(originals(mine))
    put_into_words(modules)
    return sorted(modules, key=lambda module: module.owner_id != user.pk)


def figures_of(modules: Iterable[ModulePage], *, as_of: dt.datetime) -> list[ModuleFigures]:
    """Return the figures of each module, in a number of queries that does not grow."""
    pages = list(modules)
    shapes = outlines(pages)
    counts = _module_counts(shapes)
    days = _median_days(shapes, as_of)
    steps = _Steps(shapes)
    return [
        ModuleFigures(
            module=page,
            outline=shapes[page.translation_key],
            started=counts[page.translation_key][0],
            completed=counts[page.translation_key][1],
            median_days=days.get(page.translation_key),
            steps=tuple(steps.of(shapes[page.translation_key], counts[page.translation_key][0])),
        )
        for page in pages
    ]


def registers(*, before: dt.datetime | None = None) -> list[tuple[WorkshopSession, int]]:
    """Return the sessions of all workshops with the number of people present, latest first."""
    sessions = WorkshopSession.objects.select_related("workshop").order_by("-starts_at", "pk")
    if before:
        sessions = sessions.filter(starts_at__lt=before)
    there = dict(
        Attendance.objects.order_by("session_key")
        .values_list("session_key")
        .annotate(people=Count("pk"))
    )
    return [(session, there.get(session.uuid, 0)) for session in sessions]


def _module_counts(keys: Collection[UUID]) -> Mapping[UUID, tuple[int, int]]:
    rows = (
        ModuleRecord.objects.filter(module_key__in=keys)
        .order_by("module_key")
        .values_list("module_key")
        .annotate(started=Count("pk"), completed=Count("completed_at"))
    )
    found = defaultdict[UUID, tuple[int, int]](lambda: (0, 0))
    for key, started, completed in rows:
        found[key] = (started, completed)
    return found


def _median_days(keys: Collection[UUID], as_of: dt.datetime) -> dict[UUID, float]:
    rows = ModuleRecord.objects.filter(
        module_key__in=keys, completed_at__gt=as_of - LAST_YEAR, completed_at__lte=as_of
    ).values_list("module_key", "started_at", "completed_at")
    days = defaultdict[UUID, list[float]](list)
    for key, started_at, completed_at in rows:
        if completed_at:
            days[key].append((completed_at - started_at) / dt.timedelta(days=1))
    return {key: round(median(lengths), 1) for key, lengths in days.items()}


def _accepted(task_keys: Collection[UUID]) -> dict[UUID, int]:
    """How many people's task was accepted, by the task's key."""
    return dict(
        TaskSubmission.objects.filter(task_key__in=task_keys, decisions__accepts=True)
        .order_by("task_key")
        .values_list("task_key")
        .annotate(people=Count("participant", distinct=True))
    )


class _Steps:
    """The figures of all steps of some outlines, read at once."""

    def __init__(self, shapes: Mapping[UUID, Outline]) -> None:
        self.lessons = {
            str(key): (reached, done)
            for key, reached, done in LessonRecord.objects.filter(module_key__in=list(shapes))
            .order_by("lesson_key")
            .values_list("lesson_key")
            .annotate(reached=Count("pk"), done=Count("completed_at"))
        }
        self.attended = dict(
            Attendance.objects.filter(module_key__in=list(shapes))
            .order_by("module_key")
            .values_list("module_key")
            .annotate(people=Count("participant", distinct=True))
        )
        task_keys = [key for shape in shapes.values() for key in shape.task_keys]
        self.accepted = _accepted(task_keys) if task_keys else {}
        quiz_ids = [quiz_id for shape in shapes.values() for quiz_id in shape.quiz_ids]
        self.quizzes = figures(quiz_ids) if quiz_ids else {}

    def of(self, outline: Outline, started: int) -> Iterable[StepFigures]:
        before = started
        for step in outline.steps:
            reached, done, quiz = self._counts(outline.module_key, step)
            if step.is_extra:
                yield StepFigures(step, done, 0, reached, quiz)
                continue
            yield StepFigures(step, done, before - done, reached, quiz)
            before = done

    def _counts(self, module_key: UUID, step: Step) -> tuple[int | None, int, QuizFigures | None]:
        if step.kind == StepKind.LESSON:
            reached, done = self.lessons.get(step.key, (0, 0))
            return reached, done, None
        if step.kind == StepKind.TASK:
            reached, _read = self.lessons.get(step.key, (0, 0))
            return reached, self.accepted.get(UUID(step.key), 0), None
        if step.kind == StepKind.ATTENDANCE:
            return None, self.attended.get(module_key, 0), None
        quiz = self.quizzes[step.quiz_id or 0]
        return None, quiz.participants, quiz
