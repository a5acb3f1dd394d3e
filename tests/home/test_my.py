"""The participant's page, through the browser's door."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from people.models import User
from readiness.enums import DeclarationKind, Strength
from readiness.models import Declaration
from tests.factories.exchanges import ExchangeFactory, InstitutionFactory, PlacementFactory
from tests.factories.modules import (
    CataloguePageFactory,
    LessonPageFactory,
    TrainingSessionPageFactory,
)
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    QuizRequirementFactory,
    RequirementFactory,
    RequirementSetFactory,
    published_quiz,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def stay(participant: User, *, in_days: int, host: str = "Harbour University") -> Placement:
    """A placement of 100 days that starts so many days from now, of an office that goes by UTC."""
    start = timezone.localdate() + dt.timedelta(days=in_days)
    exchange = ExchangeFactory.create(
        host=InstitutionFactory.create(name=host),
        start_date=start,
        end_date=start + dt.timedelta(days=100),
    )
    return PlacementFactory.create(
        participant=participant, exchange=exchange, office__time_zone="UTC"
    )


def page(client: Client, path: str = "/my/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_for_signed_in_people(client: Client) -> None:
    assert client.get("/my/").headers["Location"] == "/accounts/login/?next=/my/"


def test_without_an_exchange_it_says_what_to_do_and_whom_to_ask(
    signed_in: SignIn, participant: User
) -> None:
    PlacementFactory.create()

    shown = page(signed_in(participant))

    assert "You have no exchange here yet" in shown
    assert "ask your exchange office" in shown
    assert "/start/learning/" in shown


def test_it_says_where_when_and_how_many_days(signed_in: SignIn, participant: User) -> None:
    placement = stay(participant, in_days=60)
    placement.leaves_home_on = placement.start_date - dt.timedelta(days=3)
    placement.save()

    shown = page(signed_in(participant))

    assert "Harbour University" in shown
    assert "Sweden" in shown
    assert '<span class="countdown__number">57</span> days until you leave' in shown
    assert f"{placement.departs_on:%A}, {placement.departs_on.day} " in shown
    assert "(Europe/Stockholm)" in shown
    assert placement.office.name in shown


@pytest.mark.parametrize(
    ("in_days", "words"),
    [
        (1, "</span> day until you leave"),
        (0, "You leave today"),
        (-3, "You are on your way"),
        (-200, "You are back"),
    ],
)
def test_the_countdown_ends_with_the_departure(
    signed_in: SignIn, participant: User, in_days: int, words: str
) -> None:
    stay(participant, in_days=in_days)

    assert words in page(signed_in(participant))


def test_it_says_what_is_next_and_how_long_it_takes(signed_in: SignIn, participant: User) -> None:
    stay(participant, in_days=60)
    module = TrainingSessionPageFactory.create(title="Communication")
    lesson = LessonPageFactory.create(parent=module, title="Silence", minutes=12)
    RequirementFactory.create(module=module)

    shown = page(signed_in(participant))

    assert "Not ready yet" in shown
    assert "1 required thing is still yours to do." in shown
    assert "That takes about 12 minutes." in shown
    assert "Silence" in shown
    assert "In “Communication”." in shown
    assert "About 12 minutes" in shown
    assert f'href="{lesson.url}"' in shown
    assert "0 of 1 required things done" in shown


def test_the_next_step_stands_before_the_list_and_holds_the_only_primary_button(
    signed_in: SignIn, participant: User
) -> None:
    stay(participant, in_days=60)
    wanted = RequirementSetFactory.create()
    for kind in (DeclarationKind.PASSPORT, DeclarationKind.VISA):
        DeclarationRequirementFactory.create(requirement_set=wanted, declaration=kind)

    shown = page(signed_in(participant))

    assert shown.count("button--primary") == 1
    assert shown.index("Next step") < shown.index("button--primary") < shown.index("task-list")
    assert "due by" in shown


def test_each_task_says_whose_turn_it_is(signed_in: SignIn, participant: User) -> None:
    stay(participant, in_days=60)
    wanted = RequirementSetFactory.create()
    DeclarationRequirementFactory.create(requirement_set=wanted)
    RequirementFactory.create(requirement_set=wanted, module=None)

    mine, office = page(signed_in(participant)).split("task-list__item task")[1:]

    assert "Your turn" in mine
    assert "Your exchange office’s turn" in office
    assert "To do" in mine
    assert "Needs repair" in office


def test_finished_tasks_are_folded_away_and_still_there(
    signed_in: SignIn, participant: User
) -> None:
    placement = stay(participant, in_days=60)
    wanted = RequirementSetFactory.create()
    for kind in (DeclarationKind.PASSPORT, DeclarationKind.VISA):
        DeclarationRequirementFactory.create(requirement_set=wanted, declaration=kind)
    DeclarationFactory.create(
        placement=placement, kind=DeclarationKind.PASSPORT, declared_at=timezone.now()
    )

    open_tasks, finished = page(signed_in(participant)).split("<details")

    assert "1 thing is finished" in finished
    assert "Passport" in finished
    assert "Passport" not in open_tasks
    assert "Visa" in open_tasks


def test_with_everything_done_the_page_says_so_in_the_place_of_the_next_step(
    signed_in: SignIn, participant: User
) -> None:
    placement = stay(participant, in_days=60)
    DeclarationRequirementFactory.create(declaration=DeclarationKind.PASSPORT)
    DeclarationFactory.create(
        placement=placement, kind=DeclarationKind.PASSPORT, declared_at=timezone.now()
    )

    shown = page(signed_in(participant))

    assert "Nothing is left to do" in shown
    assert "button--primary" not in shown


def test_what_waits_for_the_office_takes_the_place_of_the_next_step(
    signed_in: SignIn, participant: User
) -> None:
    stay(participant, in_days=60)
    RequirementFactory.create(module=None)

    assert "It is your exchange office’s turn" in page(signed_in(participant))


def test_nothing_required_is_said_and_not_left_blank(signed_in: SignIn, participant: User) -> None:
    stay(participant, in_days=60)

    shown = page(signed_in(participant))

    assert "Nothing is required before you leave." in shown
    assert "Nothing is asked of you yet" in shown


def test_what_the_office_has_to_repair_is_not_blamed_on_the_participant(
    signed_in: SignIn, participant: User
) -> None:
    stay(participant, in_days=60)
    RequirementFactory.create(module=None)

    shown = page(signed_in(participant))

    assert "You have done your part; 1 thing waits for your exchange office." in shown
    assert "badge--misconfigured" in shown


def test_a_declaration_is_made_from_the_page(signed_in: SignIn, participant: User) -> None:
    placement = stay(participant, in_days=60)
    DeclarationRequirementFactory.create(declaration=DeclarationKind.PASSPORT)
    client = signed_in(participant)
    action = reverse("readiness:declare", args=[placement.omobility_id, "passport"])
    assert f'action="{action}"' in page(client)

    after = client.post(action, {"next": "/my/"}, follow=True)

    assert after.redirect_chain == [("/my/", 302)]
    assert "Everything that is required before you leave is done." in after.content.decode()
    assert Declaration.objects.get().declared_by == participant


def test_recommended_things_say_so(signed_in: SignIn, participant: User) -> None:
    stay(participant, in_days=60)
    wanted = RequirementSetFactory.create()
    for kind, strength in (
        (DeclarationKind.PASSPORT, Strength.SHOULD),
        (DeclarationKind.VISA, Strength.CAN),
    ):
        DeclarationRequirementFactory.create(
            requirement_set=wanted, declaration=kind, strength=strength
        )

    shown = page(signed_in(participant))

    assert "recommended, not required" in shown
    assert "optional" in shown


def test_two_exchanges_stand_apart(signed_in: SignIn, participant: User) -> None:
    later = stay(participant, in_days=300, host="Mountain University")
    stay(participant, in_days=30)
    client = signed_in(participant)

    shown = page(client)
    assert shown.index("Harbour University") < shown.index("Mountain University")
    assert "My other exchanges" in shown
    address = f"/my/exchanges/{later.omobility_id}/"
    assert f'href="{address}"' in shown

    own_page = page(client, address)
    assert "Mountain University" in own_page
    assert "Harbour University" not in own_page
    assert '<a href="/my/">My exchange</a>' in own_page


def test_a_cancelled_exchange_says_so(signed_in: SignIn, participant: User) -> None:
    placement = stay(participant, in_days=60)
    placement.status = PlacementStatus.CANCELLED
    placement.save()
    RequirementFactory.create(module=None)

    shown = page(signed_in(participant))

    assert "This exchange is cancelled. Nothing is asked of you any more." in shown
    assert "days until you leave" not in shown
    assert "Nothing is asked of you yet" not in shown


@pytest.mark.parametrize("who", ["participant", "trainer", "coordinator", "administrator"])
def test_the_exchange_of_somebody_else_does_not_exist(
    request: pytest.FixtureRequest, signed_in: SignIn, who: str
) -> None:
    placement = PlacementFactory.create()
    client = signed_in(request.getfixturevalue(who))

    for each in (placement.omobility_id, uuid.uuid4()):
        assert client.get(f"/my/exchanges/{each}/").status_code == 404


def test_the_page_costs_the_same_however_much_is_asked(
    signed_in: SignIn, participant: User, django_assert_max_num_queries: Any
) -> None:
    stay(participant, in_days=60)
    wanted = RequirementSetFactory.create()
    client = signed_in(participant)
    catalogue = CataloguePageFactory.create()

    def ask_more() -> None:
        module = TrainingSessionPageFactory.create(parent=catalogue)
        LessonPageFactory.create(parent=module)
        RequirementFactory.create(requirement_set=wanted, module=module)

    ask_more()
    page(client)
    with django_assert_max_num_queries(60) as few:
        page(client)
    for _each in range(6):
        ask_more()
    with django_assert_max_num_queries(len(few)):
        page(client)


def test_a_module_and_its_quiz_of_the_same_name_are_told_apart(
    signed_in: SignIn, participant: User
) -> None:
    stay(participant, in_days=60)
    wanted = RequirementSetFactory.create()
    module = LessonPageFactory.create(parent__title="Safety").get_parent().specific
    RequirementFactory.create(requirement_set=wanted, module=module)
    QuizRequirementFactory.create(requirement_set=wanted, quiz=published_quiz(title="Safety"))

    shown = page(signed_in(participant))

    assert '<span class="strong">Module</span> · Not started yet.' in shown.replace("\n", "")
    assert '<span class="strong">Quiz</span> · Not taken yet' in shown.replace("\n", "")


@pytest.mark.parametrize("address", ["/my/", "/my/profile/"])
def test_nothing_of_it_stays_on_a_shared_computer(
    signed_in: SignIn, participant: User, address: str
) -> None:
    stay(participant, in_days=60)

    assert "no-store" in signed_in(participant).get(address)["Cache-Control"]
