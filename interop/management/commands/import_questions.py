"""Imports a file of questions (GIFT, Moodle XML or CSV) into the question bank.

Prints what is different in a question, and why one is left out, with its line. The others
are imported together. The exit code is 1 if the file cannot be read or a question in it is
broken; a kind of question that has no place here is left out without being an error.
Running it again with the same file changes nothing.
"""

import json
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from interop.questions import formats, uploads
from interop.questions.actions import Action, Format
from interop.questions.applying import QuestionsChangedError
from interop.questions.messages import explain
from interop.questions.names import LONGEST_NAME
from interop.questions.planning import Plan, Step, make_plan
from interop.questions.problems import NOT_MAPPED
from interop.questions.records import UnreadableFileError


class Command(BaseCommand):
    help = "Imports questions from a file (GIFT, Moodle XML or CSV, see docs/question-files.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file")
        parser.add_argument("--format", choices=Format.values, help="guessed if it is not given")
        parser.add_argument(
            "--category",
            default="",
            help="the category for all questions; categories of the file come below it",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and do nothing"
        )
        parser.add_argument("--report", type=Path, help="write what happens as JSON, too")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        into = _category(options["category"])
        try:
            with path.open("rb") as file:
                chosen = options["format"] or formats.guess(file, path.name)
                plan = make_plan(file, format_name=chosen, into=into)
                self._say(plan)
                if not options["dry_run"] and plan.changes_anything:
                    self._import(path, file, chosen, into, plan)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except UnreadableFileError as error:
            self._report(options["report"], path, options["dry_run"], error=error)
            place = f"line {error.line}: " if error.line else ""
            raise CommandError(f"{place}{explain(error.fault, error.detail)}") from error
        self._report(options["report"], path, options["dry_run"], plan=plan)
        broken = sum(is_broken(step) for step in plan.steps)
        if broken:
            raise CommandError(f"{broken} could not be read: see above.")

    def _import(self, path: Path, file: BinaryIO, format_name: str, into: str, plan: Plan) -> None:
        now = timezone.now()
        file.seek(0)
        try:
            uploads.import_at_once(
                file, filename=path.name, format_name=format_name, into=into, plan=plan, at=now
            )
        except QuestionsChangedError as error:
            raise CommandError("Nothing is imported: somebody else changed questions.") from error
        self.stdout.write(self.style.SUCCESS("Imported."))

    def _say(self, plan: Plan) -> None:
        for step in plan.steps:
            if step.reasons:
                is_out = step.action == Action.LEFT_OUT
                (self.stderr if is_out else self.stdout).write(_line(step))
        counts = plan.counts
        self.stdout.write(
            f"{counts[Action.NEW]} new, {counts[Action.CHANGED]} changed, "
            f"{counts[Action.UNCHANGED]} unchanged, {counts[Action.LEFT_OUT]} left out."
        )

    def _report(
        self,
        report: Path | None,
        path: Path,
        is_dry_run: bool,
        *,
        plan: Plan | None = None,
        error: UnreadableFileError | None = None,
    ) -> None:
        if report is None:
            return
        said: dict[str, Any] = {"file": path.name, "dry_run": is_dry_run}
        said |= {
            "counts": (plan or Plan()).counts,
            "items": list(map(_item, (plan or Plan()).steps)),
        }
        if error is not None:
            words = explain(error.fault, error.detail)
            said["error"] = {"line": error.line, "code": str(error.fault), "reason": words}
        report.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def is_broken(step: Step) -> bool:
    """Whether the question is left out for what is wrong with it, and not for its kind."""
    faults = {fault for fault, _detail in step.reasons}
    return step.action == Action.LEFT_OUT and not faults & NOT_MAPPED


def _line(step: Step) -> str:
    reasons = " ".join(explain(fault, detail) for fault, detail in step.reasons)
    return f"line {step.line}, {Action(step.action).value}, “{step.name}”: {reasons}"


def _item(step: Step) -> dict[str, Any]:
    return {
        "line": step.line,
        "name": step.name,
        "kind": step.kind,
        "action": str(step.action),
        "reason": " ".join(explain(fault, detail) for fault, detail in step.reasons),
        "codes": [fault for fault, _detail in step.reasons],
    }


def _category(name: str) -> str:
    found = " ".join(name.split())
    if len(found) > LONGEST_NAME:
        raise CommandError(f"A category has a name of at most {LONGEST_NAME} characters.")
    return found
