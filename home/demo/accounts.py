"""The six accounts of the demo. Their password is public on purpose."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from exchanges.models import Office, OfficeMembership
from home.course.ledger import Ledger
from people import roles
from people.models import User

PASSWORD = "sojourn-demo-2026"  # noqa: S105  public: it is printed and documented.
TIME_ZONE = "Europe/Madrid"
OBSERVED_OFFICE = "engineering"


@dataclass(frozen=True, slots=True)
class Account:
    email: str
    given_names: str
    family_name: str
    what: str
    group: str
    second_group: str = ""


STUDENT = Account("student@sojourn.example", "Amina", "Haddad", "student", roles.PARTICIPANTS)
FACULTY = Account("faculty@sojourn.example", "Tomás", "Oliveira", "faculty", roles.PARTICIPANTS)
TRAINER = Account(
    "trainer@sojourn.example", "Ngaire", "Solberg", "trainer", roles.TRAINERS, roles.LEAD_TRAINERS
)
COORDINATOR = Account(
    "coordinator@sojourn.example", "Ewa", "Castellanos", "coordinator", roles.COORDINATORS
)
OBSERVER = Account("observer@sojourn.example", "Yusuf", "Lindqvist", "observer", roles.OBSERVERS)
ADMINISTRATOR = Account(
    "admin@sojourn.example", "Idris", "Vega", "administrator", roles.ADMINISTRATORS
)
ACCOUNTS = (STUDENT, FACULTY, TRAINER, COORDINATOR, OBSERVER, ADMINISTRATOR)


def load_accounts(ledger: Ledger) -> None:
    """Make the accounts that are missing; one that is there keeps its password and roles."""
    emails = [account.email for account in ACCOUNTS]
    there = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    hashed = "" if there >= set(emails) else make_password(PASSWORD)
    for account in ACCOUNTS:
        if account.email in there:
            continue
        is_administrator = account is ADMINISTRATOR
        user = User.objects.create(
            email=account.email,
            password=hashed,
            first_name=account.given_names,
            last_name=account.family_name,
            time_zone=TIME_ZONE,
            is_staff=is_administrator,
            is_superuser=is_administrator,
        )
        groups = {account.group, account.second_group} - {""}
        user.groups.set(Group.objects.filter(name__in=groups))
        ledger.made.append(f"account {account.email}")
        if account is COORDINATOR:
            _answer_for_everything(user)
        if account is OBSERVER:
            user.observed_offices.set(Office.objects.filter(code=OBSERVED_OFFICE))


def _answer_for_everything(user: User) -> None:
    for office in Office.get_root_nodes():
        OfficeMembership.objects.get_or_create(office=office, user=user)


def person(account: Account) -> User:
    return User.objects.get(email=account.email)


def lines() -> list[str]:
    """Return a line for each account: what it is, and its address."""
    return [f"  {account.what:<14} {account.email}" for account in ACCOUNTS]
