"""Carries out a plan: everything or nothing, once, and only what the dry run showed."""

from dataclasses import dataclass, field

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from interop.roster.models import RosterUpload
from interop.roster.parsing import Sheet
from interop.roster.places import Places, places_of
from interop.roster.plans import Action, Plan
from interop.roster.preparing import Prepared, prepare, still_holds
from interop.roster.writing import Writer, unpacked
from people import roles
from people.models import User


class RosterHasErrorsError(Exception):
    """The file has rows that cannot be imported, and nobody asked for the good ones only."""


class RosterChangedError(Exception):
    """What is recorded has changed since the dry run. `plan` is what it would be now."""

    def __init__(self, plan: Plan | None = None) -> None:
        super().__init__("The records have changed since the dry run.")
        self.plan = plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import has done; `new_people` are the keys of the accounts that it made."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    people: int = 0
    partners: int = 0
    exchanges: int = 0
    exchanges_moved: int = 0
    new_people: tuple[int, ...] = field(default=(), compare=False)


def apply(
    sheet: Sheet,
    *,
    expected: str,
    actor: User | None,
    good_rows_only: bool = False,
    upload: RosterUpload | None = None,
) -> Outcome:
    """Import a sheet and return what was done: `ready`, then `carry_out`.

    Args:
        sheet: the parsed file.
        expected: fingerprint of the plan that was shown. The plan is made again here and must
            be the same.
        actor: whose offices count; None for all of them.
        good_rows_only: import the good rows of a file that has bad ones.
        upload: keeps the traces by which the import can be undone.

    Raises:
        RosterHasErrorsError: the file has errors; nothing is imported.
        RosterChangedError: something has changed since; nothing is imported.
    """
    script = ready(
        sheet, expected=expected, actor=actor, good_rows_only=good_rows_only, upload=upload
    )
    return carry_out(script, upload=upload)


@dataclass(frozen=True, slots=True)
class Script:
    """An import made ready: what is left is to see whether it still holds, and to write it."""

    prepared: Prepared
    places: Places
    parts: list[bytes]
    new_people: list[int]


def ready(
    sheet: Sheet,
    *,
    expected: str,
    actor: User | None,
    good_rows_only: bool = False,
    upload: RosterUpload | None = None,
) -> Script:
    """Plan an import again, as `apply` says, outside of any transaction: nobody has to wait."""
    prepared = prepare(sheet, actor=actor)
    plan = prepared.plan
    if plan.fingerprint != expected:
        raise RosterChangedError(plan)
    if not plan.is_readable or (plan.has_errors and not good_rows_only):
        raise RosterHasErrorsError
    places = places_of(plan)
    writer = Writer(prepared, places, upload)
    return Script(prepared, places, list(writer.scripts()), writer.new_people)


def carry_out(script: Script, *, upload: RosterUpload | None = None) -> Outcome:
    """Write what was made ready, in one transaction, if all that it was planned upon still holds.

    Raises:
        RosterChangedError: something has changed since; nothing is imported.
    """
    try:
        with transaction.atomic():
            wait_for_other_imports()
            if not still_holds(script.prepared, unpacked(script.parts)):
                raise RosterChangedError
            script.places.write(upload)
            for part in unpacked(script.parts):
                part.write()
    except IntegrityError as error:
        raise RosterChangedError from error
    return _outcome(script)


def wait_for_other_imports() -> None:
    """Imports and undoings queue for this row: each plans on what the one before has left."""
    Group.objects.select_for_update(no_key=True).get(name=roles.PARTICIPANTS)


def _outcome(script: Script) -> Outcome:
    plan = script.prepared.plan
    return Outcome(
        created=plan.counts[Action.CREATE],
        updated=plan.counts[Action.UPDATE],
        unchanged=plan.counts[Action.UNCHANGED],
        refused=plan.counts[Action.REFUSE],
        people=len(script.new_people),
        partners=len(script.places.partners),
        exchanges=len(script.places.made),
        exchanges_moved=len(script.places.moved),
        new_people=tuple(script.new_people),
    )
