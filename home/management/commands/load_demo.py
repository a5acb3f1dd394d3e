from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from home.course.ledger import wagtail_silent
from home.course.reading import ContentError
from home.demo.accounts import PASSWORD
from home.demo.accounts import lines as account_lines
from home.demo.loading import load
from home.demo.partners import line as partner_line

QUIET = 0


class Command(BaseCommand):
    help = (
        "Load the demo: Northfield University with the default course, a roster, people's training "
        "and six accounts. Safe to repeat: what is there is left alone, and named if it was "
        "edited. All or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force",
            action="store_true",
            help="Load it on a production site, too. Anybody can read the accounts' password.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.ALLOW_DEMO or options["force"]):
            raise CommandError(
                "This is a production site, and everybody knows the password of the demo's "
                "accounts. Nothing was loaded. Add --force if you mean it."
            )
        try:
            with wagtail_silent():
                ledger = load(at=timezone.now())
        except ContentError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        if options["verbosity"] == QUIET:
            return
        for name in ledger.made:
            self.stdout.write(f"made        {name}")
        for name in ledger.left_alone:
            self.stdout.write(f"left alone  {name}: differs from the demo's files")
        if not ledger.made:
            self.stdout.write("The demo was here already; nothing was changed.")
        self.stdout.write(f"\nSojourn: {settings.WAGTAILADMIN_BASE_URL}/")
        self.stdout.write("\n".join(account_lines()))
        self.stdout.write(partner_line())
        self.stdout.write(f"Password of all six: {PASSWORD}")
