import pytest
from django.test import Client

from exchanges.models import Office, OfficeMembership
from home.course.ledger import Ledger
from home.demo.accounts import ACCOUNTS, PASSWORD, Account, lines, load_accounts
from home.demo.institution import load_institution
from people import roles
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger() -> Ledger:
    ledger = Ledger()
    load_institution(ledger)
    ledger.made.clear()
    load_accounts(ledger)
    return ledger


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.what)
def test_each_account_signs_in_at_the_door(ledger: Ledger, account: Account) -> None:
    client = Client()
    answer = client.post("/accounts/login/", {"login": account.email, "password": PASSWORD})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(email=account.email).pk)


def test_each_account_has_its_role_and_no_more(ledger: Ledger) -> None:
    people = {each.what: User.objects.get(email=each.email) for each in ACCOUNTS}
    allowed = {
        what: (roles.is_trainer(person), roles.is_coordinator(person), person.is_superuser)
        for what, person in people.items()
    }

    assert allowed == {
        "student": (False, False, False),
        "faculty": (False, False, False),
        "trainer": (True, False, False),
        "coordinator": (False, True, False),
        "observer": (False, False, False),
        "administrator": (True, True, True),
    }


def test_the_coordinator_answers_for_every_office(ledger: Ledger) -> None:
    memberships = OfficeMembership.objects.values_list("user__email", "office__code")

    assert set(memberships) == {
        ("coordinator@sojourn.example", office.code) for office in Office.get_root_nodes()
    }
    assert len(memberships) == 2


def test_the_observer_looks_at_one_office_and_answers_for_none(ledger: Ledger) -> None:
    observer = User.objects.get(email="observer@sojourn.example")

    assert roles.is_observer(observer)
    assert [office.code for office in observer.observed_offices.all()] == ["engineering"]
    assert not observer.offices.exists()


def test_an_account_that_is_there_keeps_its_password_and_its_name(ledger: Ledger) -> None:
    trainer = User.objects.get(email="trainer@sojourn.example")
    trainer.set_password("another password of hers")
    trainer.first_name = "Somebody"
    trainer.save()

    load_accounts(ledger)

    trainer.refresh_from_db()
    assert trainer.first_name == "Somebody"
    assert trainer.check_password("another password of hers")
    assert len(ledger.made) == 6


def test_the_accounts_are_told_with_what_they_are() -> None:
    assert lines()[0] == "  student        student@sojourn.example"
    assert len(lines()) == 6
