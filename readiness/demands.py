"""What is asked of whom at a moment: the versions in force, read once, merged for each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils import translation

from exchanges.models import Office, Placement
from modules.models import (
    ImmersionPreparationPage,
    ImmersionTaskPage,
    ModuleDestination,
    ModulePage,
)
from modules.outline import outlines
from quizzes.models import Quiz
from readiness.contents import Named, requirements_in, scope_in
from readiness.dates import end_of_day
from readiness.kinds import KINDS, Surroundings
from readiness.lines import RequirementLine, line, merge
from readiness.models import Requirement, RequirementSet, RequirementSetVersion
from readiness.rules.scopes import Scope
from readiness.rules.versions import in_force


@dataclass(frozen=True, slots=True)
class Asking:
    """One version of one set, ready to be asked of people."""

    set_id: int
    number: int
    effective_at: dt.datetime
    includes_abroad: bool
    name: str
    is_active: bool
    scope: Scope | None
    requirements: tuple[Requirement, ...]

    def covers(self, scope: Scope) -> bool:
        return self.is_active and self.scope is not None and self.scope.covers(scope)


@dataclass(frozen=True)
class Demands:
    """All versions that hold for somebody at `as_of`, and what they look at."""

    as_of: dt.datetime
    sets: tuple[tuple[Asking, ...], ...]
    around: Surroundings
    _known: dict[Any, tuple[RequirementLine, ...]] = field(default_factory=dict, repr=False)

    def of(self, placement: Placement) -> tuple[RequirementLine, ...]:
        """The union of what the sets ask of the placement, each requirement once."""
        scope = scope_of(placement)
        left_at = end_of_day(placement.departs_on, placement.office.time_zone)
        chosen = [
            one
            for versions in self.sets
            if (one := in_force(versions, as_of=self.as_of, left_at=left_at)) and one.covers(scope)
        ]
        key = (tuple(id(one) for one in chosen), scope.country)
        if key not in self._known:
            around = Surroundings(self.around.outlines, self.around.preparations, scope.country)
            self._known[key] = merge(
                found for one in chosen for found in lines(one.requirements, around, one.name)
            )
        return self._known[key]

    def all_lines(self) -> tuple[RequirementLine, ...]:
        """Everything that is asked of anybody who leaves from now on."""
        newest = [max(versions, key=lambda one: one.number) for versions in self.sets]
        countries = ["", *self.around.preparations]
        return merge(
            found
            for asking in newest
            if asking.is_active
            for country in countries
            for found in lines(
                [one for one in asking.requirements if KINDS[one.kind].by_country == bool(country)],
                Surroundings(self.around.outlines, self.around.preparations, country),
                asking.name,
            )
        )


def scope_of(placement: Placement) -> Scope:
    return Scope(
        programme=placement.exchange.programme_id,
        audience=placement.audience,
        activity_type=placement.activity_type,
        country=placement.country,
        host=placement.exchange.host_id,
        office=placement.office.path,
        stay_form=placement.stay_form,
    )


def lines(
    requirements: Sequence[Requirement], around: Surroundings, set_name: str
) -> list[RequirementLine]:
    return [
        line(requirement, position, around, set_name=set_name)
        for position, requirement in enumerate(requirements)
    ]


def demands(*, as_of: dt.datetime, proposed: Sequence[RequirementSetVersion] = ()) -> Demands:
    """What every set asks at `as_of`; `proposed` versions are taken as if they were published.

    Three queries; one more where a set names an office, one where a set asks for the page
    of the own destination, and one where it asks for a task.
    """
    rows = RequirementSetVersion.objects.filter(effective_at__lte=as_of)
    versions = [*rows.order_by("requirement_set__name", "number"), *proposed]
    named = _named([one.content for one in versions])
    by_set: dict[int, list[Asking]] = defaultdict(list)
    for one in versions:
        by_set[one.requirement_set_id].append(_asking(one, named))
    asked = [one for some in by_set.values() for asking in some for one in asking.requirements]
    return Demands(as_of, tuple(map(tuple, by_set.values())), _surroundings(asked))


def names_in(languages: set[str], asked: Demands) -> dict[str, dict[str, str]]:
    """What each requirement is called in each language, by its key."""
    found = {}
    for language in languages:
        with translation.override(language):
            found[language] = {line.key: str(line.name) for line in asked.all_lines()}
    return found


def draft_lines(requirement_set: RequirementSet) -> list[RequirementLine]:
    """What a set asks as it is being written, whether or not it is in force."""
    found = (
        Requirement.objects.filter(requirement_set=requirement_set)
        .select_related("module", "quiz", "task")
        .annotate(live_pass_mark=F("quiz__live_version__paper__pass_mark"))
        .order_by("sort_order", "pk")
    )
    requirements = list(found)
    return lines(requirements, _surroundings(requirements), requirement_set.name)


def version_lines(version: RequirementSetVersion) -> list[RequirementLine]:
    """What one version asks, also long after it has been replaced."""
    requirements = requirements_in(version.content, _named([version.content]))
    return lines(requirements, _surroundings(requirements), version.content["name"])


def _asking(version: RequirementSetVersion, named: Named) -> Asking:
    return Asking(
        set_id=version.requirement_set_id,
        number=version.number,
        effective_at=version.effective_at,
        includes_abroad=version.includes_abroad,
        name=version.content["name"],
        is_active=version.content["is_active"],
        scope=scope_in(version.content, named),
        requirements=tuple(requirements_in(version.content, named)),
    )


def _named(contents: Sequence[Mapping[str, Any]]) -> Named:
    asked = [one for content in contents for one in content["requirements"]]
    offices = {content["office_id"] for content in contents} - {None}
    modules = {one["module_id"] for one in asked} - {None}
    quizzes = {one["quiz_id"] for one in asked} - {None}
    tasks = {one.get("task_id") for one in asked} - {None}
    with_marks = Quiz.objects.annotate(live_pass_mark=F("live_version__paper__pass_mark"))
    paths = Office.objects.filter(pk__in=offices).values_list("pk", "path") if offices else ()
    return Named(
        modules=ModulePage.objects.in_bulk(modules) if modules else {},
        quizzes=with_marks.in_bulk(quizzes) if quizzes else {},
        offices=dict(paths),
        tasks=ImmersionTaskPage.objects.in_bulk(tasks) if tasks else {},
    )


def _surroundings(requirements: Iterable[Requirement]) -> Surroundings:
    asked = list(requirements)
    preparations = _preparations() if any(KINDS[one.kind].by_country for one in asked) else {}
    modules = {one.module.pk: one.module for one in asked if one.module is not None}
    return Surroundings(
        outlines=outlines([*modules.values(), *preparations.values()]), preparations=preparations
    )


def _preparations() -> dict[str, ModulePage]:
    """The published preparation of each country; of several, the first in the tree."""
    pages = ImmersionPreparationPage.objects.live().values("pk")
    rows = (
        ModuleDestination.objects.filter(module__in=pages)
        .select_related("module")
        .order_by("module__locale", "module__path")
    )
    found: dict[str, ModulePage] = {}
    for row in rows:
        found.setdefault(str(row.country.code), row.module)
    return found
