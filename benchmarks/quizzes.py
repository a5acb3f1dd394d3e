"""Saving answers and whole attempts over real HTTP, beside a control on the same machine.

    SOJOURN_DATA=build/bench-quizzes .venv/bin/python benchmarks/quizzes.py [--seconds 8]

Starts gunicorn as `make run` does (two processes of four threads, one machine) and asks it
from another process over kept connections: one person at a time, then CLIENTS at once. An
attempt is start page, start, the page of ten questions, ten saves, hand in, result: fifteen
requests. The control is a bare WSGI program on the same gunicorn and database, which reads
an attempt with its version and writes one step in a transaction. Each figure is the median
of ROUNDS; only the ratios to the control can be compared between machines and days.

Works in the database of SOJOURN_DATA, or that of DATABASE_URL, which it migrates and fills:
give it one of its own. `scripts/postgresql.py --durable` starts a PostgreSQL for it.
"""

import argparse
import contextlib
import http.client
import itertools
import json
import os
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "training.settings.embedded")
os.environ.setdefault("SOJOURN_DATA", str(ROOT / "build/bench-quizzes"))
os.environ["LOG_LEVEL"] = "WARNING"  # here; the server writes its log as ever, to nowhere.
sys.path.insert(0, str(ROOT))
Path(os.environ["SOJOURN_DATA"]).mkdir(parents=True, exist_ok=True)

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import User
from quizzes.attempts import paper_of, start
from quizzes.enums import Paging, QuestionKind
from quizzes.kinds import kind_of
from quizzes.models import AnswerStep, Attempt, Option, Question, Quiz, QuizItem, QuizSection
from quizzes.papers import Item
from quizzes.publishing import publish

QUESTIONS, CLIENTS, ROUNDS, PEOPLE = 10, 8, 3, 200
PORT = int(os.environ.get("PORT", "8133"))
OK, FOUND = 200, 302
BACKEND = "django.contrib.auth.backends.ModelBackend"

Fields = list[tuple[str, str]]


class Sitter(NamedTuple):
    """Somebody who is signed in, with an attempt under way; `cookies` is their header."""

    user: User
    cookies: str
    attempt: uuid.UUID


class Setting(NamedTuple):
    quiz: Quiz
    items: list[Item]
    sitters: list[Sitter]


class Rate(NamedTuple):
    """How often the deed was done a second, and the times of single deeds in ms."""

    per_second: float
    median: float
    p95: float


def control(environ: Any, start_response: Any) -> Iterable[bytes]:
    """The least that a save could do: one joined question, one row in a transaction."""
    attempts = Attempt.objects.select_related("version", "participant")
    with transaction.atomic():
        attempt = attempts.get(uuid=environ["PATH_INFO"].strip("/"))
        AnswerStep.objects.create(
            attempt=attempt, item_id=uuid.uuid4(), sequence=1, kind="saved", response=["x"],
            actor=attempt.participant, created_at=timezone.now(),
        )  # fmt: skip
    body = json.dumps({"saved": True}).encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def prepare() -> Setting:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    quiz = _quiz()
    return Setting(quiz, list(paper_of(quiz.live_version).items), _sitters(quiz))  # type: ignore[arg-type]


def _quiz() -> Quiz:
    quiz = Quiz.objects.create(title="Measured", pass_mark=60, paging=Paging.SECTION)
    section = QuizSection.objects.create(quiz=quiz, sort_order=0)
    for place in range(QUESTIONS):
        question = Question.objects.create(
            name=f"Measured {place}", kind=QuestionKind.SINGLE, stem=f"<p>What comes {place}?</p>"
        )
        for order in range(4):
            Option.objects.create(
                question=question, text=f"Option {place}.{order}", weight=int(not order),
                feedback=f"<p>Because of {order}.</p>", sort_order=order,
            )  # fmt: skip
        QuizItem.objects.create(section=section, question=question, sort_order=place)
    publish(quiz, by=User.objects.create(email=f"{uuid.uuid4()}@office.example"), at=timezone.now())
    return quiz


