"""Run a command beside a PostgreSQL of its own, made for it and thrown away after it.

    .venv/bin/python scripts/postgresql.py [--durable] COMMAND [ARGUMENT ...]

The cluster lives in a temporary folder and listens on a unix socket there, so
nothing else can meet it. With --durable it waits for the disk at each commit, as in
earnest: for measuring. The command finds it through DATABASE_URL. Exits with
the command's status; with 0 and a notice where PostgreSQL's programs are missing.
"""

import contextlib
import getpass
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

DEBIAN_FOLDER = Path("/usr/lib/postgresql")
START_SECONDS = 30
DURABLE = "--durable"
FAST_SHUTDOWN = signal.SIGINT
# Thrown away in any case: no need to survive a power cut.
IN_A_HURRY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


def candidate_folders() -> Iterator[Path]:
    """Where initdb and postgres may be, the newest PostgreSQL of Debian first."""
    found = shutil.which("initdb")
    if found:
        yield Path(found).resolve().parent
    versions = [path for path in DEBIAN_FOLDER.glob("*") if path.name.isdigit()]
    for version in sorted(versions, key=lambda path: int(path.name), reverse=True):
        yield version / "bin"
    pg_config = shutil.which("pg_config")
    if pg_config:
        answer = subprocess.run(
            [pg_config, "--bindir"], capture_output=True, text=True, check=False
        )
        yield Path(answer.stdout.strip())


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs, or None."""
    for folder in candidate_folders():
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder
    return None


def server_account() -> str:
    """PostgreSQL refuses to run as root: who runs it instead."""
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def wait_until_it_answers(server: "subprocess.Popen[bytes]", folder: Path, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "ready to accept connections" not in log.read_text(errors="replace"):
        if server.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"PostgreSQL did not start in {folder}:\n{log.read_text(errors='replace')}")
        time.sleep(0.1)


@contextlib.contextmanager
def cluster(binaries: Path, *, is_durable: bool = False) -> Iterator[str]:
    """Start a cluster, give its DATABASE_URL, and leave nothing of it behind."""
    folder = Path(tempfile.mkdtemp(prefix="sojourn-pg-"))
    account = server_account()
    as_account: dict[str, object] = {"cwd": folder}
    if os.geteuid() == 0:
        shutil.chown(folder, user=account)
        as_account |= {"user": account, "group": pwd.getpwnam(account).pw_gid, "extra_groups": []}
    data, log = folder / "data", folder / "log"
    server = None
    try:
        options = ["--auth=trust", "--username=sojourn", "--encoding=UTF8", "--locale=C"]
        initdb = [binaries / "initdb", "--pgdata", data, "--no-sync", *options]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **as_account)  # type: ignore[call-overload]
        postgres = [binaries / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses="]
        for setting in () if is_durable else IN_A_HURRY:
            postgres += ["-c", setting]
        with log.open("wb") as output:
            server = subprocess.Popen(postgres, stdout=output, stderr=output, **as_account)  # type: ignore[call-overload]
        wait_until_it_answers(server, folder, log)
        yield f"postgres://sojourn@{quote(str(folder), safe='')}/postgres"
    finally:
        if server is not None and server.poll() is None:
            server.send_signal(FAST_SHUTDOWN)
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    binaries = programs()
    if binaries is None:
        print("PostgreSQL's server programs are not here: its tests are left out.", flush=True)
        return 0
    # A stopped run must still stop the server: let SIGTERM raise like Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    is_durable = command[:1] == [DURABLE]
    with cluster(binaries, is_durable=is_durable) as url:
        environment = os.environ | {"DATABASE_URL": url}
        command = command[1:] if is_durable else command
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
