"""The desk at scale: pages, files, rebuild and one deed, beside a control on the same machine.

    SOJOURN_DATA=build/scale .venv/bin/python benchmarks/readiness.py --placements 25000
        [--explain] [--rebuild] [--only exchange]

Works in the database of SOJOURN_DATA, or that of DATABASE_URL, which it migrates, loads
with the demo and seeds if nobody is there: give it one of its own. Figures are in
milliseconds: the median and the 95th percentile of the time that passes, and the median
of the processor's time, which other work on the machine disturbs less. The control is a
bare view that asks one joined question; the ratio to it is what can be compared between
machines and days. `--only exchange` leaves out what has another title.
"""

import argparse
import os
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "training.settings.test")
os.environ.setdefault("SOJOURN_DATA", str(ROOT / "build/scale"))
sys.path.insert(0, str(ROOT))

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchanges.models import Exchange, Placement
from home.demo.accounts import ADMINISTRATOR, person
from home.demo.seeding import seed
from readiness import declarations, states
from readiness.enums import DeclarationKind
from readiness.models import Declaration, StateRow

PEOPLE = "/admin/departures/people/"
PAGES = {
    "overview, first page": PEOPLE,
    "overview, all times": f"{PEOPLE}?window=all",
    "late, by programme": f"{PEOPLE}?deadline=late&group=programme",
    "by country, all times": f"{PEOPLE}?window=all&group=country",
    "one requirement missing": f"{PEOPLE}?missing=declaration:passport",
    "search by name": f"{PEOPLE}?q=garcia",
    "pictures": f"{PEOPLE}pictures/",
    "exchanges, first page": "/admin/departures/",
}
RUNS = 15
LARGE = 10_000
"""Rows from which on a table is not to be read from end to end for a list."""
WANTED: list[str] = []
"""Words of the titles to measure; all without one."""


def timed(deed: Callable[[], Any], *, runs: int = RUNS) -> tuple[float, float, float]:
    """Median and 95th percentile, and the processor's median, after one run to warm up."""
    deed()
    seconds, worked = [], []
    for _number in range(runs):
        started, busy = time.perf_counter(), time.process_time()
        deed()
        seconds.append(1000 * (time.perf_counter() - started))
        worked.append(1000 * (time.process_time() - busy))
    worst = sorted(seconds)[int(0.95 * (runs - 1))]
    return statistics.median(seconds), worst, statistics.median(worked)


def control() -> None:
    """One joined question, as a bare view would ask it."""
    list(Placement.objects.select_related("participant", "exchange__host", "office")[:50])


def show(title: str, deed: Callable[[], Any], *, runs: int = RUNS) -> None:
    if not all(word in title for word in WANTED):
        return
    beside, _worst, _worked = timed(control, runs=5)
    median, worst, worked = timed(deed, runs=runs)
    print(
        f"{title:<30} {median:>9.1f} ms  p95 {worst:>9.1f} ms  processor {worked:>8.1f} ms"
        f"  {median / beside:>6.1f} x control",
        flush=True,
    )


def peak() -> int:
    """The most memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def once(title: str, deed: Callable[[], Any]) -> None:
    before, started, busy = peak(), time.perf_counter(), time.process_time()
    deed()
    seconds, worked = time.perf_counter() - started, time.process_time() - busy
    print(
        f"{title:<34} {seconds:>9.1f} s   processor {worked:>8.1f} s"
        f"   memory {before} -> {peak()} MB",
        flush=True,
    )


def fill(placements: int) -> None:
    for _done in seed(placements=placements, at=timezone.now()):
        pass


def fill_rows() -> None:
    for _batch in states.rebuild(Placement.objects.all(), at=timezone.now()):
        pass


def prepare(placements: int) -> None:
    Path(os.environ["SOJOURN_DATA"]).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    if StateRow.objects.exists():
        return
    call_command("load_demo", verbosity=0)
    once(f"seeding {placements}", lambda: fill(placements))
    once("rebuild", fill_rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def read_whole(client: Client, address: str) -> int:
    response: Any = client.get(address)
    return sum(len(part) for part in response.streaming_content)


def declare_once() -> None:
    """One deed with its row, and the row read back as the list reads it."""
    taken = Declaration.objects.filter(withdrawn_at=None, kind=DeclarationKind.PASSPORT)
    row = (
        StateRow.objects.filter(is_cancelled=False)
        .exclude(placement__in=taken.values("placement"))
        .select_related("placement__participant")
        .order_by("-departs_on")[0]
    )
    started, busy = time.perf_counter(), time.process_time()
    declarations.declare(
        placement=row.placement,
        kind=DeclarationKind.PASSPORT,
        by=row.placement.participant,
        at=timezone.now(),
    )
    StateRow.objects.get(pk=row.pk)
    seconds, worked = time.perf_counter() - started, time.process_time() - busy
    DEEDS.append((1000 * seconds, 1000 * worked))


def print_files(client: Client, largest: Any) -> None:
    """The files of the largest exchange and of one person on it; the first loads the typesetter."""
    person_url = f"/admin/departures/placements/{largest.placements.first().omobility_id}/"
    for title, address in {
        "PDF of a person, the first one": person_url,
        "PDF of a person": person_url,
        f"PDF of exchange of {largest.people}": f"/admin/departures/{largest.uuid}/",
    }.items():
        if all(word in title for word in WANTED):
            once(title, lambda: size(client, f"{address}?export=pdf"))  # noqa: B023


def size(client: Client, address: str) -> None:
    content = client.get(address).content
    assert content.startswith(b"%PDF"), address
    print(f"{len(content) // 1024} KB", end=" ")


DEEDS: list[tuple[float, float]] = []


def explain(client: Client, title: str, address: str) -> None:
    """Every large table that PostgreSQL reads from end to end for this page."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    found = set()
    for question in asked.captured_queries:
        if question["sql"].startswith("SELECT"):
            found |= set(read_from_end_to_end(question["sql"]))
    print(f"EXPLAIN {title}: {sorted(found) or 'no large table is read from end to end'}")


def read_from_end_to_end(sql: str) -> list[str]:
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("SELECT relname FROM pg_class WHERE reltuples > %s", [LARGE])
        large = {name for (name,) in cursor.fetchall()}
    return [name for name in re.findall(r"Seq Scan on (\w+)", plan) if name in large]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--placements", type=int, default=25_000)
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    WANTED.extend([options.only] if options.only else [])
    print(f"database: {connection.vendor}, {options.placements} placements")
    prepare(options.placements)
    client = Client()
    client.force_login(person(ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    for title, address in PAGES.items():
        show(title, lambda: client.get(address))  # noqa: B023
    largest: Any = Exchange.objects.annotate(people=Count("placements")).order_by("-people")[0]
    show(
        f"exchange of {largest.people}",
        lambda: client.get(f"/admin/departures/{largest.uuid}/"),
        runs=9,
    )
    print_files(client, largest)
    if WANTED:
        return
    for _number in range(RUNS):
        declare_once()
    median, worked = (statistics.median(some) for some in zip(*DEEDS, strict=True))
    print(f"{'one deed until the row shows it':<34} {median:>9.1f} ms  processor {worked:>8.1f} ms")
    once("CSV of all times", lambda: read_whole(client, f"{PEOPLE}?window=all&export=csv"))
    if options.rebuild:
        once("rebuild", fill_rows)
    if options.explain:
        for title, address in PAGES.items():
            explain(client, title, address)


if __name__ == "__main__":
    main()
