"""The doors of a change of plan: form, preview, reason, deed, history and the way back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.enums import PlacementStatus
from exchanges.models import Exchange, Placement
from jobs.models import OutgoingMail
from people.models import User
from readiness.models import ChangeOfPlan, Errand, RequirementSet
from tests.factories.exchanges import ExchangeFactory, InstitutionFactory, PlacementFactory
from tests.factories.people import AdministratorFactory
from tests.factories.readiness import DeclarationRequirementFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def leaving_soon(placement: Placement, everybody: RequirementSet) -> None:
    """The stay starts in sixty days and takes ninety."""
    Exchange.objects.filter(pk=placement.exchange_id).update(
        start_date=in_days(60), end_date=in_days(150)
    )
    placement.refresh_from_db()
    DeclarationRequirementFactory.create(requirement_set=everybody)


def in_days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def wish(exchange: Exchange, **changes: Any) -> dict[str, Any]:
    """What the form of an exchange sends, as it would look with these changes."""
    found = {
        "look": "1",
        "host": exchange.host_id,
        "start_date": exchange.start_date.isoformat(),
        "end_date": exchange.end_date.isoformat(),
        "destination_country": "",
        "stay_form": exchange.stay_form,
        "moves_own": "on",
    }
    return found | changes


def plan_url(exchange: Exchange) -> str:
    return reverse("departures:plan_exchange", args=[exchange.uuid])


def own_plan_url(placement: Placement) -> str:
    return reverse("departures:plan", args=[placement.omobility_id])


def text(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def confirm(client: Client, shown: Any, **more: Any) -> Any:
    """Send the reason to the page that showed the preview."""
    seen = shown.context["form"]["seen"].value()
    data = {"seen": seen, "reason": "The host asked for it.", "tells": "on"} | more
    return client.post(shown.request["PATH_INFO"] + "?" + shown.request["QUERY_STRING"], data)


def test_the_exchange_leads_to_its_plan(desk: Client, placement: Placement) -> None:
    page = text(desk.get(reverse("departures:exchange", args=[placement.exchange.uuid])))
    assert plan_url(placement.exchange) in page

    form = text(desk.get(plan_url(placement.exchange)))
    assert "Show what changes" in form
    assert "What would change" not in form


def test_a_moved_date_is_looked_at_then_confirmed(desk: Client, placement: Placement) -> None:
    url = plan_url(placement.exchange)
    shown = desk.get(url, wish(placement.exchange, start_date=in_days(90), end_date=in_days(180)))
    page = text(shown)
    assert "Something changes for 1 of them." in page
    assert "Stay starts:" in page
    assert not ChangeOfPlan.objects.exists()

    answer = confirm(desk, shown)
    assert answer.url == reverse("departures:exchange", args=[placement.exchange.uuid])
    placement.exchange.refresh_from_db()
    assert placement.exchange.start_date == in_days(90)
    assert OutgoingMail.objects.get().to == placement.participant.email
    history = text(desk.get(answer.url))
    assert "A letter to 1 person is on its way." in history
    assert "The host asked for it." in history
    assert "Take it back" in history


def test_the_preview_is_a_file_too(desk: Client, placement: Placement) -> None:
    found = desk.get(
        plan_url(placement.exchange),
        wish(placement.exchange, start_date=in_days(80)) | {"export": "csv"},
    )

    assert found["Content-Type"].startswith("text/csv")
    assert "Ada Byron" in found.content.decode("utf-8-sig")


def test_a_reason_is_needed(desk: Client, placement: Placement) -> None:
    shown = desk.get(plan_url(placement.exchange), wish(placement.exchange, cancels="on"))
    page = text(confirm(desk, shown, reason=""))

    assert "This field is required." in page
    assert "What would change" in page
    assert not ChangeOfPlan.objects.exists()


def test_what_is_done_is_what_was_looked_at(desk: Client, placement: Placement) -> None:
    shown = desk.get(plan_url(placement.exchange), wish(placement.exchange, start_date=in_days(80)))
    Placement.objects.update(leaves_home_on=in_days(58))
    answer = confirm(desk, shown)

    assert answer.url.startswith(plan_url(placement.exchange))
    assert "things have changed since you looked" in text(desk.get(answer.url))
    assert not ChangeOfPlan.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Nothing changes by that"),
        ({"end_date": "2020-01-01"}, "The stay ends before it starts."),
        ({"start_date": ""}, "This field is required."),
    ],
)
def test_a_wish_that_cannot_be_says_why(
    desk: Client, placement: Placement, changes: dict[str, Any], said: str
) -> None:
    page = text(desk.get(plan_url(placement.exchange), wish(placement.exchange, **changes)))

    assert said in page
    assert "What would change" not in page


def test_own_dates_that_do_not_fit_are_named(desk: Client, placement: Placement) -> None:
    Placement.objects.update(leaves_home_on=in_days(59))
    page = text(
        desk.get(
            plan_url(placement.exchange),
            wish(placement.exchange, start_date=in_days(50), moves_own=""),
        )
    )

    assert "would not fit: Ada Byron" in page


def test_a_host_does_not_change_under_people_who_are_there(
    desk: Client, placement: Placement
) -> None:
    Exchange.objects.update(start_date=in_days(-10))
    placement.exchange.refresh_from_db()
    page = text(
        desk.get(
            plan_url(placement.exchange),
            wish(placement.exchange, host=InstitutionFactory.create().pk),
        )
    )

    assert "Somebody is with this host already." in page


def test_an_exchange_shared_with_others_is_changed_by_who_answers_for_all(
    desk: Client, placement: Placement, signed_in: SignIn
) -> None:
    PlacementFactory.create(exchange=placement.exchange)
    exchange_url = reverse("departures:exchange", args=[placement.exchange.uuid])

    assert desk.get(plan_url(placement.exchange)).status_code == 404
    assert plan_url(placement.exchange) not in text(desk.get(exchange_url))
    chief = signed_in(AdministratorFactory.create())
    assert chief.get(plan_url(placement.exchange)).status_code == 200


def test_a_change_is_taken_back_with_a_reason(desk: Client, placement: Placement) -> None:
    confirm(desk, desk.get(plan_url(placement.exchange), wish(placement.exchange, cancels="on")))
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.CANCELLED

    made = ChangeOfPlan.objects.get()
    url = reverse("departures:take_back", args=[made.uuid])
    shown = desk.get(url)
    assert "Status: Live instead of Cancelled" in text(shown)
    confirm(desk, shown, reason="A mistake.")
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.LIVE
    assert "takes an earlier change back" in text(
        desk.get(reverse("departures:exchange", args=[placement.exchange.uuid]))
    )
    assert "cannot be taken back any more" in text(desk.get(url))
    assert desk.post(url, {"seen": "", "reason": "Again."}).status_code == 200
    assert ChangeOfPlan.objects.count() == 2


def test_one_person_moves_and_the_page_says_so(desk: Client, placement: Placement) -> None:
    other = ExchangeFactory.create(start_date=in_days(70), end_date=in_days(170))
    person = reverse("departures:placement", args=[placement.omobility_id])
    assert own_plan_url(placement) in text(desk.get(person))
    form: Any = {"look": "1", "exchange": other.pk, "status": PlacementStatus.LIVE}
    shown = desk.get(own_plan_url(placement), form)
    assert f"Exchange: {other} instead of" in text(shown).replace("&#x27;", "'")
    answer = confirm(desk, shown)

    assert answer.url == person
    history = text(desk.get(person))
    assert "The letter about it" in history
    made = ChangeOfPlan.objects.get()
    assert reverse("departures:take_back", args=[made.uuid]) in history
    confirm(desk, desk.get(reverse("departures:take_back", args=[made.uuid])))
    placement.refresh_from_db()
    assert placement.exchange != other


def test_ticked_people_move_together(desk: Client, placement: Placement) -> None:
    other = ExchangeFactory.create(start_date=in_days(70), end_date=in_days(170))
    second = PlacementFactory.create(exchange=placement.exchange, office=placement.office)
    url = reverse("departures:people_move")
    ticked: Any = {"person": [placement.omobility_id, second.omobility_id]}
    assert f'name="person" value="{second.omobility_id}"' in text(desk.get(url, ticked))
    shown = desk.get(url, ticked | {"look": "1", "target": other.pk})
    assert "Something changes for 2 of them." in text(shown)
    answer = confirm(desk, shown)

    errand = Errand.objects.get()
    assert answer.url == reverse("departures:errand", args=[errand.uuid])
    assert "Moved 2 people." in text(desk.get(answer.url))
    assert set(Placement.objects.values_list("exchange", flat=True)) == {other.pk}
    assert OutgoingMail.objects.count() == 2


def test_who_is_there_already_does_not_move(desk: Client, placement: Placement) -> None:
    there = PlacementFactory.create(
        participant=placement.participant,
        exchange=ExchangeFactory.create(start_date=in_days(70), end_date=in_days(170)),
    )
    page = text(
        desk.get(
            reverse("departures:people_move"),
            {"person": placement.omobility_id, "look": "1", "target": there.exchange_id},
        )
    )

    assert "These people are on that exchange already: Ada Byron." in page


def test_nobody_ticked_changes_nothing(desk: Client, placement: Placement) -> None:
    page = text(
        desk.get(
            reverse("departures:people_move"),
            {"look": "1", "target": placement.exchange_id},
        )
    )

    assert "Nothing changes by that" in page
