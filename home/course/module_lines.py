"""What stands below a module besides its lessons: destinations, quizzes, sessions, dimensions."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from competence.models import Dimension
from home.course.reading import Entry, key
from modules.languages import originals
from modules.models import (
    ModuleDestination,
    ModulePage,
    ModulePrerequisite,
    ModuleQuiz,
    WorkshopPage,
    WorkshopSession,
)
from quizzes.models import Quiz

Lines = dict[str, Any]


def load_lines(
    module: ModulePage,
    entry: Entry,
    *,
    dimensions: dict[str, Dimension],
    quizzes: dict[str, Quiz],
    at: dt.datetime,
) -> None:
    """Give an unsaved module its inline children. Sessions are dated from the day of `at`."""
    data = entry.data
    module.dimensions = [dimensions[code] for code in data["dimensions"]]
    module.destinations = [ModuleDestination(country=code) for code in data.get("destinations", [])]
    module.module_quizzes = [
        ModuleQuiz(quiz=quizzes[name], is_extra=name in data.get("extra_quizzes", []))
        for name in data.get("quizzes", [])
    ]
    pages = originals(ModulePage.objects.all())
    module.prerequisites = [
        ModulePrerequisite(needed=pages.get(translation_key=key("page", name)))
        for name in data.get("needs", [])
    ]
    module.review_quiz = quizzes[data["review"]] if "review" in data else None
    if isinstance(module, WorkshopPage):
        module.sessions = [
            _session(line, identity=key("session", entry.name, str(place)), at=at)
            for place, line in enumerate(data["sessions"])
        ]


def wanted_lines(entry: Entry) -> Lines:
    """Return what the file says of them. Dates and seats are the trainers' to change."""
    data = entry.data
    return {
        "dimensions": sorted(data["dimensions"]),
        "destinations": sorted(data.get("destinations", [])),
        "module_quizzes": [str(key("quiz", name)) for name in data.get("quizzes", [])],
        "extra_quizzes": sorted(str(key("quiz", name)) for name in data.get("extra_quizzes", [])),
        "needs": [key("page", name) for name in data.get("needs", [])],
        "review": str(key("quiz", data["review"])) if "review" in data else "",
    }


def told_lines(module: ModulePage) -> Lines:
    """Return what the module's page says, in the form of `wanted_lines`."""
    needs = module.prerequisites.select_related("needed").order_by("sort_order", "pk")
    links = module.module_quizzes.select_related("quiz").order_by("sort_order", "pk")
    return {
        "dimensions": sorted(each.code for each in module.dimensions.all()),
        "destinations": sorted(str(each.country.code) for each in module.destinations.all()),
        "module_quizzes": [str(link.quiz.uuid) for link in links],
        "extra_quizzes": sorted(str(link.quiz.uuid) for link in links if link.is_extra),
        "needs": [link.needed.translation_key for link in needs],
        "review": str(module.review_quiz.uuid) if module.review_quiz else "",
    }


def _session(line: Lines, *, identity: Any, at: dt.datetime) -> WorkshopSession:
    zone = ZoneInfo(line["time_zone"])
    monday = at.astimezone(zone).date() - dt.timedelta(days=at.astimezone(zone).weekday())
    day = monday + dt.timedelta(weeks=line["weeks_from_loading"], days=line["weekday"] - 1)
    starts_at = dt.datetime.combine(day, dt.time.fromisoformat(line["starts"]), zone)
    return WorkshopSession(
        uuid=identity,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=line["minutes"]),
        time_zone=line["time_zone"],
        place=line["place"],
        link=line.get("link", ""),
        seats=line["seats"],
    )
