"""The queue of sign-offs: who sees what waits for them, and signs it off, one or several."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from people.models import User
from readiness import approvals, report, signing_queue
from readiness.enums import ApprovingRole
from readiness.errors import NotAllowedError
from readiness.models import Approval, RequirementSet, StateChange
from readiness.targets import approval_target
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory, TrainerFactory
from tests.factories.readiness import RequirementFactory
from tests.readiness.conftest import FreshClient

pytestmark = pytest.mark.django_db

QUEUE = reverse("departures:sign_offs")
SIGN = reverse("departures:sign_off")
INTERVIEW = f"approval:{approval_target(ApprovingRole.TRAINER, 'Interview')}"
FORM = f"approval:{approval_target(ApprovingRole.COORDINATOR, 'Form')}"


@pytest.fixture
def asked(everybody: RequirementSet) -> None:
    """An interview by a trainer, and a form that a coordinator signs off."""
    for role, subject in (
        (ApprovingRole.TRAINER, "Interview"),
        (ApprovingRole.COORDINATOR, "Form"),
    ):
        RequirementFactory.create(
            requirement_set=everybody, kind="approval", role=role, subject=subject
        )


@pytest.fixture
def placement() -> Placement:
    return PlacementFactory.create(
        participant__first_name="Ada", participant__last_name="Byron", exchange__coming=True
    )


@pytest.fixture
def trainer() -> User:
    return TrainerFactory.create(first_name="Tom", last_name="Teacher")


@pytest.fixture
def browser(trainer: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(trainer)


def waiting(browser: Client) -> list[tuple[str, str]]:
    return [(one.name, one.asked.name) for one in browser.get(QUEUE).context["waiting"]]


def ticks(browser: Client, *names: str) -> list[str]:
    shown = browser.get(QUEUE).context["waiting"]
    return [one.tick for one in shown if not names or one.name in names]


def address(chosen: list[str]) -> str:
    return f"{SIGN}?{urlencode([('one', tick) for tick in chosen])}"


@pytest.mark.usefixtures("asked")
def test_each_role_sees_what_waits_for_it(
    placement: Placement,
    browser: Client,
    office_coordinator: User,
    administrator: User,
    signed_in: Callable[[User], Client],
) -> None:
    assert waiting(browser) == [("Ada Byron", "Interview")]
    assert waiting(signed_in(office_coordinator)) == [("Ada Byron", "Form")]
    assert waiting(signed_in(CoordinatorFactory.create())) == []
    assert ("Ada Byron", "Form") in waiting(signed_in(administrator))


@pytest.mark.usefixtures("asked")
def test_who_has_no_such_role_has_no_page(
    placement: Placement, observer: User, signed_in: Callable[[User], Client]
) -> None:
    for user in (placement.participant, observer):
        assert signed_in(user).get(QUEUE).status_code in {302, 404}


@pytest.mark.usefixtures("asked")
def test_who_is_cancelled_back_home_or_oneself_does_not_wait(
    placement: Placement, trainer: User, browser: Client
) -> None:
    PlacementFactory.create(status=PlacementStatus.CANCELLED, exchange__coming=True)
    PlacementFactory.create(
        exchange__start_date=dt.date(2020, 1, 1), exchange__end_date=dt.date(2020, 6, 1)
    )
    own = PlacementFactory.create(participant=trainer, exchange__coming=True)

    assert waiting(browser) == [("Ada Byron", "Interview")]
    with pytest.raises(NotAllowedError):
        approvals.approve(
            placement=own, role=ApprovingRole.TRAINER, subject="Interview", by=trainer,
            at=timezone.now(),
        )  # fmt: skip


@pytest.mark.usefixtures("asked")
def test_the_longest_wait_comes_first(placement: Placement, browser: Client) -> None:
    later = PlacementFactory.create(
        participant__first_name="Zoe", participant__last_name="Later", exchange__coming=True
    )
    assert len(waiting(browser)) == 2
    for days, one in ((30, later), (2, placement)):
        StateChange.objects.filter(placement=one).update(
            noticed_at=timezone.now() - dt.timedelta(days=days)
        )

    assert [name for name, _what in waiting(browser)] == ["Zoe Later", "Ada Byron"]


@pytest.mark.usefixtures("asked")
def test_one_is_signed_off_with_a_note_and_taken_back(
    placement: Placement, trainer: User, browser: Client
) -> None:
    page = browser.get(address(ticks(browser)))
    assert "Ada Byron: Interview" in page.content.decode()
    response = browser.post(address(ticks(browser)), {"note": "Ready to go."}, follow=True)
    assert response.redirect_chain == [(QUEUE, 302)]
    assert "1 sign-off is given." in response.content.decode()

    one = Approval.objects.get()
    assert (one.approved_by, one.note, one.role) == (trainer, "Ready to go.", "trainer")
    cell = report.for_placement(placement, as_of=timezone.now()).cell(INTERVIEW)
    assert cell is not None
    assert cell.verdict.why == "Signed off by Tom Teacher."
    assert waiting(browser) == []

    browser.post(QUEUE, {"withdraw": one.pk})
    assert waiting(browser) == [("Ada Byron", "Interview")]


@pytest.mark.usefixtures("asked")
def test_several_ticked_ones_are_signed_off_at_once(placement: Placement, browser: Client) -> None:
    others = PlacementFactory.create_batch(3, exchange__coming=True)
    chosen = ticks(browser, "Ada Byron", str(others[0].participant))
    response = browser.post(address(chosen), {"note": ""}, follow=True)

    assert "2 sign-offs are given." in response.content.decode()
    assert set(Approval.objects.values_list("placement", flat=True)) == {
        placement.pk,
        others[0].pk,
    }
    assert len(waiting(browser)) == 2


@pytest.mark.usefixtures("asked")
def test_what_is_no_longer_waited_for_is_left_alone_and_said(
    placement: Placement, browser: Client
) -> None:
    chosen = address(ticks(browser))
    browser.post(chosen, {"note": ""})
    again = browser.post(chosen, {"note": ""}, follow=True)

    assert "Some had changed since you opened the page" in again.content.decode()
    assert Approval.objects.count() == 1


@pytest.mark.usefixtures("asked")
def test_a_trainer_signs_off_nothing_of_the_office(placement: Placement, browser: Client) -> None:
    foreign = f"{placement.omobility_id}:{FORM}"
    nonsense = ["", "x", f"{placement.omobility_id}", "not-a-uuid:key"]
    page = browser.get(address([foreign, *nonsense]))
    browser.post(address([foreign, *nonsense]), {"note": ""})

    assert "Nobody is ticked." in page.content.decode()
    assert Approval.objects.count() == 0


@pytest.mark.usefixtures("asked")
def test_only_ones_own_sign_off_is_taken_back(
    placement: Placement, browser: Client, signed_in: Callable[[User], Client]
) -> None:
    browser.post(address(ticks(browser)), {"note": ""})
    one = Approval.objects.get()
    other = signed_in(TrainerFactory.create())

    assert other.post(QUEUE, {"withdraw": one.pk}).status_code == 404
    assert other.post(QUEUE, {"withdraw": "x"}).status_code == 404
    one.refresh_from_db()
    assert one.withdrawn_at is None


@pytest.mark.usefixtures("asked")
def test_the_menu_and_the_front_page_lead_trainers_there(
    placement: Placement, browser: Client
) -> None:
    front = browser.get(reverse("wagtailadmin_home")).content.decode()

    assert front.count(QUEUE) >= 2
    assert "1 person waits for your sign-off." in " ".join(front.split())


@pytest.mark.usefixtures("asked")
def test_the_number_of_queries_does_not_depend_on_the_people(
    placement: Placement, trainer: User, browser: FreshClient, django_assert_num_queries: Any
) -> None:
    def asked_for() -> int:
        lines, asked = signing_queue.lines_waiting(trainer, at=timezone.now())
        some = lines.select_related(*signing_queue.SHOWN)
        return len(signing_queue.waiting(some, asked, at=timezone.now()))

    browser.get(QUEUE)
    assert asked_for() == 1  # the trainer's permissions are known from now on
    # Versions of sets; the queue.
    with django_assert_num_queries(2):
        assert asked_for() == 1
    PlacementFactory.create_batch(4, exchange__coming=True)
    browser.get(QUEUE)
    with django_assert_num_queries(2):
        assert asked_for() == 5
