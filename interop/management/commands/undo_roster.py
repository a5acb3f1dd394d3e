"""Undoes a roster import from the command line: one that is too large for the CMS.

Says first what that does, as the CMS would; with --dry-run it does nothing more. Others save
while it works. If it is killed, what was taken back stays so: run it again, and it goes on.
"""

import gc
import time
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from interop.roster.models import RosterUpload
from interop.roster.undo_planning import plan_undo
from interop.roster.undoing import (
    STEPS,
    CannotUndoError,
    UndoChangedError,
    begin,
    can_undo,
    left,
    step,
)
from people.models import User
from readiness import states

PAUSE_SECONDS = 0.1
"""Between two transactions: whoever waits on SQLite asks again that often."""


class Command(BaseCommand):
    help = "Undoes a roster import, or goes on undoing it; see docs/roster-csv.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("import", type=UUID, help="the end of its address in the CMS")
        parser.add_argument("--by", required=True, help="e-mail address of who undoes it")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and do nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        gc.freeze()  # or garbage is looked for among all of Django, again and again.
        actor = User.objects.filter(email=options["by"].lower(), is_active=True).first()
        if actor is None:
            raise CommandError("Nobody has this e-mail address.")
        found = RosterUpload.objects.visible_to(actor).defer("content")
        upload = found.filter(uuid=options["import"]).first()
        if upload is not None and upload.is_being_undone:
            self.stdout.write("This import is being undone already: going on with it.")
        elif upload is None or not can_undo(upload, at=timezone.now()):
            raise CommandError("There is nothing to undo, or it is too long ago.")
        else:
            self._begin(upload, actor, is_dry=options["dry_run"])
        if options["dry_run"]:
            self.stdout.write(f"{left(upload)} records would have their turn.")
            return
        try:
            self._go_on(upload)
        except DatabaseError as error:
            raise CommandError(f"Not finished: {error}. Run it again: it goes on.") from error
        self.stdout.write(self.style.SUCCESS("Undone."))

    def _begin(self, upload: RosterUpload, actor: User, *, is_dry: bool) -> None:
        plan = plan_undo(upload, actor=actor)
        self._say(plan.figures)
        if is_dry:
            return
        try:
            begin(upload, expected=plan.fingerprint, actor=actor, at=timezone.now(), plan=plan)
        except (CannotUndoError, UndoChangedError) as error:
            raise CommandError("Nothing is undone: somebody else changed records.") from error

    def _go_on(self, upload: RosterUpload) -> None:
        waiting = left(upload)
        taken = 0
        while step(upload.pk, at=timezone.now()):
            taken += 1
            if not taken % STEPS:
                self.stdout.write(f"{left(upload)} of {waiting} left")
            time.sleep(PAUSE_SECONDS)
        states.keep(at=timezone.now())
        upload.refresh_from_db(fields=["undone"])
        self._say(upload.undone)

    def _say(self, figures: dict[str, int]) -> None:
        for name, number in sorted(figures.items()):
            self.stdout.write(f"{name.replace(':', ', ')}: {number}")
