import factory

from readiness.enums import RequirementKind
from readiness.models import Requirement, RequirementSet


class RequirementSetFactory(factory.django.DjangoModelFactory[RequirementSet]):
    class Meta:
        model = RequirementSet

    name = factory.Sequence(lambda n: f"Requirements {n}")


class RequirementFactory(factory.django.DjangoModelFactory[Requirement]):
    class Meta:
        model = Requirement

    requirement_set = factory.SubFactory(RequirementSetFactory)
    kind = RequirementKind.MODULE
