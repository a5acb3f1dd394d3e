import datetime as dt
from typing import Any

import factory

from reminders.enums import LetterKind
from reminders.models import LetterText, Message, OfficePlan, Reminder
from tests.factories.exchanges import OfficeFactory, PlacementFactory
from tests.factories.people import ParticipantFactory

NOON = dt.datetime(2027, 1, 20, 12, tzinfo=dt.UTC)


class OfficePlanFactory(factory.django.DjangoModelFactory[OfficePlan]):
    """Reminds 14 and 3 days before, and one day after."""

    class Meta:
        model = OfficePlan

    office = factory.SubFactory(OfficeFactory)


class LetterTextFactory(factory.django.DjangoModelFactory[LetterText]):
    """An office's own English words for reminders by the clock."""

    class Meta:
        model = LetterText

    office = factory.SubFactory(OfficeFactory)
    kind = LetterKind.REMINDER
    language = "en"
    subject = "Dear {name}"
    text = "Do this: {list} at {link}"


class MessageFactory(factory.django.DjangoModelFactory[Message]):
    """A letter by the clock that the outbox has forgotten."""

    class Meta:
        model = Message

    key = factory.Sequence(lambda n: f"reminder:{n}")
    kind = LetterKind.REMINDER
    person = factory.SubFactory(ParticipantFactory)
    address = factory.SelfAttribute("person.email")
    language = "en"
    subject = "Still open before you leave"
    text = "Hello."
    posted_at = NOON


class ReminderFactory(factory.django.DjangoModelFactory[Reminder]):
    """That a passport was asked for, three days before it was due."""

    class Meta:
        model = Reminder

    placement = factory.SubFactory(PlacementFactory)
    requirement_key = "declaration:passport"
    requirement_name = "Passport"
    due_at = dt.datetime(2027, 2, 1, 22, 59, tzinfo=dt.UTC)
    step = 3

    @factory.lazy_attribute
    def message(self: Any) -> Any:
        return MessageFactory.create(person=self.placement.participant)
