from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoDbBlocker

from people.models import User
from quizzes.models import Attempt, Question, Quiz, QuizVersion


@pytest.fixture
def committed_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the test commit for threads to see, and take away only what it made.

    A flush of the whole database, as `transaction=True` does it, would also take the
    rows that migrations made.
    """
    with django_db_blocker.unblock():
        yield
        Attempt.objects.all().delete()
        Quiz.objects.update(live_version=None)
        QuizVersion.objects.all().delete()
        Quiz.objects.all().delete()
        Question.objects.all().delete()
        Session.objects.all().delete()
        User.objects.all().delete()


@pytest.fixture
def browser(signed_in: Callable[[User], Client], participant: User) -> Client:
    return signed_in(participant)


@pytest.fixture
def desk(signed_in: Callable[[User], Client], trainer: User) -> Any:
    """A trainer's browser."""
    return signed_in(trainer)
