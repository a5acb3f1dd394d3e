"""Bring .venv up to date with the lock files; at once when it already is.

    python3 scripts/environment.py prod|dev

Standard library only: this runs before anything is installed. Packages come
through pip's and uv's own configuration, pinned and checked against the hashes
of `requirements/*.txt`. uv is installed for its speed; where it cannot be had,
pip does the same, more slowly.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "sojourn.json"
OLDEST = (3, 11)


def lock_file(level: str) -> Path:
    return ROOT / "requirements" / f"{level}.txt"


def fingerprint(level: str) -> dict[str, str]:
    """What the environment is made of: its level, its locks and its Python."""
    locks = lock_file("installer").read_bytes() + lock_file(level).read_bytes()
    return {
        "level": level,
        "locks": hashlib.sha256(locks).hexdigest(),
        "python": sys.version.split()[0],
    }


def stamped() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def create() -> None:
    """Make .venv with pip in it; with the pip outside where Python's own is split off."""
    command = [sys.executable, "-m", "venv", "--clear"]
    if subprocess.run([*command, str(VENV)], capture_output=True, check=False).returncode == 0:
        return
    subprocess.run([*command, "--without-pip", str(VENV)], check=True)


def pip_command() -> list[str]:
    """The pip of .venv, or else the one outside, told to install into .venv."""
    inside = [str(PYTHON), "-m", "pip"]
    outside = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    for command in (inside, outside):
        answer = subprocess.run([*command, "-V"], capture_output=True, check=False)
        if answer.returncode == 0:
            return command
    sys.exit("Python has no pip here. Install it (Debian: apt-get install python3-venv).")


def install(level: str) -> None:
    pip = [*pip_command(), "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    with_uv = subprocess.run([*pip, "-r", str(lock_file("installer"))], check=False)
    if with_uv.returncode == 0:
        command = [str(PYTHON), "-m", "uv", "pip", "sync", "--quiet", "--require-hashes"]
        if subprocess.run([*command, str(lock_file(level))], cwd=ROOT, check=False).returncode == 0:
            return
    print("uv cannot install here: pip does it instead, which takes longer.", flush=True)
    subprocess.run([*pip, "-r", str(lock_file(level))], check=True)


def bring_up_to_date(level: str) -> None:
    """Install the level's packages. Who has the development packages keeps them."""
    before = stamped()
    if level == "prod" and before.get("level") == "dev":
        level = "dev"
    wanted = fingerprint(level)
    if before == wanted and PYTHON.exists():
        return
    print(f"Installing Sojourn's packages ({level}) into .venv ...", flush=True)
    STAMP.unlink(missing_ok=True)
    if not PYTHON.exists() or before.get("python") != wanted["python"]:
        create()
    install(level)
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit("Sojourn needs Python 3.11 or newer. Name it with: make PYTHON=python3.12 ...")
    bring_up_to_date(sys.argv[1])
