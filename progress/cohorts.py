"""People who leave together, as groups that a quiz can be looked at for."""

from collections.abc import Collection
from functools import partial

from exchanges.models import Exchange, Placement
from people.models import User
from people.roles import is_trainer
from quizzes.cohorts import Cohort


def exchanges_as_cohorts(reader: User) -> list[Cohort]:
    """Return a cohort for each exchange: all for trainers, own ones for coordinators."""
    exchanges = Exchange.objects.select_related("programme", "host").order_by("-start_date", "pk")
    if not is_trainer(reader):
        exchanges = exchanges.coordinated_by(reader)
    return [Cohort(str(one.uuid), str(one), partial(people_of, one.pk)) for one in exchanges]


def people_of(exchange_id: int) -> Collection[int]:
    found = Placement.objects.filter(exchange=exchange_id)
    return sorted(set(found.values_list("participant", flat=True)))
