from uuid import UUID

from django.utils.translation import gettext as _
from django_countries import countries

from modules.models import ModulePage
from modules.outline import Outline
from readiness import rules
from readiness.enums import RequirementKind
from readiness.kinds.base import Kind, Surroundings
from readiness.models import Requirement


class DestinationPrepared(Kind):
    """The page for the own destination: each person's is found by the country they go to."""

    kind = RequirementKind.DESTINATION
    columns = frozenset()
    by_country = True

    @property
    def rule(self) -> rules.Rule:
        return rules.module_completed

    def target(self, requirement: Requirement, around: Surroundings) -> UUID | None:
        page = self._page(around)
        return page.translation_key if page else None

    def key(self, requirement: Requirement, around: Surroundings) -> str:
        return f"{self.kind}:{around.country}"

    def name(self, requirement: Requirement, around: Surroundings) -> str:
        page = self._page(around)
        if page:
            return str(page.title)
        if not around.country:
            return _("The page for the own destination")
        return _("Preparing for %(country)s") % {"country": countries.name(around.country)}

    def problem(self, requirement: Requirement, around: Surroundings) -> str:
        if not around.country:
            return ""
        outline = self._outline(around)
        if outline is None:
            return "destination_missing"
        return "" if outline.counted else "module_empty"

    def minutes(self, requirement: Requirement, around: Surroundings) -> int:
        outline = self._outline(around)
        return outline.minutes if outline else 0

    def url(self, requirement: Requirement, around: Surroundings) -> str:
        outline = self._outline(around)
        return outline.url if outline else ""

    def _page(self, around: Surroundings) -> ModulePage | None:
        return around.preparations.get(around.country)

    def _outline(self, around: Surroundings) -> Outline | None:
        page = self._page(around)
        return around.outlines.get(page.translation_key) if page else None
