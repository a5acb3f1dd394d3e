"""A large roster: dry run, import, the same again, undo, and what others wait for meanwhile.

    SOJOURN_DATA=build/bench-roster .venv/bin/python -m benchmarks.roster [--rows 100000]

The file is the same each time: CSV with semicolons, CRLF and a byte order mark. In the first
of two, one row in twenty is bad: dates, codes, twins, broken UTF-8, NUL, a cell of 1 MB. Each
step runs in a process of its own; its peak memory is all of that process, Django included.

While steps run, one person saves answers and another opens a page over real HTTP, as in
`benchmarks.quizzes`; the control is the same beside a process that only keeps a processor
busy. Asserts nothing. Works in the database of SOJOURN_DATA, or that of DATABASE_URL, which
it migrates and fills: give it one of its own, new each time.
"""

import argparse
import gc
import io
import itertools
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from benchmarks.quizzes import OK, ROOT, Browser, Setting, prepare, server  # sets Django up.
from exchanges.models import Institution, Office, Placement, Programme
from interop.management.commands.import_roster import LIMITS
from interop.roster.dry_run import plan_sheet
from interop.roster.models import RosterUpload
from interop.roster.sheets import sheet_of
from people.models import User

HEADER = (
    "participant_kind;given_names;family_name;email;global_id;sending_ounit;programme;receiving_hei;"
    "receiving_hei_name;receiving_country;receiving_academic_year;sending_academic_term;"
    "start_date;end_date;status;eqf_level;isced_f_code;languages"
)
HOSTS, PROGRAMMES, OFFICES = 200, 5, 4
COUNTRIES = ("SE", "PL", "IT", "AT", "FI")
STAYS = (
    ("2026/2027", "2026/2027-1/2", "2026-08-31", "2027-01-15"),
    ("2026/2027", "2026/2027-2/2", "2027-01-18", "2027-06-06"),
)
ONE_IN = 20
KINDS_OF_BAD = 6
HUGE_EVERY = 20_000
# Each save is newer than the one before, from the same page.
TURNS, PAGE = itertools.count(), uuid.uuid4()
STEPS = ("bad", "good", "import", "again", "undo")


def lines(rows: int, *, with_bad: bool) -> Iterator[bytes]:
    """Yield the file line by line, the same one each time."""
    yield b"\xef\xbb\xbf" + HEADER.encode() + b"\r\n"
    for number in range(rows):
        line = _line(number)
        if with_bad and number % ONE_IN == ONE_IN - 1:
            line = _spoilt(line, number)
        yield line + b"\r\n"


def _line(number: int) -> bytes:
    year, term, start, end = STAYS[number % len(STAYS)]
    host = number % HOSTS
    cells = (
        "student", f"Zoë {number}", f"Müller {number}", f"person{number}@home.example",
        f"urn:schac:esi:{number}", f"office-{number % OFFICES}",
        f"programme-{number % PROGRAMMES}", f"host{host}.example",
        f"Högskola {host}", COUNTRIES[host % len(COUNTRIES)], year, term, start, end,
        "nomination", "6", "0311", "en:C1;sv:B1" if number % 3 else "",
    )  # fmt: skip
    return ";".join(f'"{cell}"' if ";" in cell else cell for cell in cells).encode()


def _spoilt(line: bytes, number: int) -> bytes:
    place = number // ONE_IN
    if place % HUGE_EVERY == HUGE_EVERY // 50:
        return line.replace(b"Zo", b"Z" + b"o" * 1_000_000)
    kind = place % KINDS_OF_BAD
    if kind == 0:
        return line.replace(b";2027-", b";2027-99-", 1)
    if kind == 1:
        return line.replace(b";programme-", b";no-programme-")
    if kind == 2:
        return line.replace(b";office-", b";no-office-")
    if kind == 3:
        return _line(number - 1)  # a twin of the row before it.
    broken = b"\xff" if kind == 4 else b"\x00"
    return line.replace(b"ller ", b"l" + broken + b"er ")


def fill() -> Setting:
    """An institution with offices and programmes, and people at a quiz."""
    setting = prepare()
    home = Institution.objects.create(
        name="Northfield", hei_id="northfield.example", country="ES", time_zone="Europe/Madrid",
        is_home=True,
    )  # fmt: skip
    for number in range(OFFICES):
        Office.add_root(
            code=f"office-{number}", name=f"Office {number}", institution=home,
            time_zone="Europe/Madrid",
        )  # fmt: skip
    for number in range(PROGRAMMES):
        Programme.objects.create(code=f"programme-{number}", name=f"Programme {number}")
    User.objects.create_superuser("chief@home.example", "measured")
    return setting


