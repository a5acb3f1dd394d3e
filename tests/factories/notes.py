import datetime as dt

import factory

from readiness.models import Note
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory


class NoteFactory(factory.django.DjangoModelFactory[Note]):
    """A note on a placement."""

    class Meta:
        model = Note

    placement = factory.SubFactory(PlacementFactory)
    text = factory.Sequence(lambda n: f"Note number {n}.")
    written_by = factory.SubFactory(CoordinatorFactory)
    written_at = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
