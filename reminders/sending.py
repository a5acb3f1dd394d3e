"""Sends a message and writes it down, both or neither."""

import datetime as dt

from django.db import transaction

from jobs.models import OutgoingMail
from jobs.posting import Letter, post
from people.models import User
from reminders.models import Message


def send(*, message: Message, to: User, at: dt.datetime) -> bool:
    """Post the message and keep it; False where a letter with its key was posted before."""
    letter = Letter(message.key, message.address, message.subject, message.text)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=to.pk)
        if not post([letter], at=at):
            return False
        message.mail = OutgoingMail.objects.get(key=letter.key)
        message.save()
    return True
