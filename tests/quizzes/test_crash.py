"""The server is killed while people answer: nothing that it acknowledged is lost, or twice there.

SOJOURN_KILLS sets how often its workers are, before all of it is. Each person goes on as the
page's own script does: what was not acknowledged is sent again, with the same key, until it is.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from quizzes.attempts import start
from quizzes.enums import StepKind
from quizzes.kinds import kind_of
from quizzes.models import Attempt, Quiz
from quizzes.papers import Item
from tests.factories.kinds import banked, short
from tests.factories.people import ParticipantFactory
from tests.factories.quizzes import PublishedQuizFactory
from tests.quizzes.test_parallel import browser_of

pytestmark = pytest.mark.usefixtures("committed_rows")

KILLS = int(os.environ.get("SOJOURN_KILLS", "1"))
PEOPLE, START_SECONDS = 4, 60
RIGHT, TOKEN = "Café", "k" * 32
OK, FOUND = 200, 302


def database_url() -> str:
    """Where this process keeps its rows, for another one to find them."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return f"postgres://{told['USER']}@{quote(told['HOST'], safe='')}/{told['NAME']}"


class Site:
    """gunicorn as `make run` starts it, on this test's rows; it can be killed like by no stop."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = self.started()

    def started(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "gunicorn", "--config", "python:training.server"]
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "training.settings.test",
            "DATABASE_URL": database_url(),
            "PORT": str(self.port),
        }
        process = subprocess.Popen(
            [*command, "training.wsgi:application"],
            env=environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return process
            assert process.poll() is None, "gunicorn stopped"
            assert time.monotonic() < deadline, "gunicorn did not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        """All its processes at once, in the middle of whatever they do."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_workers(self) -> None:
        """Those that answer; the one that started them starts others."""
        of_all = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        for worker in [pid for one in of_all for pid in one.read_text().split()]:
            os.kill(int(worker), signal.SIGKILL)

    def kill_and_start(self) -> None:
        self.kill()
        self.process = self.started()


@pytest.fixture
def site(committed_rows: None) -> Iterator[Site]:
    connection.close()
    found = Site()
    yield found
    found.kill()


class Writer(threading.Thread):
    """Somebody who changes one answer again and again, and in the end gives the right one."""

    def __init__(self, attempt: Attempt, item: Item, port: int) -> None:
        super().__init__()
        session = browser_of(attempt.participant).cookies["sessionid"].value
        self.cookies = f"sessionid={session}; csrftoken={TOKEN}"
        self.address = reverse("quizzes:answer", args=[attempt.uuid, item.id])
        self.check = reverse("quizzes:check", args=[attempt.uuid])
        self.item, self.port, self.page = item, port, str(uuid4())
        self.acknowledged: list[str] = []
        self.refused: list[int] = []
        self.enough = threading.Event()

    def run(self) -> None:
        while not self.enough.is_set():
            self.save(f"answer {len(self.acknowledged)}")
        self.save(RIGHT)
        self.until("POST", self.check, "", FOUND)

    def save(self, words: str) -> None:
        body = {
            "client": self.page, "key": str(uuid4()), "seq": len(self.acknowledged) + 1, "seen": 0,
            "fields": kind_of(self.item).fields(self.item, words),
        }  # fmt: skip
        self.until("PUT", self.address, json.dumps(body), OK)
        self.acknowledged.append(words)

    def until(self, method: str, address: str, body: str, wanted: int) -> None:
        while True:
            try:
                status = self.ask(method, address, body)
            except (OSError, HTTPException):
                time.sleep(0.05)
                continue
            if status == wanted:
                return
            self.refused.append(status)
            if method == "POST" or len(self.refused) > START_SECONDS:
                return

    def ask(self, method: str, address: str, body: str) -> int:
        line = HTTPConnection("127.0.0.1", self.port, timeout=10)
        kind = "application/json" if method == "PUT" else "application/x-www-form-urlencoded"
        headers = {"Cookie": self.cookies, "X-CSRFToken": TOKEN, "Content-Type": kind}
        with contextlib.closing(line):
            line.request(method, address, body, headers)
            answer = line.getresponse()
            answer.read()
            return answer.status


def writers(quiz: Quiz, site: Site) -> list[Writer]:
    found = []
    for _number in range(PEOPLE):
        attempt = start(quiz=quiz, participant=ParticipantFactory.create(), at=timezone.now())
        found.append(Writer(attempt, short("greeting"), site.port))
    return found


def wait_for_more(people: list[Writer], answers: int = 3) -> None:
    """Let everybody get some answers through, so that a kill meets them at work."""
    wanted = [len(one.acknowledged) + answers for one in people]
    deadline = time.monotonic() + START_SECONDS
    while any(len(one.acknowledged) < most for one, most in zip(people, wanted, strict=True)):
        assert time.monotonic() < deadline, [one.refused for one in people]
        time.sleep(0.02)


def test_a_killed_server_loses_no_acknowledged_answer(site: Site) -> None:
    quiz = PublishedQuizFactory.create(questions=[banked(short("greeting"))])
    people = writers(quiz, site)
    connection.close()
    for one in people:
        one.start()

    for kill in [*[site.kill_workers] * KILLS, site.kill_and_start]:
        wait_for_more(people)
        kill()
    wait_for_more(people)
    for one in people:
        one.enough.set()
    for one in people:
        one.join(START_SECONDS)

    for one, attempt in zip(people, Attempt.objects.order_by("pk"), strict=True):
        saved = attempt.steps.filter(kind=StepKind.SAVED).order_by("sequence")
        assert [step.response for step in saved] == one.acknowledged
        assert [step.sequence for step in saved] == list(range(1, len(one.acknowledged) + 1))
        assert (attempt.state, attempt.score) == ("finished", attempt.max_score)
        assert one.refused == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]
