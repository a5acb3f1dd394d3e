"""The coordinator's morning: who leaves soon and is not ready, why, and what is done about it."""

import csv
import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from exchanges.models import Office, OfficeMembership, Placement
from jobs.models import OutgoingMail
from people.models import User
from readiness import states
from readiness.enums import DeclarationKind
from readiness.models import Waiver
from tests.factories.exchanges import ExchangeFactory, OfficeFactory, PlacementFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    RequirementSetFactory,
)

REASON = "Travels with an identity card, seen at the counter."


@pytest.fixture
def office(coordinator: User) -> Office:
    office: Office = OfficeFactory.create(code="mobility")
    OfficeMembership.objects.create(office=office, user=coordinator)
    return office


def leaving(office: Office, days: int, first: str, *declared: DeclarationKind) -> Placement:
    """Somebody who leaves in so many days and has declared these."""
    start = timezone.localdate() + dt.timedelta(days=days)
    exchange = ExchangeFactory.create(
        start_date=start, end_date=start + dt.timedelta(days=120), host__name=f"Harbour {days}"
    )
    one: Placement = PlacementFactory.create(
        exchange=exchange, office=office,
        participant__first_name=first, participant__last_name="Visser",
    )  # fmt: skip
    for kind in declared:
        DeclarationFactory.create(
            placement=one, kind=kind, declared_at=timezone.now() - dt.timedelta(days=1)
        )
    return one


@pytest.fixture
def people(office: Office) -> dict[str, Placement]:
    """Two who leave soon and are not ready, one who is, one who leaves much later."""
    everybody = RequirementSetFactory.create(name="Everybody")
    for kind in (DeclarationKind.PASSPORT, DeclarationKind.INSURANCE):
        DeclarationRequirementFactory.create(requirement_set=everybody, declaration=kind)
    found = {
        "Ada": leaving(office, 10, "Ada", DeclarationKind.INSURANCE),
        "Ben": leaving(office, 20, "Ben"),
        "Cleo": leaving(office, 15, "Cleo", DeclarationKind.PASSPORT, DeclarationKind.INSURANCE),
        "Dirk": leaving(office, 200, "Dirk"),
    }
    states.refresh([one.pk for one in found.values()], at=timezone.now())
    return found


def on_screen(page: Page) -> list[tuple[str, str]]:
    """The name and what is missing, of each row of the list."""
    expect(page.locator("table.rd-persons")).to_be_visible()
    rows = page.locator("table.rd-persons tbody tr")
    return [
        (
            row.locator(".rd-exchange a").inner_text(),
            row.locator(".rd-missing-most .rd-ellipsis").get_attribute("title") or "",
        )
        for row in rows.all()
    ]


def in_the_file(page: Page) -> list[tuple[str, str]]:
    text = page.request.get(f"{page.url}&export=csv").text()
    return [
        (row["Name"], row["Missing"]) for row in csv.DictReader(text.lstrip("\ufeff").splitlines())
    ]


def remind(page: Page) -> None:
    page.get_by_role("checkbox", name="All of this list: 2 people").check()
    page.get_by_role("button", name="Remind", exact=True).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("2 people get a letter:")
    expect(main).to_contain_text("Ada Visser")
    main.get_by_role("button", name="Remind", exact=True).click()
    expect(main).to_contain_text("Done.")
    page.get_by_role("link", name="Back to the people").click()


def waive_the_passport(page: Page) -> None:
    """Look at why one of them is not ready, and let that person off with a reason."""
    page.get_by_role("link", name="Ada Visser").click()
    row = page.get_by_role("row", name="Passport")
    expect(row).to_contain_text("Overdue")
    expect(row).to_contain_text("Not declared yet.")
    row.get_by_role("link", name="Waive").click()
    page.get_by_role("button", name="Waive", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("This field is required.")
    page.fill("textarea[name=reason]", REASON)
    page.get_by_role("button", name="Waive", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("“Passport” is waived for Ada Visser.")
    expect(page.get_by_role("main")).to_contain_text(REASON)


def test_who_leaves_soon_and_is_not_ready(
    page: Page,
    sign_in: Callable[[User], Page],
    coordinator: User,
    people: dict[str, Placement],
) -> None:
    sign_in(coordinator)
    page.goto("/admin/departures/people/")
    quick = page.get_by_role("navigation", name="Show")
    quick.get_by_role("link", name="In the next 4 weeks").click()
    expect(page.get_by_role("link", name="Dirk Visser")).to_have_count(0)
    page.goto(f"{page.url}&state=not_ready")
    soon = [("Ada Visser", "Passport"), ("Ben Visser", "Insurance; Passport")]
    assert on_screen(page) == in_the_file(page) == soon

    remind(page)
    told = set(OutgoingMail.objects.values_list("to", flat=True))
    assert told == {people[name].participant.email for name in ("Ada", "Ben")}
    assert on_screen(page) == soon

    the_list = page.url
    waive_the_passport(page)
    waiver = Waiver.objects.get()
    assert (waiver.placement, waiver.reason) == (people["Ada"], REASON)
    assert waiver.granted_by == coordinator

    page.goto(the_list)
    assert on_screen(page) == in_the_file(page) == soon[1:]
