import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from jobs.clock import run_due

PAUSE_SECONDS = 1.0


class Command(BaseCommand):
    help = (
        "Runs the regular jobs: sends e-mails, ends attempts whose time is up, publishes "
        "scheduled pages. Goes on until it is told to stop (Ctrl-C, SIGTERM); a job that has "
        "begun is finished first. Two at a time do no harm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is due now and stop")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            for name in run_due():
                self.stdout.write(name)
            return
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            close_old_connections()
            try:
                run_due()
            except DatabaseError as error:
                self.stderr.write(f"The database does not answer: {error}. Trying again.")
            stopped.wait(PAUSE_SECONDS)
