from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from pytest_django import DjangoDbBlocker
from wagtail.models import Locale, Page, Site

from people.models import User
from scripts import messages
from tests.factories.people import (
    AdministratorFactory,
    CoordinatorFactory,
    ObserverFactory,
    ParticipantFactory,
    TrainerFactory,
)


def pytest_configure() -> None:
    """Compile the translations before Django reads them."""
    messages.compile_all()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    """Make the test database in any case.

    The plugin's own fixture makes it only for tests with a mark. Tests with threads
    have none, because they commit: alone in a run they would meet the database of
    the site, and delete its rows.
    """
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0,
            interactive=False,
            keepdb=django_db_keepdb and not django_db_createdb,
            aliases={DEFAULT_DB_ALIAS: None},
            serialized_aliases=[DEFAULT_DB_ALIAS],
        )
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Nothing that another test left: contents kept, counts of attempts to sign in."""
    cache.clear()


@pytest.fixture
def _roots_known(db: None) -> None:
    """Where each site begins stands in the cache, as it does once a page was asked for."""
    Site.get_site_root_paths()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Take back the language of the last request, which stays with the thread."""
    yield
    translation.deactivate()


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
def observer(db: None) -> User:
    return ObserverFactory.create()


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
