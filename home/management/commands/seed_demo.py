import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exchanges.models import Placement
from home.course.reading import ContentError
from home.demo.seeding import seed
from readiness import states


class Command(BaseCommand):
    help = (
        "Add many made-up placements to the demo, with what their people have done, to try and "
        "measure the coordinators' lists with. The same number makes the same people."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--placements", type=int, required=True, metavar="N")
        parser.add_argument(
            "--without-rows", action="store_true", help="leave the rows to rebuild_readiness"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.ALLOW_DEMO:
            raise CommandError("This is a production site. Nothing was added.")
        started = time.monotonic()
        try:
            for done in seed(placements=options["placements"], at=timezone.now()):
                self.stdout.write(f"{done} placements, {time.monotonic() - started:.1f} s")
        except ContentError as error:
            raise CommandError(str(error)) from error
        if not options["without_rows"]:
            for _last, _size in states.rebuild(Placement.objects.all(), at=timezone.now()):
                pass
            self.stdout.write(f"rows made, {time.monotonic() - started:.1f} s")
