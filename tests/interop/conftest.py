from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from exchanges.models import Institution, Office, Programme
from people.models import User
from tests.factories.exchanges import InstitutionFactory, OfficeFactory, ProgrammeFactory

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "samples" / "roster.csv"

OFFICES = (
    ("international-office", None),
    ("engineering", "international-office"),
    ("humanities", "international-office"),
    ("staff-mobility", "international-office"),
    ("business-school", None),
)
PROGRAMMES = (
    "erasmus-studies",
    "erasmus-traineeship",
    "blended-intensive",
    "worldwide-exchange",
    "staff-teaching",
    "staff-training",
    "joint-research",
)


@pytest.fixture
def sample() -> bytes:
    return SAMPLE.read_bytes()


@pytest.fixture
def northfield(db: None) -> Institution:
    """The home institution of the sample roster, with its offices and programmes."""
    home = InstitutionFactory.create(
        hei_id="northfield.example",
        name="Northfield University",
        country="ES",
        time_zone="Europe/Madrid",
        is_home=True,
    )
    for code, parent in OFFICES:
        above = Office.objects.get(code=parent) if parent else None
        OfficeFactory.create(code=code, name=code, institution=home, parent=above)
    for code in PROGRAMMES:
        ProgrammeFactory.create(code=code, name=code)
    return home


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory.create(code="studies")


@pytest.fixture
def racing_account() -> Iterator[None]:
    """Somebody makes Zoë's account by another door just before the import does."""
    raced = False

    def interrupt(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal raced
        if sql.startswith('INSERT INTO "people_user"') and not raced:
            raced = True
            User.objects.create_user("zoe@home.example")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(interrupt):
        yield
