"""Marks all stored attempts again and says whether any score differs. Changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from quizzes.models import Attempt
from quizzes.remarking import differences

SHOWN = 20


class Command(BaseCommand):
    help = "Mark all finished attempts again and say whether any score differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiz", help="the uuid of one quiz; without it, all quizzes")

    def handle(self, *args: Any, **options: Any) -> None:
        attempts = Attempt.objects.finished()
        if options["quiz"]:
            attempts = attempts.filter(quiz__uuid=options["quiz"])
        marked, differing = 0, 0
        for number, found in differences(attempts):
            marked += number
            for one in found[: max(SHOWN - differing, 0)]:
                self.stdout.write(f"attempt {one.attempt_id}: {one.stored} is now {one.again}")
            differing += len(found)
        if differing:
            raise CommandError(f"{differing} of {marked} attempts have different marks now.")
        self.stdout.write(f"{marked} attempts marked again: every score is the same.")
