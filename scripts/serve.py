"""Serve the site with gunicorn, and run its regular jobs beside it, until told to stop.

    .venv/bin/python scripts/serve.py

The jobs (`manage.py run_jobs`) start once the site answers, and start again if they
break off. Ends with gunicorn's status, and then nothing of it is left running.
"""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
GUNICORN = ["-m", "gunicorn", "--config", "python:training.server", "training.wsgi:application"]
JOBS = ["manage.py", "run_jobs"]
AGAIN_AFTER_SECONDS = 5.0
LOOK_SECONDS = 0.5

stopping = threading.Event()


def start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, *command], cwd=ROOT)


def answers() -> bool:
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    place = "127.0.0.1" if host in {"", "0.0.0.0"} else host  # noqa: S104  it is only compared.
    try:
        with urlopen(f"http://{place}:{port}/livez", timeout=LOOK_SECONDS):
            return True
    except (URLError, OSError):
        return False


def end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.terminate()
        process.wait()


def keep_jobs_running(site: "subprocess.Popen[bytes]") -> None:
    while not stopping.is_set() and site.poll() is None and not answers():
        stopping.wait(LOOK_SECONDS)
    while not stopping.is_set() and site.poll() is None:
        jobs = start(JOBS)
        while jobs.poll() is None and site.poll() is None and not stopping.is_set():
            stopping.wait(LOOK_SECONDS)
        end(jobs)
        stopping.wait(AGAIN_AFTER_SECONDS)


def serve() -> int:
    site = start(GUNICORN)

    def stop(*_: object) -> None:
        stopping.set()
        site.terminate()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    keeper = threading.Thread(target=keep_jobs_running, args=[site])
    keeper.start()
    status = site.wait()
    stopping.set()
    keeper.join()
    return status


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "training.settings.embedded")
    sys.exit(serve())
