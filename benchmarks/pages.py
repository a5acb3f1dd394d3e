"""Queries and time of the pages that matter, beside a control run on the same machine.

    .venv/bin/python benchmarks/pages.py

Works in a test database of its own: SQLite, or that of DATABASE_URL. Each figure is
the median of several runs. The control is a fixed piece of work of Python and the
database; the ratio to it is what can be compared between machines and days.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "training.settings.test"
os.environ.setdefault("SOJOURN_DATA", str(Path(__file__).resolve().parent.parent / "build/bench"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)
from django.urls import reverse
from django.utils import timezone

from exchanges.models import Exchange
from quizzes.enums import Purpose
from readiness import report
from readiness.enums import RequirementKind
from readiness.models import RequirementSet
from tests.factories.exchanges import ExchangeFactory, OfficeFactory, PlacementFactory
from tests.factories.modules import LessonPageFactory, ModuleQuizFactory
from tests.factories.people import AdministratorFactory, ParticipantFactory
from tests.factories.quizzes import QuestionFactory, finish_attempt
from tests.factories.readiness import (
    DeclarationRequirementFactory,
    QuizRequirementFactory,
    RequirementFactory,
    RequirementSetFactory,
    completed_module,
    published_quiz,
)

RUNS = 5
COHORTS = (10, 1000)


def control() -> None:
    """A fixed piece of work: 300 small queries and some arithmetic."""
    for number in range(300):
        Group.objects.filter(pk=number).first()
    sum(n * n for n in range(200_000))


def measure(deed: Callable[[], Any], *, runs: int = RUNS) -> tuple[int, float]:
    """The number of queries and the median of the seconds."""
    deed()
    seconds = []
    for _ in range(runs):
        with CaptureQueriesContext(connection) as queries:
            started = time.perf_counter()
            deed()
            seconds.append(time.perf_counter() - started)
    return len(queries), statistics.median(seconds)


def show(title: str, deed: Callable[[], Any], *, runs: int = RUNS) -> None:
    queries, seconds = measure(deed, runs=runs)
    _, beside = measure(control, runs=3)
    print(
        f"{title:<44} {queries:>4} queries {seconds * 1000:>9.1f} ms"
        f"   {seconds / beside:>7.2f} x control"
    )


def sign_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def requirements() -> RequirementSet:
    """Everything that a set can ask: a module, a quiz, a self-assessment, a declaration."""
    everybody = RequirementSetFactory.create()
    module = ModuleQuizFactory.create().module
    LessonPageFactory.create_batch(3, parent=module)
    RequirementFactory.create(requirement_set=everybody, module=module)
    QuizRequirementFactory.create(requirement_set=everybody, quiz=published_quiz())
    assessment = published_quiz(purpose=Purpose.SELF_ASSESSMENT)
    RequirementFactory.create(
        requirement_set=everybody, kind=RequirementKind.SELF_ASSESSMENT, quiz=assessment
    )
    DeclarationRequirementFactory.create(requirement_set=everybody)
    return everybody


def cohort(size: int, asked: RequirementSet) -> Exchange:
    """An exchange of that many placements; half of the people have done something."""
    exchange, office = ExchangeFactory.create(), OfficeFactory.create()
    placements = PlacementFactory.create_batch(size, exchange=exchange, office=office)
    module, quiz = (asked.requirements.all()[0].module, asked.requirements.all()[1].quiz)
    assert module is not None
    assert quiz is not None
    for placement in placements[::2]:
        completed_module(module, placement.participant, at=timezone.now())
        finish_attempt(quiz, placement.participant, {0: 0}, at=timezone.now())
    return exchange


def measure_lesson() -> None:
    lesson = LessonPageFactory.create()
    LessonPageFactory.create_batch(5, parent=lesson.get_parent())
    client = sign_in(ParticipantFactory.create())
    show("lesson page", lambda: client.get(lesson.url))


def measure_submission() -> None:
    quiz = published_quiz(questions=QuestionFactory.create_batch(20))
    client = sign_in(ParticipantFactory.create())

    def take() -> None:
        started = client.post(reverse("quizzes:start", args=[quiz.uuid]))
        assert started.status_code == 302, started.status_code

    def submit() -> None:
        take()
        (attempt,) = quiz.attempts.filter(state="in_progress")
        answer = client.post(reverse("quizzes:check", args=[attempt.uuid]), {"unanswered": "on"})
        assert answer.status_code == 302, answer.content.decode()

    show("quiz of 20: start and submit", submit)


def measure_reports() -> None:
    asked = requirements()
    administrator = sign_in(AdministratorFactory.create())
    for size in COHORTS:
        exchange = cohort(size, asked)
        now = timezone.now()
        show(f"report of {size} placements", lambda: report.build(exchange, as_of=now))  # noqa: B023
        address = reverse("departures:exchange", args=[exchange.uuid])
        show(f"its page in the CMS, {size} placements", lambda: administrator.get(address), runs=3)  # noqa: B023


def main() -> None:
    Path(os.environ["SOJOURN_DATA"]).mkdir(parents=True, exist_ok=True)
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        print(f"database: {connection.vendor}")
        measure_lesson()
        measure_submission()
        measure_reports()
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
