"""One's own journal as a file to keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import User
from progress.journal.reading import Told, entries_of
from progress.models import JournalReply, JournalSharing

RULE = "-" * 60


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry with its whole story, the oldest first."""

    entry: Any
    story: Sequence[Told]

    @property
    def title(self) -> str:
        named = self.entry.title or self.entry.lesson_title
        return str(named or _("An entry of your own"))


def whole_journal(participant: User) -> list[Kept]:
    """Return every entry with all versions and replies, the oldest first: four queries."""
    replies = JournalReply.objects.select_related("by")
    sharings = JournalSharing.objects.prefetch_related(Prefetch("replies", replies))
    found = entries_of(participant).prefetch_related(
        "versions", Prefetch("sharings", sharings.order_by("shared_at"))
    )
    return [Kept(entry, _story(entry)) for entry in found.order_by("begun_at", "pk")]


def as_text(entries: Sequence[Kept]) -> str:
    """Return the journal as plain text."""
    parts = [_("My journal")]
    for kept in entries:
        parts.append(f"{RULE}\n{kept.title}")
        if kept.entry.prompt:
            parts.append(_("Question: %(prompt)s") % {"prompt": kept.entry.prompt})
        for told in kept.story:
            day = date_format(timezone.localtime(told.at), "DATETIME_FORMAT")
            who = _("%(day)s, %(name)s replied:") % {"day": day, "name": told.by}
            parts.append(f"{who if told.by else day}\n{told.text}")
    return "\n\n".join(parts) + "\n"


def _story(entry: Any) -> list[Told]:
    told = [Told(one.written_at, one.text) for one in entry.versions.all()]
    told += [
        Told(reply.written_at, reply.text, by=str(reply.by))
        for sharing in entry.sharings.all()
        for reply in sharing.replies.all()
    ]
    return sorted(told, key=lambda one: one.at)
