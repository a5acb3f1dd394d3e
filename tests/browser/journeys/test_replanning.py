"""Plans that change, as the office and the participant live through it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from exchanges.models import Placement
from jobs.models import OutgoingMail
from people.models import User
from readiness import states
from readiness.enums import DeclarationKind
from tests.factories.exchanges import InstitutionFactory, OfficeFactory, PlacementFactory
from tests.factories.readiness import DeclarationRequirementFactory, RequirementSetFactory

SignIn = Callable[[User], Page]


def in_days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


@pytest.fixture
def placement(db: None, coordinator: User) -> Placement:
    """Ada goes to Sweden in sixty days; her passport is asked for, in Japan a visa, too."""
    everybody = RequirementSetFactory.create(name="Everybody")
    DeclarationRequirementFactory.create(requirement_set=everybody)
    japan = RequirementSetFactory.create(name="Japan", country="JP")
    DeclarationRequirementFactory.create(requirement_set=japan, declaration=DeclarationKind.VISA)
    office = OfficeFactory.create(name="Mobility")
    office.members.add(coordinator)
    found: Placement = PlacementFactory.create(
        participant__first_name="Ada",
        participant__last_name="Byron",
        office=office,
        exchange__host__name="Harbour University",
        exchange__start_date=in_days(60),
        exchange__end_date=in_days(150),
    )
    states.refresh([found.pk], at=timezone.now())
    return found


def open_plan(page: Page) -> None:
    """From the front page of the CMS to the plan of the exchange."""
    page.goto("/admin/departures/")
    page.get_by_role("link", name="Harbour University").first.click()
    page.get_by_role("link", name="Change the plan").click()


def look_and_confirm(page: Page, *, shows: str, button: str = "Change the plan") -> None:
    page.get_by_role("button", name="Show what changes").press("Enter")
    expect(page.get_by_role("main")).to_contain_text(shows)
    page.get_by_label("Reason").fill("The host asked for it.")
    page.get_by_role("button", name=button).click()


def test_a_moved_date(page: Page, sign_in: SignIn, coordinator: User, placement: Placement) -> None:
    sign_in(coordinator)
    open_plan(page)
    page.get_by_label("Stay starts").fill(in_days(90).isoformat())
    page.get_by_label("Stay ends").fill(in_days(180).isoformat())
    page.get_by_label("Stay ends").press("Escape")
    look_and_confirm(page, shows="Passport (due by")

    expect(page.get_by_text("A letter to 1 person is on its way.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("The host asked for it.")
    assert OutgoingMail.objects.get().to == placement.participant.email

    page.get_by_role("link", name="Take it back").click()
    page.get_by_label("Reason").fill("A mistake.")
    page.get_by_role("button", name="Take the change back").click()
    expect(page.get_by_role("main")).to_contain_text("takes an earlier change back")
    placement.exchange.refresh_from_db()
    assert placement.exchange.start_date == in_days(60)


def test_a_changed_host(
    page: Page, sign_in: SignIn, coordinator: User, placement: Placement
) -> None:
    InstitutionFactory.create(name="Kyoto College", country="JP")
    sign_in(coordinator)
    open_plan(page)
    page.get_by_label("Host institution").select_option(label="Kyoto College")
    look_and_confirm(page, shows="asked in addition: Visa")
    expect(page.get_by_role("main")).to_contain_text("Kyoto College instead of Harbour University")
    page.context.clear_cookies()

    sign_in(placement.participant)
    expect(page.get_by_role("main")).to_contain_text("Kyoto College")
    expect(page.get_by_role("main")).to_contain_text("Visa")


def test_travel_advice(
    page: Page, sign_in: SignIn, coordinator: User, placement: Placement
) -> None:
    sign_in(coordinator)
    page.goto("/admin/travel_advice/")
    page.get_by_role("link", name="Issue travel advice").click()
    page.get_by_label("Country").select_option(label="Sweden")
    page.get_by_label("Level").select_option(label="Take special care")
    page.get_by_label("For people of").select_option(label="Mobility")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("main")).to_contain_text("asked in addition: Travel advice")
    page.get_by_label("Advice", exact=False).last.fill("Expect storms on the coast.")
    page.get_by_role("button", name="Issue travel advice").click()
    expect(page.get_by_role("main")).to_contain_text("Expect storms on the coast.")
    page.context.clear_cookies()

    sign_in(placement.participant)
    page.goto(f"/my/declarations/{placement.omobility_id}/travel_advice/")
    expect(page.get_by_role("main")).to_contain_text("Expect storms on the coast.")
    page.get_by_role("button", name="Yes, I declare that").click()
    page.goto(f"/my/declarations/{placement.omobility_id}/travel_advice/")
    expect(page.get_by_role("main")).to_contain_text("Declared.")


def test_more_time_is_asked_and_given(
    page: Page, sign_in: SignIn, coordinator: User, placement: Placement
) -> None:
    key = "declaration:passport"
    sign_in(placement.participant)
    page.goto(f"/my/more-time/{placement.omobility_id}/{key}/")
    page.get_by_label("Until when do you need?").fill(in_days(50).isoformat())
    page.get_by_label("Why?").fill("The town hall is closed.")
    page.get_by_role("button", name="Ask for more time").click()
    page.context.clear_cookies()

    sign_in(coordinator)
    page.goto(f"/admin/departures/placements/{placement.omobility_id}/")
    page.get_by_role("link", name="Decide about more time").click()
    expect(page.get_by_role("main")).to_contain_text("The town hall is closed.")
    page.get_by_label("Give more time").check()
    page.get_by_label("Until").fill(in_days(50).isoformat())
    page.get_by_label("Until").press("Escape")
    page.get_by_label("Reason").fill("Granted, that is early enough.")
    page.locator("main form[method=post] button[type=submit]").first.click()
    expect(page.get_by_role("main")).to_contain_text("Granted, that is early enough.")
    page.context.clear_cookies()

    sign_in(placement.participant)
    page.goto(f"/my/more-time/{placement.omobility_id}/{key}/")
    expect(page.get_by_role("main")).to_contain_text("Granted, that is early enough.")
