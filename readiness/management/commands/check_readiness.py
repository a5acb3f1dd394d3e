import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from readiness import checking


class Command(BaseCommand):
    """Compares rows of the desk's lists with the facts; exits with 1 where they differ."""

    help = "Compare the rows of the coordinators' lists with the facts, and report what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sample", type=int, metavar="N", help="that many, chosen at random; without it, all"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        compared, found = checking.check(at=timezone.now(), sample=options["sample"])
        for drift in found:
            self.stdout.write(f"placement {drift.placement_id}: {', '.join(drift.fields)}")
        self.stdout.write(f"{compared} compared, {len(found)} differ.")
        if found:
            self.stderr.write("Run manage.py rebuild_readiness, and report it: a deed forgot them.")
            sys.exit(1)
