"""The sample roster, moved to the day of loading, through the roster import itself."""

import csv
import datetime as dt
import io
import re
from pathlib import Path

from django.conf import settings

from exchanges.models import Placement
from home.course.ledger import Ledger
from home.course.reading import ContentError
from interop.roster.applying import apply
from interop.roster.dry_run import plan_sheet
from interop.roster.parsing import parse

WRITTEN_FOR = dt.date(2026, 11, 23)
DATES = ("start_date", "end_date", "leaves_home_on")
LABELS = ("receiving_academic_year", "sending_academic_term")
YEAR = re.compile(r"[0-9]{4}")
DAYS_A_YEAR = 365.25


def sample() -> Path:
    return Path(settings.BASE_DIR) / "docs" / "samples" / "roster.csv"


def load_roster(ledger: Ledger, *, today: dt.date) -> None:
    """Import the sample roster once: a site that has placements keeps its own.

    Raises:
        ContentError: the sample cannot be imported as it is.
    """
    if Placement.objects.exists():
        return
    sheet = parse(moved(sample().read_text(encoding="utf-8"), today=today).encode())
    plan = plan_sheet(sheet, actor=None)
    if plan.has_errors:
        raise ContentError(f"{sample().name}: {plan.problems or 'rows with errors'}")
    outcome = apply(sheet, expected=plan.fingerprint, actor=None)
    ledger.made.append(f"{outcome.created} placements of {outcome.people} new people")


def moved(text: str, *, today: dt.date) -> str:
    """Return the roster as it would look if it had been written for today.

    Dates move by whole weeks, so that stays still begin on the same weekday;
    academic years and terms move by whole years.
    """
    days = (today - WRITTEN_FOR).days // 7 * 7
    years = round(days / DAYS_A_YEAR)
    rows = csv.DictReader(io.StringIO(text))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows.fieldnames or [], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        for name in DATES:
            if row[name]:
                day = dt.date.fromisoformat(row[name]) + dt.timedelta(days=days)
                row[name] = day.isoformat()
        for name in LABELS:
            row[name] = YEAR.sub(lambda year: str(int(year[0]) + years), row[name])
        writer.writerow(row)
    return out.getvalue()
