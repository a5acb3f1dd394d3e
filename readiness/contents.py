"""What a requirement set asks, frozen into a version and read back from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from modules.models import ImmersionTaskPage, ModulePage
from quizzes.models import Quiz
from readiness.enums import RequirementKind
from readiness.models import Requirement, RequirementSet
from readiness.rules.scopes import Scope

SCOPE = ("programme_id", "audience", "activity_type", "host_id", "office_id")
LINE = (
    "kind",
    "module_id",
    "quiz_id",
    "declaration",
    "needs_verification",
    "strength",
    "phase",
    "due_event",
    "offset_days",
    "counts",
    "subject",
    "role",
)
OF_TASKS = ("task_id", "done_when")
"""Only in lines about tasks, so that those frozen before there were any stay the same."""


def content_of(requirement_set: RequirementSet) -> dict[str, Any]:
    """What the set asks as it is being written, in plain values for a version to keep."""
    lines = Requirement.objects.filter(requirement_set=requirement_set)
    return content_with(requirement_set, lines.order_by("sort_order", "pk"))


def content_with(requirement_set: RequirementSet, lines: Iterable[Requirement]) -> dict[str, Any]:
    """The same of a set and lines as they are in memory."""
    form = _plain(requirement_set.stay_form)
    return {
        "name": requirement_set.name,
        "is_active": requirement_set.is_active,
        "country": str(requirement_set.country.code or ""),
        **{name: getattr(requirement_set, name) for name in SCOPE},
        **({"stay_form": form} if form else {}),
        "requirements": [_line(one) for one in lines],
    }


def _line(one: Requirement) -> dict[str, Any]:
    percent = one.min_percent
    names = [*LINE, *OF_TASKS] if one.kind == RequirementKind.TASK else LINE
    return {
        "uuid": str(one.uuid),
        "min_percent": None if percent is None else str(percent.quantize(Decimal("0.01"))),
        **{name: _plain(getattr(one, name)) for name in names},
    }


def _plain(value: Any) -> Any:
    """A choice's value without its enumeration, as it comes back from the database."""
    return str(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Named:
    """The records that frozen contents name, read once for all; deleted ones are missing."""

    modules: Mapping[int, ModulePage]
    quizzes: Mapping[int, Quiz]
    offices: Mapping[int, str]
    tasks: Mapping[int, ImmersionTaskPage]


def scope_in(content: Mapping[str, Any], named: Named) -> Scope | None:
    """For whom it holds; None where it names an office that is no more."""
    office = content["office_id"]
    if office is not None and office not in named.offices:
        return None
    return Scope(
        programme=content["programme_id"],
        audience=content["audience"],
        activity_type=content["activity_type"],
        country=content["country"],
        host=content["host_id"],
        office=named.offices[office] if office is not None else "",
        stay_form=content.get("stay_form", ""),
    )


def requirements_in(content: Mapping[str, Any], named: Named) -> list[Requirement]:
    """The lines as records that are never saved; a deleted module, quiz or task is left empty."""
    return [_requirement(line, named) for line in content["requirements"]]


def _requirement(line: Mapping[str, Any], named: Named) -> Requirement:
    percent, quiz = line["min_percent"], named.quizzes.get(line["quiz_id"])
    fields = {name: line[name] for name in LINE if name not in {"module_id", "quiz_id"}}
    one = Requirement(
        uuid=line["uuid"],
        module=named.modules.get(line["module_id"]),
        quiz=quiz,
        task=named.tasks.get(line.get("task_id") or 0),
        done_when=line.get("done_when", ""),
        min_percent=None if percent is None else Decimal(percent),
        **fields,
    )
    one.live_pass_mark = getattr(quiz, "live_pass_mark", None)
    return one
