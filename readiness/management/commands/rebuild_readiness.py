import resource
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exchanges.models import Office, Placement
from exchanges.models.placements import PlacementQuerySet
from readiness import states


class Command(BaseCommand):
    """Makes the rows anew that the desk's lists read, for everybody or for some offices."""

    help = (
        "Make the rows of the coordinators' lists anew from the facts. Safe at any time; "
        "interrupted, it goes on with --resume."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--office", metavar="CODE", help="this office and those below it")
        parser.add_argument(
            "--resume", action="store_true", help="go on after the last batch that was written"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        placements = _placements(options["office"])
        mark = Path(settings.DATA_DIR) / f"rebuild-readiness-{options['office'] or 'all'}"
        after = int(mark.read_text(encoding="ascii")) if options["resume"] and mark.exists() else 0
        total = placements.filter(pk__gt=after).count()
        started, done = time.monotonic(), 0
        for last, size in states.rebuild(placements, at=timezone.now(), after=after):
            mark.write_text(str(last), encoding="ascii")
            done += size
            self.stdout.write(f"{done} of {total}, {time.monotonic() - started:.1f} s")
        mark.unlink(missing_ok=True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.stdout.write(
            f"{done} rows in {time.monotonic() - started:.1f} s; at most {peak} MB of memory."
        )


def _placements(code: str | None) -> PlacementQuerySet:
    if code is None:
        return Placement.objects.all()
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise CommandError(f"There is no office with the code “{code}”.")
    return Placement.objects.filter(office__path__startswith=office.path)
