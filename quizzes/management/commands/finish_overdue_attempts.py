from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from quizzes.overdue import finish_overdue


class Command(BaseCommand):
    help = "Close the attempts whose time is over, for cron where run_jobs does not run."

    def handle(self, *args: Any, **options: Any) -> None:
        done = finish_overdue(at=timezone.now())
        words = ngettext("%(count)s attempt settled.", "%(count)s attempts settled.", done)
        self.stdout.write(words % {"count": done})
