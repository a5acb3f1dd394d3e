"""Composes what a participant sees of an exchange. Every fact comes from the rooms below."""

import datetime as dt
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse

from home.counting_down import Countdown, count_down
from modules.languages import originals, put_into_words
from modules.models import ModulePage
from modules.readable import readable_pages
from people.models import User
from progress.next_steps import ways_through
from readiness import report
from readiness.enums import DeclarationKind, RequirementKind
from readiness.report import Cell, PlacementReadiness
from readiness.verdicts import Turn, VerdictStatus
from readiness.wording import DECLARATIONS

MODULES_OFFERED = 4
NOT_WAITING = frozenset({Turn.NOBODY, Turn.PARTICIPANT})


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list.

    Where the participant's word is all it takes, `declaration` is that word and
    `declare_url` the address that takes it; elsewhere both are empty. `more_time_url` is
    where to ask for more time, while it is the participant's turn.
    """

    cell: Cell
    is_next: bool
    declaration: str = ""
    declare_url: str = ""
    more_time_url: str = ""

    @property
    def mark(self) -> str:
        if self.cell.verdict.is_settled:
            return "done"
        return "next" if self.is_next else "open"


@dataclass(frozen=True, slots=True)
class PhaseTasks:
    label: str
    tasks: tuple[Task, ...]

    @property
    def open(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if not task.cell.verdict.is_settled)

    @property
    def finished(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.cell.verdict.is_settled)


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do now; `part_of` names the module where it is a step of one."""

    task: Task
    title: str
    part_of: str
    minutes: int
    url: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A requirement on the way; `x` says where, in percent of the way."""

    x: str
    mark: str


@dataclass(frozen=True, slots=True)
class MyExchange:
    """One placement as its participant sees it.

    `waits_for_me` and `waits_for_office` count what is missing, by whose turn it is.
    """

    placement: PlacementReadiness
    phases: tuple[PhaseTasks, ...]
    next_task: Task | None
    stops: tuple[Stop, ...]
    local_time: dt.datetime
    waits_for_me: int
    waits_for_office: int

    @property
    def is_over(self) -> bool:
        return self.placement.ends_on < self.local_time.date()

    @property
    def countdown(self) -> Countdown:
        return count_down(self.placement.days_to_departure)

    @property
    def waiting(self) -> tuple[Cell, ...]:
        """What the office has to do before this person can leave."""
        missing = self.placement.missing
        return tuple(cell for cell in missing if cell.verdict.turn not in NOT_WAITING)


def my_exchanges(user: User, *, as_of: dt.datetime) -> list[MyExchange]:
    """All exchanges of that person: running and coming ones first, by start."""
    return [compose(one, as_of=as_of) for one in report.for_participant(user, as_of=as_of)]


def my_exchange(user: User, omobility_id: UUID, *, as_of: dt.datetime) -> MyExchange | None:
    """That person's exchange with this id; None if there is none, or it is another's."""
    return next(
        (
            compose(one, as_of=as_of)
            for one in report.for_participant(user, as_of=as_of)
            if one.omobility_id == omobility_id
        ),
        None,
    )


def compose(placement: PlacementReadiness, *, as_of: dt.datetime) -> MyExchange:
    tasks = tuple(_task(placement, cell) for cell in placement.cells)
    turns = [cell.verdict.turn for cell in placement.missing]
    return MyExchange(
        placement=placement,
        phases=tuple(
            PhaseTasks(str(label), tuple(group))
            for label, group in groupby(tasks, key=lambda task: task.cell.requirement.phase_label)
        ),
        next_task=next((task for task in tasks if task.is_next), None),
        stops=_stops(tuple(task for task in tasks if task.cell.requirement.blocks)),
        local_time=as_of.astimezone(ZoneInfo(placement.exchange.time_zone)),
        waits_for_me=turns.count(Turn.PARTICIPANT),
        waits_for_office=sum(turn not in NOT_WAITING for turn in turns),
    )


def _task(placement: PlacementReadiness, cell: Cell) -> Task:
    is_mine = cell.status in {VerdictStatus.PENDING, VerdictStatus.OVERDUE}
    where = [placement.omobility_id, cell.requirement.key]
    task = Task(
        cell=cell,
        is_next=cell == placement.next_cell,
        more_time_url=reverse("readiness:more_time", args=where) if is_mine else "",
    )
    is_declaration = cell.requirement.kind == RequirementKind.DECLARATION
    if not is_declaration or not is_mine:
        return task
    kind = DeclarationKind(str(cell.requirement.asked.target))
    return replace(
        task,
        declaration=str(DECLARATIONS[kind]),
        declare_url=reverse("readiness:declare", args=[placement.omobility_id, kind.value]),
    )


def next_step(exchange: MyExchange, user: User, *, as_of: dt.datetime) -> NextStep | None:
    """What the person does next on this exchange: of a module, the step to go on with."""
    task = exchange.next_task
    if task is None:
        return None
    asked, verdict = task.cell.requirement, task.cell.verdict
    whole = NextStep(task, asked.name, "", verdict.minutes, verdict.link)
    if asked.kind != RequirementKind.MODULE:
        return whole
    published = originals(ModulePage.objects.live())
    module = published.filter(translation_key=asked.asked.target).first()
    way = ways_through(user, [module], as_of=as_of)[module.translation_key] if module else None
    if way is None or way.resume is None:
        return whole
    step = way.resume.step
    return NextStep(task, step.title, asked.name, step.minutes, step.url)


def _stops(tasks: tuple[Task, ...]) -> tuple[Stop, ...]:
    apart = 100 / (len(tasks) + 1)
    return tuple(
        Stop(x=f"{apart * place:.1f}%", mark=task.mark) for place, task in enumerate(tasks, start=1)
    )


def more_to_learn(request: HttpRequest, placement: PlacementReadiness) -> list[ModulePage]:
    """Up to four modules for this audience and destination that nobody asks for."""
    asked = {
        cell.requirement.asked.target
        for cell in placement.cells
        if cell.requirement.kind == RequirementKind.MODULE
    }
    offered = (
        ModulePage.objects.filter(pk__in=readable_pages(request).values("pk"))
        .for_audience(placement.audience)
        .for_destination(placement.country)
        .exclude(translation_key__in=asked)
        .order_by("path")
    )
    modules = list(offered[:MODULES_OFFERED])
    put_into_words(modules)
    return modules