def run(step: str, file: Path) -> None:
    """One step in this process, with its time and its peak of memory."""
    gc.freeze()  # as the command does.
    began, at_first = time.perf_counter(), memory()
    said = {"undo": _undo, "import": lambda: _import(file)}.get(step, lambda: _plan(file))()
    took = time.perf_counter() - began
    print(
        f"{step}: {took:.1f} s, {at_first} MB at first, {memory()} MB at most: {said}", flush=True
    )


def memory() -> int:
    """The most that this process has used so far, in MB, as Linux counts it."""
    lines_of_status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (peak,) = (line.split()[1] for line in lines_of_status if line.startswith("VmHWM"))
    return int(peak) // 1024


def _plan(file: Path) -> str:
    plan = plan_sheet(sheet_of(file.read_bytes(), limits=LIMITS), actor=None)
    counts = {str(action): number for action, number in plan.counts.items()}
    return f"{counts}, {plan.error_count} errors"


def _import(file: Path) -> str:
    said = io.StringIO()
    call_command("import_roster", file, stdout=said)
    return said.getvalue().replace("\n", " ")


def _undo() -> str:
    upload = RosterUpload.objects.get(applied_at__isnull=False)
    call_command("undo_roster", str(upload.uuid), by="chief@home.example", stdout=io.StringIO())
    upload.refresh_from_db(fields=["undone"])
    return f"{upload.undone}, {Placement.objects.count()} placements left"


class Others:
    """Somebody who saves and somebody who opens a page, one request after the other."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.times: dict[str, list[float]] = {"save": [], "page": []}
        self.is_over, self.failed = threading.Event(), 0

    def __enter__(self) -> "Others":
        self.threads = [threading.Thread(target=self.work, args=[deed]) for deed in self.times]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def work(self, deed: str) -> None:
        sitter, browser = self.setting.sitters[deed == "page"], Browser()
        for turn in TURNS:
            if self.is_over.wait(0.05):
                return
            began = time.perf_counter()
            try:
                if deed == "save":
                    item = self.setting.items[turn % len(self.setting.items)]
                    browser.save(sitter, str(sitter.attempt), item, turn, PAGE)
                else:
                    path = reverse("quizzes:question", args=[sitter.attempt, 1])
                    browser.ask("GET", path, sitter, wanted=OK)
            except RuntimeError as error:
                self.failed += 1
                if self.failed == 1:
                    print(f"  {deed} failed: {str(error)[:300]}", flush=True)
                browser = Browser()
            self.times[deed].append(time.perf_counter() - began)

    def say(self) -> None:
        for deed, times in self.times.items():
            ordered = sorted(times)
            median, p99 = ordered[len(ordered) // 2], ordered[int(0.99 * (len(ordered) - 1))]
            print(
                f"  {deed}: median {1000 * median:.0f} ms, p99 {1000 * p99:.0f} ms, longest"
                f" {1000 * ordered[-1]:.0f} ms, over 1 s {sum(one > 1 for one in times)} of"
                f" {len(times)}",
                flush=True,
            )
        print(f"  failed: {self.failed}", flush=True)


def beside(setting: Setting, *command: str) -> None:
    """Run the command in a process of its own while others work."""
    with Others(setting) as others:
        subprocess.run([sys.executable, *command], cwd=ROOT, check=False)  # noqa: S603  our own.
    others.say()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--steps", nargs="*", choices=STEPS, default=STEPS)
    parser.add_argument("--step", choices=STEPS, help="for the processes that this one starts")
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args()
    if asked.step:
        run(asked.step, asked.file)
        return
    setting = fill()
    folder = Path(settings.DATA_DIR)
    for name in ("bad", "good"):
        with (folder / f"{name}.csv").open("wb") as file:
            file.writelines(lines(asked.rows, with_bad=name == "bad"))
            print(f"{name}.csv: {asked.rows} rows, {file.tell() / 1e6:.1f} MB")
    print(f"database: {connection.vendor}")
    connection.close()
    with server("training.wsgi:application"):
        print("control", flush=True)
        spin = "import time; until = time.time() + 10\nwhile time.time() < until: pass"
        beside(setting, "-c", spin)
        for step in asked.steps:
            file_of = folder / ("bad.csv" if step == "bad" else "good.csv")
            command = ("-m", "benchmarks.roster", "--step", step, "--file", str(file_of))
            beside(setting, *command)


if __name__ == "__main__":
    main()
