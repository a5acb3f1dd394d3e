"""Find a Chromium for the browser tests, or install one, and print where it is.

    .venv/bin/python scripts/chromium.py

Debian as root: apt. Elsewhere: Playwright's own installer. Exits with 1 and says
what to do when there is none to be had.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

MISSING = """
======================================================================
  NO CHROMIUM: the browser tests cannot run, so this run fails.
  Install chromium (or Google Chrome) with your system's packages, or
  name the program you have: SOJOURN_CHROMIUM=/path/to/chromium make test
======================================================================
"""


def of_playwright() -> str | None:
    """The browser that Playwright itself installed, if it did."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  slow: only when asked.

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find() -> str | None:
    named = os.environ.get("SOJOURN_CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None) or of_playwright()


def install() -> None:
    """Install by the system's means; what fails is said by the installer itself."""
    if Path("/etc/debian_version").exists() and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        commands = [
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"],
        ]
        for command in commands:
            subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
        return
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, stdout=sys.stderr, check=False)


def main() -> int:
    path = find()
    if path is None and not os.environ.get("SOJOURN_CHROMIUM"):
        install()
        path = find()
    if path is None:
        print(MISSING, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
