"""What has to be done before departure, from the content file into requirement sets."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from exchanges.models import Programme
from home.course.ledger import Ledger
from home.course.reading import key, read
from modules.enums import Phase
from modules.models import ImmersionTaskPage, ModulePage
from quizzes.models import Quiz
from readiness.enums import DueEvent, Strength
from readiness.models import Requirement, RequirementSet
from readiness.publishing import publish

FILE = Path(__file__).parent / "content" / "requirements.toml"
SINCE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""Since when the demo's requirements hold: long before anybody in it was nominated."""


def load_requirements(
    ledger: Ledger, *, modules: dict[str, ModulePage], quizzes: dict[str, Quiz], at: dt.datetime
) -> None:
    """Make the sets that are missing; name those that were edited."""
    for data in read(FILE)["sets"]:
        wanted = [
            _fields(data["name"], place, line, modules, quizzes)
            for place, line in enumerate(data["requirements"])
        ]
        found = _find([fields["uuid"] for fields in wanted], data["name"])
        if found is None:
            _make(data, wanted, at)
            ledger.made.append(f"requirement set “{data['name']}”")
        elif _told(found) != _rows(wanted):
            ledger.left_alone.append(f"requirement set “{found}”")


def _find(identities: list[Any], name: str) -> RequirementSet | None:
    """A set is known by any of its requirements, so that it may be renamed; or by its name."""
    requirement = Requirement.objects.filter(uuid__in=identities).first()
    if requirement:
        return requirement.requirement_set
    return RequirementSet.objects.filter(name=name).first()


def _make(data: dict[str, Any], requirements: list[dict[str, Any]], at: dt.datetime) -> None:
    programme = data.get("programme")
    made = RequirementSet(
        name=data["name"],
        audience=data.get("audience", ""),
        activity_type=data.get("activity_type", ""),
        country=data.get("country", ""),
        programme=Programme.objects.get(code=programme) if programme else None,
    )
    made.requirements = [Requirement(**fields) for fields in requirements]
    made.full_clean()
    made.save()
    publish(requirement_set=made, by=None, at=at, effective_at=SINCE)


def _fields(
    set_name: str,
    place: int,
    line: dict[str, Any],
    modules: dict[str, ModulePage],
    quizzes: dict[str, Quiz],
) -> dict[str, Any]:
    module, quiz, percent = line.get("module"), line.get("quiz"), line.get("min_percent")
    return {
        "uuid": key("requirement", set_name, str(place)),
        "kind": line["kind"],
        "module_id": modules[module].pk if module else None,
        "quiz_id": quizzes[quiz].pk if quiz else None,
        "min_percent": None if percent is None else Decimal(percent),
        "declaration": line.get("declaration", ""),
        "needs_verification": line.get("needs_verification", False),
        "strength": line.get("strength", Strength.SHALL.value),
        "phase": line.get("phase", Phase.BEFORE.value),
        "due_event": line.get("due_event", DueEvent.START.value),
        "offset_days": line.get("days_after", -line.get("days_before", 0)),
        "counts": line.get("counts", ""),
        "subject": line.get("subject", ""),
        "role": line.get("role", ""),
        "task_id": _task(line["task"]) if "task" in line else None,
        "done_when": line.get("done_when", ""),
    }


def _task(name: str) -> int:
    """The id of the page of a task, named as `module/task`."""
    page = ImmersionTaskPage.objects.filter(translation_key=key("page", *name.split("/")))
    return page.earliest("pk").pk


def _rows(requirements: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [tuple(fields.values()) for fields in requirements]


def _told(found: RequirementSet) -> list[tuple[Any, ...]]:
    names = (
        "uuid",
        "kind",
        "module_id",
        "quiz_id",
        "min_percent",
        "declaration",
        "needs_verification",
        "strength",
        "phase",
        "due_event",
        "offset_days",
        "counts",
        "subject",
        "role",
        "task_id",
        "done_when",
    )
    lines = Requirement.objects.filter(requirement_set=found)
    return list(lines.order_by("sort_order", "pk").values_list(*names))
