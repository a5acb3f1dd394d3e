from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from people.models import User
from tests.factories.people import (
    AdministratorFactory,
    CoordinatorFactory,
    ParticipantFactory,
    TrainerFactory,
)


@pytest.fixture
def participant(db: None) -> User:
    return ParticipantFactory.create()


@pytest.fixture
def trainer(db: None) -> User:
    return TrainerFactory.create()


@pytest.fixture
def coordinator(db: None) -> User:
    return CoordinatorFactory.create()


@pytest.fixture
def administrator(db: None) -> User:
    return AdministratorFactory.create()


@pytest.fixture
def signed_in(client: Client) -> Callable[[User], Client]:
    """Return the client with the given person signed in."""

    def sign_in(user: User) -> Client:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def home_page(db: None) -> Any:
    """The home page that the migrations made."""
    Locale.objects.get_or_create(language_code="en")
    return Page.objects.get(depth=2).specific
