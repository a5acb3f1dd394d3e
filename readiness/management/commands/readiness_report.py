import datetime as dt
import json
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exchanges.models import Exchange
from readiness import exports, report
from readiness.dates import FutureDateError, end_of_past_day


class Command(BaseCommand):
    """Prints who of an exchange is ready, who is not, and why."""

    help = "Print the readiness report of an exchange as CSV or JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("exchange", metavar="EXCHANGE", help="the exchange's code or UUID")
        parser.add_argument("--format", choices=["csv", "json"], default="csv")
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            help="as it stood at the end of this day (YYYY-MM-DD); without it, now",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = report.build(
            _exchange(options["exchange"]), as_of=_moment(options["as_of"], timezone.now())
        )
        if options["format"] == "json":
            self.stdout.write(json.dumps(exports.to_json(found), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(exports.to_csv(found), ending="")


def _exchange(name: str) -> Exchange:
    found = Exchange.objects.filter(code=name).first()
    if found is None and _is_uuid(name):
        found = Exchange.objects.filter(uuid=name).first()
    if found is None:
        raise CommandError(
            f"There is no exchange with the code or UUID “{name}”. The CMS lists the codes "
            "under Exchanges."
        )
    return found


def _is_uuid(name: str) -> bool:
    try:
        uuid.UUID(name)
    except ValueError:
        return False
    return True


def _moment(day: str | None, now: dt.datetime) -> dt.datetime:
    if day is None:
        return now
    try:
        return end_of_past_day(
            dt.date.fromisoformat(day), now=now, time_zone=timezone.get_current_timezone()
        )
    except FutureDateError:
        raise CommandError(f"{day} is in the future: nobody knows yet how it will stand.") from None
    except ValueError:
        raise CommandError(f"“{day}” is not a date. Write it as 2027-03-01.") from None
