"""Exports a published module as one file, with its texts, files and quizzes.

The file holds the right answers of its quizzes: keep it from participants.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from interop.modules import exporting
from interop.modules.faults import RefusedError
from interop.modules.words import explain, explain_left_out
from modules.models import ModulePage


class Command(BaseCommand):
    help = "Exports a published module to a file (.zip, see docs/sharing-modules.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the last part of the module's address")
        parser.add_argument("file", type=Path, help="the file to write")
        parser.add_argument("--language", default="", help="such as es, where there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        module = _module(options["slug"], options["language"])
        path: Path = options["file"]
        try:
            found = exporting.described(module)
            with path.open("wb") as file:
                exporting.write(found, file)
        except RefusedError as error:
            path.unlink(missing_ok=True)
            raise CommandError(" ".join(explain(*one) for one in error.problems)) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        for line in found.file.left_out:
            self.stderr.write(f"left out, {line.where}: {explain_left_out(line.what)}")
        self.stdout.write(self.style.SUCCESS(f"“{module.title}” is in {path}."))


def _module(slug: str, language: str) -> ModulePage:
    found = ModulePage.objects.filter(slug=slug).order_by("path")
    if language:
        found = found.filter(locale__language_code=language)
    modules = list(found[:2])
    if not modules:
        raise CommandError(f"There is no module with the address “{slug}”.")
    if len(modules) > 1:
        raise CommandError(f"Several modules have the address “{slug}”: name the --language.")
    module: ModulePage = modules[0].specific
    return module
