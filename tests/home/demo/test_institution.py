import pytest

from exchanges.models import Institution, Office, Programme
from home.course.ledger import Ledger
from home.demo.institution import load_institution

pytestmark = pytest.mark.django_db


def test_offices_stand_below_the_international_office_but_for_the_business_school() -> None:
    load_institution(Ledger())

    assert Institution.objects.get(is_home=True).name == "Northfield University"
    assert {office.code: office.depth for office in Office.objects.all()} == {
        "international-office": 1,
        "engineering": 2,
        "humanities": 2,
        "staff-mobility": 2,
        "business-school": 1,
    }
    assert Programme.objects.count() == 7


def test_what_is_there_is_left_as_it_is() -> None:
    load_institution(Ledger())
    Office.objects.filter(code="humanities").update(name="Arts")
    Programme.objects.filter(code="staff-training").delete()
    ledger = Ledger()

    load_institution(ledger)

    assert ledger.made == ["programme “Staff training abroad”"]
    assert Office.objects.get(code="humanities").name == "Arts"
