"""Exports questions of the bank as GIFT, Moodle XML or CSV.

Names what the format cannot hold on the error stream; the exit code stays 0.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from interop.questions.actions import Format
from interop.questions.exporting import Export, in_category
from interop.questions.messages import explain


class Command(BaseCommand):
    help = "Exports questions to a file (GIFT, Moodle XML or CSV, see docs/question-files.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=Format.values, required=True)
        parser.add_argument(
            "--category", default="", help="this category and those below it; all without it"
        )
        parser.add_argument("--output", type=Path, help="the file; the standard output without it")

    def handle(self, *args: Any, **options: Any) -> None:
        name = " ".join(options["category"].split())
        questions = in_category(name)
        if name and not questions.exists():
            raise CommandError(f"There is no question in the category “{name}”.")
        export = Export(questions, options["format"])
        path: Path | None = options["output"]
        if path is None:
            for piece in export.pieces():
                self.stdout.write(piece, ending="")
        else:
            self._write(export, path)
        for left in export.not_held:
            reason = explain(left.fault, left.detail)
            self.stderr.write(f"left out, {left.kind}, “{left.name}”: {reason}")
        self.stderr.write(f"{export.written} written, {len(export.not_held)} left out.")

    def _write(self, export: Export, path: Path) -> None:
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(export.pieces())
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
