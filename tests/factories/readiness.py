import datetime as dt
from decimal import Decimal
from typing import Any

import factory

from readiness.enums import DeclarationKind, RequirementKind
from readiness.models import Declaration, Requirement, RequirementSet, Waiver
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory


class RequirementSetFactory(factory.django.DjangoModelFactory[RequirementSet]):
    class Meta:
        model = RequirementSet

    name = factory.Sequence(lambda n: f"Requirements {n}")


class RequirementFactory(factory.django.DjangoModelFactory[Requirement]):
    """A requirement of the kind "module completed", without a module."""

    class Meta:
        model = Requirement

    requirement_set = factory.SubFactory(RequirementSetFactory)
    kind = RequirementKind.MODULE
    sort_order = factory.Sequence(int)


class QuizRequirementFactory(RequirementFactory):
    kind = RequirementKind.QUIZ
    min_percent = Decimal(80)


class DeclarationRequirementFactory(RequirementFactory):
    kind = RequirementKind.DECLARATION
    declaration = DeclarationKind.PASSPORT


class DeclarationFactory(factory.django.DjangoModelFactory[Declaration]):
    """Declared by the placement's participant on 10 January 2027."""

    class Meta:
        model = Declaration

    placement = factory.SubFactory(PlacementFactory)
    kind = DeclarationKind.PASSPORT
    declared_at = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)

    @factory.lazy_attribute
    def declared_by(self: Any) -> Any:
        return self.placement.participant


class WaiverFactory(factory.django.DjangoModelFactory[Waiver]):
    """Granted on 10 January 2027 for good."""

    class Meta:
        model = Waiver

    placement = factory.SubFactory(PlacementFactory)
    requirement_key = "declaration:passport"
    requirement_name = "Passport"
    reason = "Travels with an identity card."
    granted_by = factory.SubFactory(CoordinatorFactory)
    granted_at = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)
