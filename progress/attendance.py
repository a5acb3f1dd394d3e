"""Registers of workshops: who was there, by a trainer's word, correctable and traced."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from exchanges.models import Placement
from modules.models import WorkshopSession
from people.models import User
from progress.completion import settle
from progress.models import Attendance
from progress.signals import evidence_changed

ACTION = "progress.attendance"


class SessionNotBegun(Exception):
    """Nobody can have attended a session that is still to come."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One saving of a register: who came onto it and who was taken off."""

    at: dt.datetime
    by: User | None
    added: tuple[str, ...]
    removed: tuple[str, ...]


def eligible(*, words: str = "", exchange_id: int | None = None) -> QuerySet[User]:
    """Return the people with an active placement whose name or address has all the words."""
    placements = Placement.objects.active()
    if exchange_id:
        placements = placements.filter(exchange=exchange_id)
    people = User.objects.filter(pk__in=placements.values("participant"), is_active=True)
    for word in words.split():
        people = people.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
        )
    return people.order_by("last_name", "first_name", "email")


def record_attendance(
    *,
    session: WorkshopSession,
    present: Collection[User],
    among: Collection[User],
    by: User,
    at: dt.datetime,
) -> Correction:
    """Write down who of those on the shown part of the register was at the session.

    Who is not in `among` keeps what was recorded before. Taking somebody off again
    stays in the register's history, and a module that is completed stays completed.

    Raises:
        SessionNotBegun: the session starts after `at`.
    """
    if at < session.starts_at:
        raise SessionNotBegun
    shown = {person.pk: person for person in among}
    wanted = {person.pk for person in present} & shown.keys()
    with transaction.atomic():
        WorkshopSession.objects.select_for_update().get(pk=session.pk)
        there = _present_ids(session, shown)
        added, removed = sorted(wanted - there), sorted(there - wanted)
        Attendance.objects.filter(session_key=session.uuid, participant__in=removed).delete()
        _add(session, added, by, at)
        if added or removed:
            data = {"added": added, "removed": removed}
            log(session, ACTION, user=by, data=data, title=str(session), timestamp=at)
    settle(added, module_key=session.workshop.translation_key, at=at)
    if added or removed:
        evidence_changed.send(sender=Attendance, participant_ids=[*added, *removed], at=at)
    return Correction(
        at,
        by,
        tuple(str(shown[person]) for person in added),
        tuple(str(shown[person]) for person in removed),
    )


def _present_ids(session: WorkshopSession, among: Iterable[int]) -> set[int]:
    return set(
        Attendance.objects.filter(
            session_key=session.uuid, participant__in=list(among)
        ).values_list("participant_id", flat=True)
    )


def _add(session: WorkshopSession, people: Iterable[int], by: User, at: dt.datetime) -> None:
    Attendance.objects.bulk_create(
        [
            Attendance(
                participant_id=person,
                module_key=session.workshop.translation_key,
                session_key=session.uuid,
                held_at=session.starts_at,
                recorded_by=by,
                recorded_at=at,
            )
            for person in people
        ],
        ignore_conflicts=True,
    )


def history(session: WorkshopSession) -> list[Correction]:
    """Return every saving of the register that changed something, the latest first."""
    entries = list(
        ModelLogEntry.objects.for_instance(session)
        .filter(action=ACTION)
        .order_by("-timestamp", "-pk")
    )
    ids = {
        person
        for entry in entries
        for person in [*entry.data["added"], *entry.data["removed"], entry.user_id]
    }
    people = User.objects.in_bulk(ids)

    def names(person_ids: Iterable[int]) -> tuple[str, ...]:
        return tuple(str(people[person]) for person in person_ids if person in people)

    return [
        Correction(
            entry.timestamp,
            people.get(entry.user_id),
            names(entry.data["added"]),
            names(entry.data["removed"]),
        )
        for entry in entries
    ]
