"""Imports a file of a module, as drafts below the catalogue.

Prints what happens to each part. The exit code is 1 if the file is refused; then nothing of
it is imported. A module that is here already stays as it is: the lines say what differs.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from interop.modules import uploads
from interop.modules.applying import SiteChangedError
from interop.modules.faults import RefusedError
from interop.modules.planning import Plan, make_plan
from interop.modules.reading import read
from interop.modules.words import OUTCOMES, PARTS, explain, explain_notes
from modules.models import CataloguePage


class Command(BaseCommand):
    help = "Imports a module from a file (.zip, see docs/sharing-modules.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file")
        parser.add_argument("--catalogue", default="", help="its address; the first one without")
        parser.add_argument("--as-copy", action="store_true", help="make a second module of it")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and do nothing"
        )
        parser.add_argument("--report", type=Path, help="write what happens as JSON, too")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        catalogue = _catalogue(options["catalogue"])
        try:
            with path.open("rb") as file:
                plan = make_plan(read(file), catalogue=catalogue, by=None)
                if plan.problems:
                    raise RefusedError(plan.problems)  # noqa: TRY301 - one end for all refusals.
                self._say(plan)
                self._report(options, plan=plan)
                if not options["dry_run"]:
                    self._import(file, path, catalogue, plan, as_copy=options["as_copy"])
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except RefusedError as error:
            self._report(options, error=error)
            raise CommandError(" ".join(explain(*one) for one in error.problems)) from error

    def _import(
        self, file: Any, path: Path, catalogue: CataloguePage, plan: Plan, *, as_copy: bool
    ) -> None:
        file.seek(0)
        try:
            module = uploads.import_at_once(
                file,
                filename=path.name,
                catalogue=catalogue,
                plan=plan,
                as_copy=as_copy,
                at=timezone.now(),
            )
        except SiteChangedError as error:
            raise CommandError("Nothing is imported: somebody else changed the site.") from error
        if module is None:
            self.stdout.write("The module is here already. Nothing is imported.")
        else:
            self.stdout.write(self.style.SUCCESS("Imported as a draft."))

    def _say(self, plan: Plan) -> None:
        for line in plan.lines:
            words = explain_notes(line.part, line.notes)
            said = f"{PARTS[line.part]}, “{line.name}”: {OUTCOMES[line.outcome]}"
            self.stdout.write(f"{said}. {words}".strip())

    def _report(
        self,
        options: dict[str, Any],
        *,
        plan: Plan | None = None,
        error: RefusedError | None = None,
    ) -> None:
        report: Path | None = options["report"]
        if report is None:
            return
        said: dict[str, Any] = {"file": options["file"].name, "dry_run": options["dry_run"]}
        said["is_here"] = bool(plan and plan.is_here)
        said["lines"] = uploads.lines_as_json(plan) if plan else []
        said["problems"] = [
            {"code": code, "reason": explain(code, detail)}
            for code, detail in (error.problems if error else ())
        ]
        report.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _catalogue(slug: str) -> CataloguePage:
    found = CataloguePage.objects.order_by("path")
    catalogue = (found.filter(slug=slug) if slug else found).first()
    if catalogue is None:
        raise CommandError("There is no such catalogue. Make one in the CMS first.")
    return catalogue