def _sitters(quiz: Quiz) -> list[Sitter]:
    sitters = []
    for _place in range(PEOPLE):
        user = User.objects.create(email=f"{uuid.uuid4()}@home.example", first_name="Ada")
        client = Client()
        client.force_login(user, backend=BACKEND)
        attempt = start(quiz=quiz, participant=user, at=timezone.now())
        token = uuid.uuid4().hex  # 32 letters, as a CSRF cookie has.
        cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
        sitters.append(Sitter(user, cookies, attempt.uuid))
    return sitters


def chosen(item: Item, turn: int) -> Fields:
    """The fields of a form in which another option is chosen each turn."""
    option = item.options[turn % len(item.options)]
    return list(kind_of(item).fields(item, [str(option.id)]))


def body_of(item: Item, turn: int, client: uuid.UUID) -> str:
    told = {"client": str(client), "seq": turn + 1, "key": str(uuid.uuid4()), "seen": 0}
    return json.dumps({**told, "fields": chosen(item, turn)})


class Browser:
    """One kept connection, as one person's browser has it."""

    def __init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)

    def ask(
        self, method: str, path: str, sitter: Sitter, body: str = "", kind: str = "", *, wanted: int
    ) -> str:
        headers = {
            "Cookie": sitter.cookies,
            "X-CSRFToken": sitter.cookies.rpartition("=")[2],
            "Content-Type": kind or "application/x-www-form-urlencoded",
        }
        self.line.request(method, path, body=body or None, headers=headers)
        answer = self.line.getresponse()
        text = answer.read().decode()
        if answer.status != wanted:
            raise RuntimeError(f"{method} {path} answers {answer.status}: {text[:300]}")
        return answer.headers.get("Location", "")

    def save(self, sitter: Sitter, attempt: str, item: Item, turn: int, page: uuid.UUID) -> None:
        path = reverse("quizzes:answer", args=[attempt, item.id])
        body = body_of(item, turn, page)
        self.ask("PUT", path, sitter, body, "application/json", wanted=OK)

    def take(self, setting: Setting, sitter: Sitter) -> None:
        """A whole attempt, from the start page to the result."""
        address = reverse("quizzes:start", args=[setting.quiz.uuid])
        self.ask("GET", address, sitter, wanted=OK)
        first = self.ask("POST", address, sitter, wanted=FOUND)
        self.ask("GET", first, sitter, wanted=OK)
        attempt, page = first.strip("/").split("/")[-2], uuid.uuid4()
        for turn, item in enumerate(setting.items):
            self.save(sitter, attempt, item, turn, page)
        check = reverse("quizzes:check", args=[attempt])
        result = self.ask("POST", check, sitter, urlencode({"unanswered": "on"}), wanted=FOUND)
        self.ask("GET", result, sitter, wanted=OK)


@contextlib.contextmanager
def server(program: str) -> Iterator[None]:
    """Run gunicorn with our own configuration, and stop it afterwards."""
    command = [sys.executable, "-m", "gunicorn", "--config", "python:training.server", program]
    environment = os.environ | {"PORT": str(PORT), "PYTHONPATH": str(ROOT), "LOG_LEVEL": "INFO"}
    quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, **quiet)  # noqa: S603  our own.
    try:
        _wait()
        yield
    finally:
        process.terminate()
        process.wait()


def _wait() -> None:
    for _attempt in range(1800):
        with contextlib.suppress(OSError):
            http.client.HTTPConnection("127.0.0.1", PORT, timeout=1).connect()
            return
        time.sleep(0.1)
    raise SystemExit(f"gunicorn does not listen on port {PORT}.")


Deed = Callable[[Browser, Sitter, int], None]


