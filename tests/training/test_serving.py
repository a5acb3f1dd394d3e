"""`make run` as a machine sees it: prepared once, served by gunicorn, quick the second time."""

import gzip
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from home.demo.accounts import ACCOUNTS, PASSWORD

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="make run's own database is SQLite"
)
START_SECONDS = 60


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An embedded site in a folder of its own, prepared as `make run` does it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = os.environ | {
        "DJANGO_SETTINGS_MODULE": "training.settings.embedded",
        "SOJOURN_DATA": str(tmp_path_factory.mktemp("data")),
        "PORT": str(port),
    }
    prepare(found)
    return found


def prepare(environment: dict[str, str]) -> str:
    command = [sys.executable, "scripts/prepare.py", "--static"]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout


@contextmanager
def serving(environment: dict[str, str], said: list[str] | None = None) -> Iterator[str]:
    """The site as `make run` starts it: its address once it answers, what it said at the end."""
    command = [sys.executable, "scripts/serve.py"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{environment['PORT']}"
    try:
        wait_for(address, server)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        output, _ = server.communicate(timeout=START_SECONDS)
        if said is not None:
            said.append(output)


def wait_for(address: str, server: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urlopen(f"{address}/readyz").close()
        except URLError:
            assert server.poll() is None, "gunicorn stopped"
            assert time.monotonic() < deadline, "gunicorn did not answer"
            time.sleep(0.1)
        else:
            return


def fetch(address: str) -> tuple[dict[str, str], bytes]:
    request = Request(address, headers={"Accept-Encoding": "gzip"})
    with urlopen(request) as response:
        return dict(response.headers), response.read()


def test_the_site_is_served_with_hashed_compressed_static_files(
    environment: dict[str, str],
) -> None:
    said: list[str] = []
    with serving(environment, said) as address:
        _, page = fetch(f"{address}/accounts/login/")
        sheets = re.findall(r'"(/static/css/[a-z]+\.[0-9a-f]{12}\.css)"', page.decode())
        headers, sheet = fetch(address + sheets[0])

    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]
    assert b"@layer" in gzip.decompress(sheet)
    assert f"Sojourn is at {address}/" in said[0]
    assert [account.email for account in ACCOUNTS if account.email not in said[0]] == []
    assert PASSWORD in said[0]


def test_what_is_prepared_is_not_prepared_again(environment: dict[str, str]) -> None:
    started = time.monotonic()

    assert prepare(environment) == ""

    assert time.monotonic() - started < 5


def test_regular_jobs_run_beside_it_and_end_with_it(environment: dict[str, str]) -> None:
    letter = """
import django; django.setup()
from django.utils import timezone
from jobs.posting import Letter, post
post([Letter(key="a", to="ada@example.org", subject="Hello", text="Here.")], at=timezone.now())
"""
    subprocess.run([sys.executable, "-c", letter], env=environment, check=True)
    mails = Path(environment["SOJOURN_DATA"]) / "mail"

    with serving(environment):
        deadline = time.monotonic() + START_SECONDS
        while not any("Here." in sent.read_text() for sent in mails.glob("*.log")):
            assert time.monotonic() < deadline, "the letter was not sent"
            time.sleep(0.2)

    assert jobs_of(environment) == []


def jobs_of(environment: dict[str, str]) -> list[Path]:
    """The processes of `run_jobs` that belong to this site."""
    mark = f"SOJOURN_DATA={environment['SOJOURN_DATA']}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            belongs = mark in (process / "environ").read_bytes()
        except OSError:
            continue
        if b"run_jobs" in command and belongs:
            found.append(process)
    return found
