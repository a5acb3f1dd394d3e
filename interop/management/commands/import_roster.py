"""Imports a roster file from the command line, for every office.

Prints every error with its row and column. With one error nothing is imported and the
exit code is 1, unless --good-rows-only asks for the rest. Running it again with the same
file changes nothing.
"""

import gc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from interop.roster import uploads
from interop.roster.applying import RosterChangedError
from interop.roster.dry_run import DryRun
from interop.roster.messages import explain
from interop.roster.mobilities import Defaults
from interop.roster.parsing import Limits, Sheet
from interop.roster.plans import Action, Plan
from interop.roster.problems import Problem
from interop.roster.sheets import sheet_of

LIMITS = Limits(rows=100_000, megabytes=50)
"""Of a CSV file. The command has a process of its own; in the CMS less must do."""


class Command(BaseCommand):
    help = "Imports a roster (CSV) or mobilities (EWP XML); see docs/roster-csv.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV or XML file")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and do nothing"
        )
        parser.add_argument(
            "--good-rows-only", action="store_true", help="import the rows without errors"
        )
        parser.add_argument("--programme", default="", help="code, for mobilities in XML")
        parser.add_argument("--office", default="", help="code, for mobilities that name none")

    def handle(self, *args: Any, **options: Any) -> None:
        gc.freeze()  # or garbage is looked for among all of Django, again and again.
        path: Path = options["file"]
        content = self._content(path)
        defaults = Defaults(programme=options["programme"], sending_ounit=options["office"])
        sheet = sheet_of(content, defaults=defaults, limits=LIMITS)
        plan = self._plan(sheet)
        self._say(plan)
        is_refused = not plan.is_readable or (plan.has_errors and not options["good_rows_only"])
        if not options["dry_run"] and not is_refused:
            self._import(path, sheet, plan, good_rows_only=options["good_rows_only"])
        if is_refused:
            raise CommandError("Nothing is imported: correct the errors above.")

    def _plan(self, sheet: Sheet) -> Plan:
        """Name every problem as it is found; what it takes to find them is forgotten with it."""
        run = DryRun(sheet, actor=None)
        self._name(sheet.remarks)
        for part in run.parts():
            self._name(problem for row in part.rows for problem in row.problems)
        return run.plan()

    def _content(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(LIMITS.megabytes * 1024 * 1024 + 1)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error

    def _import(self, path: Path, sheet: Sheet, plan: Plan, *, good_rows_only: bool) -> None:
        """The file is at hand: the database does not keep it, not even for so long."""
        now = timezone.now()
        upload = uploads.keep(filename=path.name, content=b"", by=None, at=now)
        try:
            uploads.confirm(
                upload,
                expected=plan.fingerprint,
                at=now,
                good_rows_only=good_rows_only,
                sheet=sheet,
            )
        except RosterChangedError as error:
            upload.delete()
            raise CommandError("Nothing is imported: somebody else changed records.") from error
        self.stdout.write(self.style.SUCCESS("Imported."))

    def _name(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            (self.stdout if problem.is_remark else self.stderr).write(self._line(problem))

    def _line(self, problem: Problem) -> str:
        message = explain(problem)
        place = ", ".join(
            part
            for part in (
                f"row {message.row}" if message.row else "file",
                message.column,
                f"“{message.value}”" if message.value else "",
            )
            if part
        )
        return f"{place}: {message.reason} {message.cure}"

    def _say(self, plan: Plan) -> None:
        counts = plan.counts
        self.stdout.write(
            f"{counts[Action.CREATE]} new, {counts[Action.UPDATE]} changed, "
            f"{counts[Action.UNCHANGED]} unchanged, {counts[Action.REFUSE]} with errors; "
            f"{plan.new_people_count} new people, {len(plan.new_partners)} new partners, "
            f"{len(plan.new_exchanges)} new exchanges, {len(plan.moved_exchanges)} moved."
        )
