"""Bring translations, database, demo and static files up to date; at once when they are.

    .venv/bin/python scripts/prepare.py [--static] [--always]

What was prepared is remembered beside the data, by a fingerprint of the source,
the lock files and the database's address. `SOJOURN_DEMO=no` leaves the demo
institution out.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("SOJOURN_DATA") or ROOT / "var").resolve()
NOT_SOURCE = {"tests", "templates", "docs", "benchmarks", "locale", "scripts", "var", "build"}


def sources() -> list[Path]:
    """Every file of the rooms and of static/, in a fixed order."""
    folders = [
        folder
        for folder in ROOT.iterdir()
        if folder.is_dir() and folder.name not in NOT_SOURCE and not folder.name.startswith(".")
    ]
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    )


def fingerprint() -> str:
    digest = hashlib.sha256()
    for setting in ("DATABASE_URL", "SOJOURN_DEMO"):
        digest.update(f"{setting}={os.environ.get(setting, '')}\n".encode())
    for path in [*sources(), ROOT / "requirements" / "prod.txt"]:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_prepared(stamp: Path, wanted: str) -> bool:
    database_is_there = os.environ.get("DATABASE_URL") or (DATA / "sojourn.sqlite3").exists()
    return bool(database_is_there) and stamp.exists() and stamp.read_text() == wanted


def prepare_database() -> None:
    """Migrate and load the demo in this process: starting Django once saves seconds."""
    import django  # noqa: PLC0415  nothing of Django before it is needed.
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    if os.environ.get("SOJOURN_DEMO", "yes") != "no":
        call_command("load_demo", verbosity=0)


def prepare(*, static: bool, always: bool) -> None:
    stamp = DATA / ("prepared" if static else "prepared-without-static")
    wanted = fingerprint()
    if is_prepared(stamp, wanted) and not always:
        return
    print("Preparing the database, the demo and the static files ...", flush=True)
    DATA.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    collecting = None
    if static:
        command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--clear", "-v0"]
        collecting = subprocess.Popen(command, cwd=ROOT)
    prepare_database()
    if collecting is not None and collecting.wait() != 0:
        sys.exit("The static files could not be collected: see above.")
    stamp.write_text(wanted)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--static", action="store_true")
    parser.add_argument("--always", action="store_true")
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "training.settings.embedded")
    from scripts import messages  # found by the line above; it finds nothing of Django's settings.

    messages.compile_all()
    prepare(static=arguments.static, always=arguments.always)
