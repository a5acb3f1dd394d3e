import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from exchanges.enums import ActivityType, Audience, PlacementStatus
from exchanges.models import Exchange, Institution, Office, Placement, Programme
from tests.factories.people import ParticipantFactory


class InstitutionFactory(factory.django.DjangoModelFactory[Institution]):
    class Meta:
        model = Institution

    hei_id = factory.Sequence(lambda n: f"partner{n}.example")
    name = factory.Sequence(lambda n: f"University {n}")
    country = "SE"
    time_zone = "Europe/Stockholm"


class OfficeFactory(factory.django.DjangoModelFactory[Office]):
    """An office at the root, or below `parent`."""

    class Meta:
        model = Office

    code = factory.Sequence(lambda n: f"office-{n}")
    name = factory.Sequence(lambda n: f"Office {n}")
    institution = factory.SubFactory(InstitutionFactory, is_home=True)
    time_zone = "Europe/Madrid"

    @classmethod
    def _create(cls, model_class: type[Office], *args: Any, **kwargs: Any) -> Office:
        parent: Office | None = kwargs.pop("parent", None)
        return parent.add_child(**kwargs) if parent else model_class.add_root(**kwargs)


class ProgrammeFactory(factory.django.DjangoModelFactory[Programme]):
    class Meta:
        model = Programme

    code = factory.Sequence(lambda n: f"programme-{n}")
    name = factory.Sequence(lambda n: f"Programme {n}")


class ExchangeFactory(factory.django.DjangoModelFactory[Exchange]):
    """A stay from 1 March to 30 June 2027; a `coming` one, whenever the tests run."""

    class Meta:
        model = Exchange

    class Params:
        coming = factory.Trait(
            start_date=factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(60)),
            end_date=factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(150)),
        )

    code = factory.Sequence(lambda n: f"exchange-{n}")
    programme = factory.SubFactory(ProgrammeFactory)
    host = factory.SubFactory(InstitutionFactory)
    academic_year = "2026/2027"
    term = "2026/2027-2/2"
    start_date = dt.date(2027, 3, 1)
    end_date = dt.date(2027, 6, 30)
    time_zone = "Europe/Stockholm"


class PlacementFactory(factory.django.DjangoModelFactory[Placement]):
    class Meta:
        model = Placement

    participant = factory.SubFactory(ParticipantFactory)
    exchange = factory.SubFactory(ExchangeFactory)
    office = factory.SubFactory(OfficeFactory)
    audience = Audience.STUDENT
    status = PlacementStatus.LIVE
    activity_type = ActivityType.STUDIES
