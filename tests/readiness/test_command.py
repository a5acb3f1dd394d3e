import csv
import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exchanges.models import Placement
from readiness.models import RequirementSet
from tests.factories.readiness import DeclarationFactory, DeclarationRequirementFactory
from tests.readiness.moments import JANUARY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def passport(everybody: RequirementSet) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)


def run(*arguments: Any) -> str:
    out = io.StringIO(newline="")
    call_command("readiness_report", *arguments, stdout=out)
    return out.getvalue()


def test_an_exchange_is_found_by_its_code_or_its_uuid(placement: Placement) -> None:
    by_code = run(placement.exchange.code)
    by_uuid = run(str(placement.exchange.uuid))

    assert by_code == by_uuid
    (row,) = csv.DictReader(io.StringIO(by_code))
    assert (row["Name"], row["Passport: why"]) == ("Ada Byron", "Not declared yet.")


def test_json_can_be_read_by_a_machine(placement: Placement) -> None:
    found = json.loads(run(placement.exchange.code, "--format", "json"))

    assert found["exchange"]["code"] == placement.exchange.code
    assert found["placements"][0]["name"] == "Ada Byron"


def test_a_day_can_be_asked_about(placement: Placement) -> None:
    DeclarationFactory.create(placement=placement, declared_at=JANUARY.replace(year=2026))
    code = placement.exchange.code

    days = ("2026-01-14", "2026-01-15")
    done = [
        json.loads(run(code, "--format", "json", "--as-of", day))["placements"][0]["done"]
        for day in days
    ]

    assert done == [0, 1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "no exchange with the code or UUID “nowhere”"),
        (["00000000-0000-4000-8000-000000000000"], "no exchange with the code or UUID"),
    ],
)
def test_an_unknown_exchange_is_named(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(*arguments)


@pytest.mark.parametrize(
    ("day", "message"),
    [("2999-01-01", "is in the future"), ("soon", "Write it as 2027-03-01")],
)
def test_a_day_that_makes_no_sense_is_refused(placement: Placement, day: str, message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(placement.exchange.code, "--as-of", day)
