"""Travel advice: whom it asks something of, what they read, and how it is withdrawn."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.models import Exchange, Placement
from jobs.models import OutgoingMail
from people.models import User
from readiness import declarations, report
from readiness.enums import AdviceLevel, DeclarationKind
from readiness.errors import NoReasonError, NotAllowedError, NotAskedError
from readiness.models import RequirementSet, StateRow, TravelAdvice
from readiness.replanning import advising
from readiness.verdicts import VerdictStatus
from tests.factories.exchanges import OfficeFactory, PlacementFactory
from tests.factories.people import AdministratorFactory
from tests.factories.readiness import TravelAdviceFactory
from tests.readiness.moments import JANUARY

pytestmark = pytest.mark.django_db

KEY = "declaration:travel_advice"
SWEDEN = "SE"


def draft(placement: Placement, **more: Any) -> advising.Draft:
    wished: dict[str, Any] = {
        "country": SWEDEN,
        "level": AdviceLevel.CAUTION,
        "since": JANUARY,
        "office": placement.office,
    }
    return advising.Draft(**wished | more)


def issued(placement: Placement, by: User, **more: Any) -> TravelAdvice:
    wished: dict[str, Any] = {
        "draft": draft(placement),
        "text": "Expect storms.",
        "source": "https://ministry.example/",
        "at": JANUARY,
    }
    return advising.issue(by=by, **wished | more)


def test_it_is_asked_of_who_goes_there_and_has_not_left(
    placement: Placement, office_coordinator: User
) -> None:
    left = PlacementFactory.create(
        exchange=placement.exchange, office=placement.office, own_start_date="2027-01-02"
    )
    elsewhere = PlacementFactory.create(exchange__host__country="JP", office=placement.office)
    found = advising.look(draft(placement), by=office_coordinator, at=JANUARY)
    assert [one.omobility_id for one in found.effects] == [placement.omobility_id]
    assert found.effects[0].added == ("Travel advice",)
    assert not TravelAdvice.objects.exists()

    issued(placement, office_coordinator)
    asked = [
        one.pk
        for one in (placement, left, elsewhere)
        if report.for_placement(one, as_of=JANUARY).cell(KEY)
    ]
    assert asked == [placement.pk]
    assert StateRow.objects.get(placement=placement).required == 1
    letter = OutgoingMail.objects.get()
    assert letter.to == placement.participant.email
    assert letter.subject == "Travel advice: Sweden"
    assert "Expect storms." in letter.text
    assert "Take special care" in letter.text


def test_who_is_placed_later_is_asked_too(placement: Placement, office_coordinator: User) -> None:
    issued(placement, office_coordinator)
    later = PlacementFactory.create(exchange=placement.exchange, office=placement.office)

    assert report.for_placement(later, as_of=JANUARY).cell(KEY) is not None


def test_a_module_can_be_asked_instead(
    placement: Placement, office_coordinator: User, module: Any
) -> None:
    wished = draft(placement, module=module.modulepage_ptr)
    found = advising.look(wished, by=office_coordinator, at=JANUARY)
    assert found.effects[0].added == ("Safety",)
    issued(placement, office_coordinator, draft=wished)

    (cell,) = report.for_placement(placement, as_of=JANUARY).cells
    assert cell.requirement.name == "Safety"


def test_newer_advice_is_confirmed_anew(placement: Placement, office_coordinator: User) -> None:
    issued(placement, office_coordinator)
    noon = JANUARY + dt.timedelta(hours=1)
    declarations.declare(
        placement=placement,
        kind=DeclarationKind.TRAVEL_ADVICE,
        by=placement.participant,
        at=noon,
    )
    later = noon + dt.timedelta(days=1)
    issued(placement, office_coordinator, at=later, draft=draft(placement, since=later))

    cell = report.for_placement(placement, as_of=later).cell(KEY)
    assert cell is not None
    assert cell.status == VerdictStatus.PENDING
    assert OutgoingMail.objects.count() == 2


def test_withdrawn_advice_is_asked_no_longer_and_stays_readable(
    placement: Placement, office_coordinator: User
) -> None:
    made = issued(placement, office_coordinator)
    later = JANUARY + dt.timedelta(days=1)
    found = advising.look_at_withdrawing(made, by=office_coordinator, at=later)
    assert found.effects[0].removed == ("Travel advice",)
    made.refresh_from_db()
    advising.withdraw(made=made, reason="The storm is over.", by=office_coordinator, at=later)

    assert report.for_placement(placement, as_of=later).cells == ()
    assert OutgoingMail.objects.filter(subject="Travel advice withdrawn: Sweden").count() == 1
    with pytest.raises(NotAskedError):
        advising.withdraw(made=made, reason="Again.", by=office_coordinator, at=later)


def test_the_guards_of_advice(placement: Placement, office_coordinator: User) -> None:
    with pytest.raises(NotAllowedError):
        issued(placement, office_coordinator, draft=draft(placement, office=None))
    with pytest.raises(NotAllowedError):
        issued(PlacementFactory.create(), office_coordinator)
    with pytest.raises(NoReasonError):
        issued(placement, office_coordinator, text=" ")
    made = issued(placement, office_coordinator)
    with pytest.raises(NoReasonError):
        advising.withdraw(made=made, reason="", by=office_coordinator, at=JANUARY)
    with pytest.raises(NotAllowedError):
        advising.withdraw(made=made, reason="No.", by=placement.participant, at=JANUARY)

    assert RequirementSet.objects.count() == 1


def in_days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def sent_on(response: Any) -> str:
    assert response.status_code == 302
    return str(response.url)


def text(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def leaving_soon(placement: Placement) -> Placement:
    Exchange.objects.filter(pk=placement.exchange_id).update(
        start_date=in_days(60), end_date=in_days(150)
    )
    placement.refresh_from_db()
    return placement


def test_the_office_issues_and_withdraws_it_in_the_cms(
    desk: Client, leaving_soon: Placement, office_coordinator: User
) -> None:
    index, new = reverse("travel_advice:index"), reverse("travel_advice:new")
    assert new in text(desk.get(index))
    assert "Show what changes" in text(desk.get(new))
    wish: Any = {
        "look": "1",
        "country": SWEDEN,
        "level": "avoid",
        "valid_from": in_days(0).isoformat(),
        "office": leaving_soon.office_id,
    }
    shown = desk.get(new, wish)
    assert "asked in addition: Travel advice" in text(shown)
    address = f"{new}?{shown.request['QUERY_STRING']}"
    sent = {"seen": shown.context["form"]["seen"].value(), "text": "Storms.", "tells": "on"}
    assert "This field is required." in text(desk.post(address, sent | {"text": ""}))
    assert sent_on(desk.post(address, sent)) == index

    made = TravelAdvice.objects.get()
    withdraw = reverse("travel_advice:withdraw", args=[made.uuid])
    page = text(desk.get(index))
    assert withdraw in page
    assert "Do not travel" in page
    shown = desk.get(withdraw)
    assert "no longer asked: Travel advice" in text(shown)
    seen = shown.context["form"]["seen"].value()
    assert sent_on(desk.post(withdraw, {"seen": seen, "reason": "It is over."})) == index
    assert "It is over." in text(desk.get(index))
    assert desk.get(withdraw).status_code == 404


def test_everybody_is_advised_by_administrators_only(
    desk: Client, leaving_soon: Placement, signed_in: Any, office_coordinator: User
) -> None:
    chief = AdministratorFactory.create()
    made = issued(leaving_soon, chief, draft=draft(leaving_soon, office=None), at=timezone.now())
    withdraw = reverse("travel_advice:withdraw", args=[made.uuid])

    assert withdraw not in text(desk.get(reverse("travel_advice:index")))
    assert desk.get(withdraw).status_code == 404
    assert signed_in(chief).get(withdraw).status_code == 200


def test_the_participant_reads_it_where_it_is_confirmed(
    leaving_soon: Placement, office_coordinator: User
) -> None:
    now = timezone.now()
    issued(leaving_soon, office_coordinator, at=now, draft=draft(leaving_soon, since=now))
    client = Client()
    client.force_login(leaving_soon.participant)
    page = text(
        client.get(
            reverse("readiness:declaration", args=[leaving_soon.omobility_id, "travel_advice"])
        )
    )

    assert "Expect storms." in page
    assert "https://ministry.example/" in page
    assert "I have read the travel advice" in page


def test_an_administrator_reads_the_advice_of_every_office(administrator: User) -> None:
    made = [TravelAdviceFactory.create(office=OfficeFactory.create()), TravelAdviceFactory.create()]

    assert set(TravelAdvice.objects.within(administrator)) == set(made)
