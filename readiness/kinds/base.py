"""What a kind of requirement has to answer. One kind is one class in one file."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

from django.utils.functional import Promise

from modules.models import ModulePage
from modules.outline import Outline
from readiness.enums import RequirementKind
from readiness.models import Requirement
from readiness.rules import Asked, Rule


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What kinds need to know beyond the requirement itself, gathered once for all.

    Attributes:
        outlines: the steps of the modules, by their keys.
        preparations: the published page that prepares for a country, by its code.
        country: where the people go whom the requirement is about; empty for anywhere.
    """

    outlines: Mapping[UUID, Outline] = field(default_factory=dict)
    preparations: Mapping[str, ModulePage] = field(default_factory=dict)
    country: str = ""


class Kind(ABC):
    """Reads a requirement's row: what is asked, whether it can be met, where to do it.

    Attributes:
        kind: the word in the database.
        columns: which of the optional columns of `Requirement` this kind uses.
        by_country: whether what is asked depends on the destination.
    """

    kind: ClassVar[RequirementKind]
    columns: ClassVar[frozenset[str]]
    by_country: ClassVar[bool] = False

    @property
    @abstractmethod
    def rule(self) -> Rule:
        """The rule in `readiness.rules` that decides."""

    @abstractmethod
    def target(self, requirement: Requirement, around: Surroundings) -> UUID | int | str | None:
        """What the facts are looked up by; None when it has been deleted."""

    @abstractmethod
    def name(self, requirement: Requirement, around: Surroundings) -> str:
        """What is asked, in a few words that a participant understands."""

    def problem(self, requirement: Requirement, around: Surroundings) -> str:
        """The code of the reason why nobody can meet it; empty when all is well."""
        return ""

    def errors(self, requirement: Requirement) -> dict[str, str | Promise]:
        """What an author has to put right, by column."""
        return {}

    def minutes(self, requirement: Requirement, around: Surroundings) -> int:
        """What it takes from start to end; 0 where nobody can say."""
        return 0

    def url(self, requirement: Requirement, around: Surroundings) -> str:
        """Where everybody does it; empty if the place depends on the placement."""
        return ""

    def own_url(self, target: UUID | int | str | None, omobility_id: UUID) -> str:
        """Where the person on this placement does it, for kinds without a `url`."""
        return ""

    def key(self, requirement: Requirement, around: Surroundings) -> str:
        """Names what is asked; the same for every requirement that asks the same."""
        target = self.target(requirement, around)
        return f"{self.kind}:{target or f'missing-{requirement.uuid}'}"

    def asked(self, requirement: Requirement, around: Surroundings) -> Asked:
        return Asked(
            key=self.key(requirement, around),
            rule=self.rule,
            target=self.target(requirement, around),
            problem=self.problem(requirement, around),
            needs_verification=requirement.needs_verification,
            minutes=self.minutes(requirement, around),
        )