def rate(deed: Deed, sitters: list[Sitter], *, clients: int, seconds: float) -> Rate:
    """Let that many do the deed again and again, each with people of their own."""
    times: list[float] = []
    until = time.perf_counter() + seconds

    def work(place: int) -> None:
        browser, own = Browser(), itertools.cycle(sitters[place::clients])
        for turn in itertools.count():
            began = time.perf_counter()
            if began >= until:
                return
            deed(browser, next(own), turn)
            times.append(1000 * (time.perf_counter() - began))

    threads = [threading.Thread(target=work, args=[place]) for place in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if not times:
        raise SystemExit("Nothing was answered: see above.")
    passed, ordered = time.perf_counter() - began, sorted(times)
    return Rate(
        len(ordered) / passed, statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
    )


def show(title: str, deed: Deed, sitters: list[Sitter], seconds: float) -> dict[int, Rate]:
    found = {}
    for clients in (1, CLIENTS):
        rounds = [rate(deed, sitters, clients=clients, seconds=seconds) for _ in range(ROUNDS)]
        found[clients] = Rate(*(statistics.median(one) for one in zip(*rounds, strict=True)))
        told = found[clients]
        print(
            f"{title:<16} c={clients}  {told.per_second:>8.1f}/s"
            f"   median {told.median:>7.1f} ms   p95 {told.p95:>7.1f} ms",
            flush=True,
        )
    return found


def measure(setting: Setting, seconds: float) -> None:
    page = uuid.uuid4()
    savers, takers = setting.sitters[::2], setting.sitters[1::2]

    def alone(browser: Browser, sitter: Sitter, _turn: int) -> None:
        browser.ask("GET", f"/{sitter.attempt}/", sitter, wanted=OK)

    def save(browser: Browser, sitter: Sitter, turn: int) -> None:
        item = setting.items[turn % QUESTIONS]
        browser.save(sitter, str(sitter.attempt), item, next(TURNS), page)

    def take(browser: Browser, sitter: Sitter, _turn: int) -> None:
        browser.take(setting, sitter)

    with server("benchmarks.quizzes:control"):
        beside = show("control", alone, savers, seconds)
    with server("training.wsgi:application"):
        saves = show("one save", save, savers, seconds)
        show("whole attempt", take, takers, seconds)
    for clients, one in saves.items():
        share = one.per_second / beside[clients].per_second
        print(f"a save, c={clients}: {share:.2f} x control")


# Each save is newer than the one before, whoever sends it.
TURNS = itertools.count()


def count(setting: Setting) -> None:
    """The queries of each request, in this process."""
    sitter, page = setting.sitters.pop(), uuid.uuid4()  # whose attempt is handed in here.
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(sitter.user, backend=BACKEND)
    attempt, item = sitter.attempt, setting.items[0]
    address = reverse("quizzes:start", args=[setting.quiz.uuid])
    result = reverse("quizzes:result", args=[attempt])
    check = reverse("quizzes:check", args=[attempt])
    asked: dict[str, Callable[[], Any]] = {
        "start page": lambda: client.get(address),
        "page of ten": lambda: client.get(reverse("quizzes:question", args=[attempt, 1])),
        "one save": lambda: client.put(
            reverse("quizzes:answer", args=[attempt, item.id]),
            body_of(item, next(TURNS), page), content_type="application/json",
        ),
        "hand in": lambda: client.post(check, {"unanswered": "on"}),
        "result": lambda: client.get(result),
        "start": lambda: client.post(address),
    }  # fmt: skip
    client.get(address)
    for name, deed in asked.items():
        with CaptureQueriesContext(connection) as queries:
            answer = deed()
        if answer.status_code not in {OK, FOUND}:
            raise SystemExit(f"{name} answers {answer.status_code}")
        print(f"{name:<16} {len(queries):>4} queries")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=8)
    options = parser.parse_args()
    print(f"database: {connection.vendor}; load before: {os.getloadavg()[0]:.1f}")
    setting = prepare()
    count(setting)
    connection.close()
    measure(setting, options.seconds)


if __name__ == "__main__":
    main()
