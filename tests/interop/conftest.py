from pathlib import Path

import pytest

from exchanges.models import Institution, Office, Programme
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
