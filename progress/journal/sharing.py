"""Letting a trainer read one entry, and taking that back."""

import datetime as dt

from django.db import transaction

from progress.models import JournalEntry, JournalSharing, JournalVersion


def share(*, entry: JournalEntry, at: dt.datetime) -> JournalSharing:
    """Let trainers read what the entry says now; what is written later stays private.

    An earlier version that was shared is taken back: one of an entry is shared at most.
    """
    with transaction.atomic():
        JournalEntry.objects.select_for_update().get(pk=entry.pk)
        newest = JournalVersion.objects.filter(entry=entry).order_by("-number")[0]
        standing = JournalSharing.objects.filter(entry=entry, withdrawn_at__isnull=True).first()
        if standing is not None and standing.version_id == newest.pk:
            return standing
        take_back(entry=entry, at=at)
        return JournalSharing.objects.create(entry=entry, version=newest, shared_at=at)


def take_back(*, entry: JournalEntry, at: dt.datetime) -> bool:
    """Let nobody read the entry any more.

    Returns:
        Whether it was shared.
    """
    standing = JournalSharing.objects.filter(entry=entry, withdrawn_at__isnull=True)
    return bool(standing.update(withdrawn_at=at))
