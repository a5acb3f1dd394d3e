from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from home.course.ledger import wagtail_silent
from home.course.loading import load
from home.course.reading import ContentError
from people.models import User

QUIET = 0


class Command(BaseCommand):
    help = (
        "Load the default course: its modules, lessons and quizzes, published. Safe to repeat: "
        "what is there is left alone, and named if it was edited. All or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--author", metavar="EMAIL", help="who owns what is made")

    def handle(self, *args: Any, **options: Any) -> None:
        author = self._author(options["author"]) if options["author"] else None
        try:
            with wagtail_silent():
                ledger = load(author=author, at=timezone.now())
        except ContentError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        if options["verbosity"] == QUIET:
            return
        for name in ledger.made:
            self.stdout.write(f"made        {name}")
        for name in ledger.left_alone:
            self.stdout.write(f"left alone  {name}: differs from the course's files")
        if not ledger.has_changed_something:
            self.stdout.write("The course was here already; nothing was changed.")

    def _author(self, email: str) -> User:
        author = User.objects.filter(email__iexact=email, is_active=True).first()
        if author is None:
            raise CommandError(f"Nothing was loaded. There is no account {email}.")
        return author
