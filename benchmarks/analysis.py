"""Measures item analysis, before and after, and a regrade over many made-up attempts.

    SOJOURN_DATA=/some/empty/folder python -m benchmarks.analysis --attempts 100000

Works on an empty database of its own, which it migrates and fills: never on real data. Each
person sits two quizzes, so that there are twice as many attempts. The control reads every
step of the first quiz once, as plain values; asserts nothing.
"""

import argparse
import datetime as dt
import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

QUESTIONS = 5
AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=30)
CHUNK = 2_000
CONTROL = "control: every step, once"
TOOK: dict[str, float] = {}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--attempts", type=int, default=100_000)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "training.settings.test")

    import django  # noqa: PLC0415  settings come first.

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    measure(asked.attempts)


def measure(number: int) -> None:
    from quizzes.analysing import analyse_version, look_up, reckon  # noqa: PLC0415
    from quizzes.changing import changes  # noqa: PLC0415
    from quizzes.enums import RegradeKind, WhichAttempts  # noqa: PLC0415
    from quizzes.regrading import commit, plan  # noqa: PLC0415
    from quizzes.remarking import differences  # noqa: PLC0415
    from quizzes.selecting import Selection  # noqa: PLC0415

    pair, trainer = timed("fill", lambda: fill(number))
    version = pair.before.live_version
    timed(CONTROL, lambda: read_steps(pair.before))
    timed("change, everybody", lambda: print(changes(pair, as_of=LATER)))
    everything = Selection(which=WhichAttempts.ALL)
    timed("analysis, all attempts", lambda: analyse_version(version, everything))
    timed("analysis, first attempts, kept", lambda: reckon(version, Selection(), at=AT))
    timed("analysis, opened again", lambda: look_up(version, Selection(), at=AT))
    timed("mark all again", lambda: sum(1 for _ in differences(version.attempts.finished())))
    regrade = timed(
        "regrade, tried out",
        lambda: plan(
            from_version=version,
            kind=RegradeKind.DISREGARD,
            item_id=UUID(version.paper["items"][0]["id"]),
            reason="Measured",
            by=trainer,
            at=AT,
        ),
    )
    timed("regrade, carried out", lambda: commit(regrade, by=trainer, at=AT, link_to="{uuid}"))
    print("changed:", regrade.lines.exclude(applied_at=None).count())


def timed(name: str, deed: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    result = deed()
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    TOOK[name] = seconds
    share = f"{seconds / TOOK[CONTROL]:6.2f} x control" if CONTROL in TOOK else ""
    print(f"{name:32} {seconds:8.2f} s {share}   peak so far {peak:6.0f} MB", flush=True)
    return result


def read_steps(quiz: Any) -> None:
    from quizzes.models import AnswerStep  # noqa: PLC0415

    steps = AnswerStep.objects.filter(attempt__quiz=quiz).order_by("attempt", "item_id")
    read = ("attempt", "item_id", "sequence", "kind", "response", "fraction")
    for _step in steps.values_list(*read).iterator(chunk_size=5000):
        pass


def fill(number: int) -> Any:
    """A pair of published quizzes, and that many people who have finished both."""
    from people.models import User  # noqa: PLC0415
    from quizzes.models import QuizPair  # noqa: PLC0415

    trainer = User.objects.create(email="trainer@benchmark.example", first_name="T")
    before, after = _published("Before", trainer), _published("After", trainer)
    for first in range(0, number, CHUNK):
        people = _people(first, min(first + CHUNK, number))
        for quiz in (before, after):
            _sit(quiz, people, random.Random(first))  # noqa: S311  no secret.
    return QuizPair.objects.create(name="Measured", before=before, after=after), trainer


def _published(title: str, trainer: Any) -> Any:
    """A quiz of single choice questions."""
    from quizzes.models import (  # noqa: PLC0415
        Option,
        Question,
        Quiz,
        QuizItem,
        QuizSection,
    )
    from quizzes.publishing import publish  # noqa: PLC0415

    quiz = Quiz.objects.create(title=title, pass_mark=60)
    section = QuizSection.objects.create(quiz=quiz, sort_order=0)
    for place in range(QUESTIONS):
        question = Question.objects.create(name=f"Q{place}", kind="single", stem=f"<p>{place}</p>")
        for order in range(4):
            Option.objects.create(
                question=question, text=f"{place}.{order}", weight=int(not order), sort_order=order
            )
        QuizItem.objects.create(section=section, question=question, sort_order=place)
    publish(quiz, by=trainer, at=AT)
    return quiz


def _people(first: int, end: int) -> list[Any]:
    from people.models import User  # noqa: PLC0415

    users = [User(email=f"p{place}@benchmark.example") for place in range(first, end)]
    return User.objects.bulk_create(users, batch_size=1000)


def _sit(quiz: Any, people: list[Any], rng: random.Random) -> None:
    from quizzes.models import AnswerStep, Attempt  # noqa: PLC0415

    paper = quiz.live_version.paper
    layout = [
        {"item": item["id"], "options": [option["id"] for option in item["options"]]}
        for item in paper["items"]
    ]
    attempts, steps = [], []
    for person in people:
        ability = rng.gauss(0, 1)
        places = [0 if ability + rng.gauss(0, 1) > 0 else rng.randint(1, 3) for _item in layout]
        score = places.count(0)
        percent = Decimal(100 * score) / len(layout)
        attempt = Attempt(
            quiz=quiz, version=quiz.live_version, participant=person, number=1, state="finished",
            layout=layout, started_at=AT, submitted_at=AT + dt.timedelta(minutes=9), score=score,
            max_score=len(layout), percent=percent, passed=percent >= 60,
            graded_at=AT + dt.timedelta(minutes=9),
        )  # fmt: skip
        attempts.append(attempt)
        steps.append((person, places))
    Attempt.objects.bulk_create(attempts, batch_size=1000)
    rows = [
        row
        for attempt, (person, places) in zip(attempts, steps, strict=True)
        for row in _steps(attempt, person, places, layout)
    ]
    AnswerStep.objects.bulk_create(rows, batch_size=1000)


def _steps(attempt: Any, person: Any, places: list[int], layout: list[Any]) -> Iterator[Any]:
    from quizzes.models import AnswerStep  # noqa: PLC0415

    for number, (place, line) in enumerate(zip(places, layout, strict=True)):
        told: dict[str, Any] = {
            "attempt": attempt, "item_id": line["item"], "actor": person,
            "response": [line["options"][place]], "response_summary": f"{number}.{place}",
            "created_at": AT + dt.timedelta(seconds=30 * number + place),
        }  # fmt: skip
        yield AnswerStep(**told, kind="saved", sequence=1)
        yield AnswerStep(**told, kind="graded", sequence=2, fraction=int(not place))


if __name__ == "__main__":
    main()
