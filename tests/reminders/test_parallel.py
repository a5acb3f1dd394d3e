"""Two runners at once, on real connections, tell everything once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from exchanges.models import Exchange, Institution, Office, Placement, Programme
from jobs.models import OutgoingMail
from people.models import User
from readiness import states
from readiness.models import RequirementSet, RequirementSetVersion
from reminders.models import Message, Reminder
from reminders.reminding import remind_due
from tests.factories.exchanges import PlacementFactory
from tests.factories.readiness import DeclarationRequirementFactory
from tests.reminders.conftest import on

CROWD = 6
PEOPLE = 5


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """People whom other threads can see, all of whom are to be reminded."""
    with django_db_blocker.unblock():
        DeclarationRequirementFactory.create()
        PlacementFactory.create_batch(PEOPLE)
        states.refresh(Placement.objects.values_list("pk", flat=True), at=on(1, 18))
        yield
        Message.objects.all().delete()
        OutgoingMail.objects.all().delete()
        RequirementSetVersion.objects.all().delete()
        RequirementSet.objects.all().delete()
        Placement.objects.all().delete()
        Exchange.objects.all().delete()
        Programme.objects.all().delete()
        Office.objects.all().delete()
        Institution.objects.all().delete()
        User.objects.all().delete()


def test_runners_at_once_write_one_letter_to_each(committed: None) -> None:
    barrier = Barrier(CROWD)

    def run(_number: int) -> int:
        try:
            barrier.wait(timeout=30)
            return remind_due(at=on(1, 18))
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        letters = list(pool.map(run, range(CROWD)))

    assert sum(letters) == PEOPLE
    assert OutgoingMail.objects.count() == Message.objects.count() == PEOPLE
    assert Reminder.objects.count() == PEOPLE
