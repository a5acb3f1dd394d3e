import datetime as dt

import factory

from jobs.models import OutgoingMail

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


class OutgoingMailFactory(factory.django.DjangoModelFactory[OutgoingMail]):
    """A letter that waits since noon."""

    class Meta:
        model = OutgoingMail

    key = factory.Sequence(lambda n: f"reason:{n}")
    message_id = factory.Sequence(lambda n: f"<{n}@sojourn.example>")
    to = factory.Sequence(lambda n: f"person{n}@example.org")
    subject = factory.Sequence(lambda n: f"Letter {n}")
    text = factory.Sequence(lambda n: f"Text {n}")
    created_at = NOON
    due_at = NOON
