"""Notes of the staff on a placement or an exchange: written, pinned, withdrawn, never deleted."""

import datetime as dt
from typing import cast

from exchanges.models import Exchange, Placement
from people.models import User
from readiness.errors import NoReasonError, NotAllowedError
from readiness.models import Note
from readiness.models.notes import NoteQuerySet


def write(*, about: Placement | Exchange, text: str, by: User, at: dt.datetime) -> Note:
    """Add a note.

    Raises:
        NotAllowedError: `by` answers for nobody whom it is about, or is the person.
        NoReasonError: it says nothing.
    """
    _check(about, by)
    if not text.strip():
        raise NoReasonError
    named = {"placement": about} if isinstance(about, Placement) else {"exchange": about}
    return Note.objects.create(text=text.strip(), written_by=by, written_at=at, **named)


def withdraw(*, note: Note, by: User, at: dt.datetime) -> None:
    """Say that the note holds no more; it stays readable. A second time changes nothing.

    Raises:
        NotAllowedError: as for `write`.
    """
    _check(about(note), by)
    standing = Note.objects.filter(pk=note.pk, withdrawn_at=None)
    standing.update(withdrawn_at=at, withdrawn_by=by, pinned_at=None)


def pin(*, note: Note, by: User, at: dt.datetime) -> None:
    """Put the note before the others; a withdrawn one is not pinned.

    Raises:
        NotAllowedError: as for `write`.
    """
    _check(about(note), by)
    Note.objects.filter(pk=note.pk, withdrawn_at=None, pinned_at=None).update(pinned_at=at)


def unpin(*, note: Note, by: User) -> None:
    """Put it back among the others.

    Raises:
        NotAllowedError: as for `write`.
    """
    _check(about(note), by)
    Note.objects.filter(pk=note.pk).update(pinned_at=None)


def about(note: Note) -> Placement | Exchange:
    """What the note is on: one of the two, as the database keeps it."""
    return note.placement or cast("Exchange", note.exchange)


def readable(found: NoteQuerySet, user: User, words: str = "") -> NoteQuerySet:
    """Those with all the words, for whoever may open the page: never for the person themselves."""
    for word in words.split():
        found = found.filter(text__icontains=word)
    return found.exclude(placement__participant=user).exclude(
        exchange__placements__participant=user
    )


def _check(about: Placement | Exchange, by: User) -> None:
    own = Placement.objects.coordinated_by(by).exclude(participant=by)
    named = {"pk": about.pk} if isinstance(about, Placement) else {"exchange": about}
    if not own.filter(**named).exists():
        raise NotAllowedError
