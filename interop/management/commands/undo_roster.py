"""Undoes a roster import from the command line: one that is too large for the CMS.

Says first what that does, as the CMS would; with --dry-run it does nothing more. On SQLite
nobody else can save while it writes: stop the server before.
"""

import gc
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from interop.roster.models import RosterUpload
from interop.roster.undoing import CannotUndoError, UndoChangedError, can_undo, plan_undo, undo
from people.models import User


class Command(BaseCommand):
    help = "Undoes a roster import; see docs/roster-csv.md."

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
        now = timezone.now()
        if upload is None or not can_undo(upload, at=now):
            raise CommandError("There is nothing to undo, or it is too long ago.")
        plan = plan_undo(upload, actor=actor)
        for name, number in sorted(plan.figures.items()):
            self.stdout.write(f"{name.replace(':', ', ')}: {number}")
        if options["dry_run"]:
            return
        try:
            undo(upload, expected=plan.fingerprint, actor=actor, at=now)
        except (CannotUndoError, UndoChangedError) as error:
            raise CommandError("Nothing is undone: somebody else changed records.") from error
        self.stdout.write(self.style.SUCCESS("Undone."))
