"""Measures a large file of questions, in and out: time and peak memory; asserts nothing.

    SOJOURN_DATA=/some/empty/folder python -m benchmarks.question_files --questions 10000

Works on an empty database of its own, which it migrates: never on real data. Peak memory
is that of the whole process, Django and all.
"""

import argparse
import datetime as dt
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from typing import BinaryIO

AT = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
KINDS = (
    "{{=right {n}#Yes. ~%50%nearly {n} ~wrong {n}#No.}}",
    "{{~%50%first {n} ~%50%second {n} ~%-100%third {n}}}",
    "{{TRUE#No.#Yes.}}",
    "{{=bow {n} -> greeting =gift {n} -> thanks =wave {n} -> farewell}}",
    "{{=answer {n} =%50%half {n}#Nearly.}}",
    "{{#{n}:0.5#Right.}}",
    "{{}}",
)
WORDS = "At a dinner with your hosts somebody is silent for a long while. What may it mean? " * 4


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=10_000)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "training.settings.test")

    import django  # noqa: PLC0415  settings come first.

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    say("started", time.perf_counter())
    measure(asked.questions)


def measure(number: int) -> None:
    with tempfile.TemporaryFile() as file:
        for piece in pieces(number):
            file.write(piece.encode())
        print(f"{file.tell() / 1_000_000:.1f} MB of GIFT")
        bring_in(file, "gift")
        bring_in(file, "gift")
    for format_name in ("gift", "moodle-xml"):
        with tempfile.TemporaryFile() as file:
            take_out(file, format_name)
            bring_in(file, format_name)


def pieces(number: int) -> Iterator[str]:
    for n in range(number):
        kind = KINDS[n % len(KINDS)].format(n=n)
        yield f"// [id:q{n}] [tag:measured]\n::Question {n}::{WORDS}{n} {kind}\n\n"


def bring_in(file: BinaryIO, format_name: str) -> None:
    from interop.questions.applying import apply  # noqa: PLC0415
    from interop.questions.planning import make_plan  # noqa: PLC0415

    started = time.perf_counter()
    file.seek(0)
    plan = make_plan(file, format_name=format_name, into="")
    say(f"{format_name}, dry run {plan.counts}", started)
    if plan.changes_anything:
        started = time.perf_counter()
        file.seek(0)
        apply(
            file,
            format_name=format_name,
            into="",
            expected=plan.fingerprint,
            by=None,
            at=AT,
        )
        say(f"{format_name}, import", started)


def take_out(file: BinaryIO, format_name: str) -> None:
    from interop.questions.exporting import Export, in_category  # noqa: PLC0415

    started = time.perf_counter()
    export = Export(in_category(""), format_name)
    file.writelines(piece.encode() for piece in export.pieces())
    say(f"{format_name}, export of {export.written}, {file.tell() / 1_000_000:.1f} MB", started)


def say(what: str, started: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {time.perf_counter() - started:.1f} s, peak {peak:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
