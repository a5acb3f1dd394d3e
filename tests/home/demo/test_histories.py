"""Written in bulk or done deed by deed: the same rows."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from competence.models import Dimension
from home.course.glossary import load_glossary
from home.course.ledger import Ledger
from home.course.pages import PageLoader
from home.course.questions import load_quizzes
from home.course.reading import key
from home.demo.history_by_deeds import replay
from home.demo.history_in_bulk import Story, write
from home.demo.timeline import Read, Sat
from modules.models import ModulePage
from people.models import User
from progress.models import LessonRecord, ModuleRecord
from quizzes.models import AnswerStep, Attempt, Quiz
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import TrainerFactory

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
SEED = UUID(int=99)
Course = tuple[dict[str, ModulePage], dict[str, Quiz]]


@pytest.fixture
def course() -> Course:
    ledger, author = Ledger(), TrainerFactory.create()
    dimensions = {each.code: each for each in Dimension.objects.all()}
    load_glossary(ledger, author=author)
    quizzes = load_quizzes(ledger, dimensions=dimensions, author=author, at=AT)
    pages = PageLoader(ledger, author=author, at=AT, dimensions=dimensions, quizzes=quizzes)
    return pages.load(), quizzes


def day(number: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, number, 9, minute, tzinfo=dt.UTC)


def lesson(module: str, name: str, opened: int, completed: int | None) -> Read:
    done = None if completed is None else day(completed, 12)
    return Read(module, key("page", module, name), day(opened), done)


READINGS = (
    lesson("culture-and-self", "what-you-carry-with-you", 2, 2),
    lesson("culture-and-self", "see-then-explain", 3, 5),
    lesson("culture-and-self", "how-others-may-read-you", 5, 5),
    lesson("culture-and-self", "two-goals-you-can-check", 6, 6),
    lesson("culture-and-self", "the-same-value", 6, 6),
    lesson("culture-and-self", "twenty-minutes-of-looking", 6, 6),
    lesson("safety-law-and-ethics", "know-who-helps", 8, 8),
    lesson("safety-law-and-ethics", "another-place-another-law", 9, None),
)
SITTINGS = (
    Sat("where-i-stand", 0, day(7), day(7, 8)),
    Sat("safety", 3, day(10), day(10, 9)),
    Sat("safety", 1, day(12), day(12, 9)),
    Sat("communication", 2, day(14), day(14, 9)),
)


def story(person: User) -> Story:
    return Story(person.pk, SEED, READINGS, SITTINGS)


def rows(model: Any, person: User, path: str = "participant") -> list[dict[str, Any]]:
    """Return what is recorded of a person, without the columns that name the row or the person."""
    own = {"id", "uuid", "participant_id", "actor_id", "attempt_id"}
    found = model._default_manager.filter(**{path: person}).order_by("pk").values()
    return sorted(
        ({name: value for name, value in row.items() if name not in own} for row in found), key=str
    )


READERS: list[Callable[[User], list[dict[str, Any]]]] = [
    lambda person: rows(LessonRecord, person),
    lambda person: rows(ModuleRecord, person),
    lambda person: rows(Attempt, person),
    lambda person: rows(AnswerStep, person, "attempt__participant"),
]


def test_both_ways_leave_the_same_rows(course: Course) -> None:
    modules, quizzes = course
    at_once, by_deeds = (PlacementFactory.create().participant for _ in range(2))

    write([story(at_once)], modules=modules, quizzes=quizzes, until=AT)
    replay(story(by_deeds), quizzes=quizzes)

    for reader in READERS:
        assert reader(at_once) == reader(by_deeds)
        assert reader(at_once)


def test_marks_and_completions_are_what_the_rules_say(course: Course) -> None:
    modules, quizzes = course
    person = PlacementFactory.create().participant

    write([story(person)], modules=modules, quizzes=quizzes, until=AT)

    attempts = Attempt.objects.filter(participant=person).order_by("started_at")
    assert [(each.number, each.percent, each.passed) for each in attempts][:3] == [
        (1, None, None),
        (1, 62.5, False),
        (2, 87.5, True),
    ]
    completed = ModuleRecord.objects.filter(participant=person, completed_at__isnull=False)
    assert [(each.title, each.completed_at) for each in completed] == [
        ("Culture and self", day(7, 8))
    ]
