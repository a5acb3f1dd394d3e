"""Imports a file: everything that its plan names, as drafts, or nothing."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.log_actions import log

from competence.models import Dimension
from interop.modules import media, terms
from interop.modules.building import module_page, step_page
from interop.modules.faults import RefusedError
from interop.modules.planning import Plan, inside, make_plan
from interop.modules.quizzes_in import QuizWriter
from interop.modules.reading import Package
from interop.modules.streams import DIMENSION
from modules.models import (
    CataloguePage,
    LessonPage,
    ModuleDestination,
    ModulePage,
    ModulePrerequisite,
    ModuleQuiz,
)
from people import roles
from people.models import User


class SiteChangedError(Exception):
    """The site has changed since the dry run. `plan` is what would happen now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("The site has changed since the dry run.")
        self.plan = plan


def apply(
    package: Package,
    *,
    catalogue: CataloguePage,
    expected: str,
    by: User | None,
    at: dt.datetime,
    as_copy: bool = False,
    then: Callable[[ModulePage], None] = lambda module: None,
) -> ModulePage | None:
    """Import the file and return the module; None where it is here and no copy is wanted.

    Args:
        package: the file.
        catalogue: where the module goes.
        expected: fingerprint of the plan that was shown; made again, it must be the same.
        by: who imports; None on the command line.
        at: now.
        as_copy: make a second module with keys of its own.
        then: called inside the transaction, once everything is written.

    Raises:
        RefusedError: the plan has problems.
        SiteChangedError: something is otherwise than when the plan was shown.
    """
    shown = _as_shown(package, catalogue, expected, by)
    if shown.is_here and not as_copy:
        return None
    new = [one for name, one in package.media.items() if name not in shown.media]
    with media.stored(new) as names, transaction.atomic():
        _wait_for_other_imports()
        plan = _as_shown(package, catalogue, expected, by)
        kept = {one.name: _kept(one, names[one.name], by) for one in new}
        module = _Writer(package, plan, catalogue, by, at, {**plan.media, **kept}).write(
            as_copy=as_copy
        )
        then(module)
        return module


def _as_shown(package: Package, catalogue: CataloguePage, expected: str, by: User | None) -> Plan:
    """Return the plan made again, if it has no problems and is the one that was shown."""
    plan = make_plan(package, catalogue=catalogue, by=by)
    if plan.problems:
        raise RefusedError(plan.problems)
    if plan.fingerprint != expected:
        raise SiteChangedError(plan)
    return plan


def _kept(one: media.Medium, name: str, by: User | None) -> int:
    collection = media.collection_for(one.kind, by=by)
    if collection is None:
        raise RefusedError([(str(media.RIGHTS[one.kind]), "")])
    return media.keep(one, name, collection=collection, by=by)


def _wait_for_other_imports() -> None:
    """Imports queue for this row, those of questions as well."""
    Group.objects.select_for_update().get(name=roles.TRAINERS)


@dataclass(slots=True)
class _Writer:
    package: Package
    plan: Plan
    catalogue: CataloguePage
    by: User | None
    at: dt.datetime
    pks: dict[str, int]

    def write(self, *, as_copy: bool) -> ModulePage:
        self.pks |= {**self.plan.quizzes, **self.plan.terms, **self.plan.pages}
        writer = QuizWriter(self.plan.questions, self.find, by=self.by, at=self.at)
        writer.write_questions()
        for name, entry in self.package.file.quizzes.items():
            if name not in self.pks:
                self.pks[name] = writer.write_quiz(entry).pk
        for name, term in self.package.file.terms.items():
            if name not in self.pks:
                made = terms.write(term, self.find, locale=self.catalogue.locale, by=self.by)
                self.pks[name] = made.pk
        module = self._write_module(as_copy=as_copy)
        steps = [self._write_step(module, entry, as_copy) for entry in self.package.file.steps]
        self._link_inside(steps)
        for page in (module, *steps):
            page.save_revision(user=self.by)
        return module

    def find(self, kind: str, name: Any) -> Any:
        """Return the pk of what the file calls so, a dimension's key; None if it is not here."""
        if kind == DIMENSION:
            return name if name in self.plan.row_dimensions else None
        return self.pks.get(name)

    def _write_module(self, *, as_copy: bool) -> ModulePage:
        entry = self.package.file.module
        module = module_page(entry, self.find)
        module.review_quiz_id = self.pks[entry.review_quiz] if entry.review_quiz else None
        module.dimensions = list(Dimension.objects.filter(pk__in=self.plan.dimensions))
        module.destinations = [ModuleDestination(country=code) for code in entry.destinations]
        module.module_quizzes = [
            ModuleQuiz(quiz_id=self.pks[name], is_extra=name in entry.extra_quizzes)
            for name in entry.quizzes
        ]
        module.prerequisites = [ModulePrerequisite(needed_id=pk) for pk in self.plan.needed]
        self._add(self.catalogue, module, is_key_new=as_copy)
        self.pks[f"page-{entry.key}"] = module.pk
        return module

    def _write_step(self, module: ModulePage, entry: Any, as_copy: bool) -> LessonPage:
        step = step_page(entry, self.find, [])
        is_key_new = as_copy or entry.key in self.plan.taken_keys
        self._add(module, step, is_key_new=is_key_new)
        self.pks[f"page-{entry.key}"] = step.pk
        return step

    def _add(self, parent: Any, page: Any, *, is_key_new: bool) -> None:
        if is_key_new:
            page.translation_key = uuid4()
        page.slug = _free_slug(parent, page.slug)
        page.owner, page.live, page.has_unpublished_changes = self.by, False, True
        parent.add_child(instance=page)
        log(instance=page, action="wagtail.create", user=self.by)

    def _link_inside(self, steps: list[LessonPage]) -> None:
        """Write the streams again that link to pages of the module: now those are there."""
        if not self.package.file.pages.keys() & inside(self.package):
            return
        for step, entry in zip(steps, self.package.file.steps, strict=True):
            step.body = step_page(entry, self.find, []).body
            step.save()


def _free_slug(parent: Any, slug: str) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True)) if parent.pk else set()
    candidates = (slug, *(f"{slug[:240]}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in candidates if one not in taken)
