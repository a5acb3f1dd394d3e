"""Which modules a reader is offered."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from exchanges.enums import Audience, PlacementStatus
from modules.enums import Phase
from modules.models import ModuleDestination
from people.models import User
from tests.factories.exchanges import PlacementFactory
from tests.factories.modules import (
    CataloguePageFactory,
    ImmersionPreparationPageFactory,
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
    WorkshopPageFactory,
)
from tests.factories.progress import ModuleRecordFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def offered(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/learn/{query}")
    assert response.status_code == 200
    html = response.content.decode()
    places = {
        title: html.find(f"<bdi>{title}</bdi></a></h2>")
        for title in ("Law", "Self", "Spain", "Team")
    }
    return sorted((title for title, at in places.items() if at >= 0), key=lambda t: places[t])


@pytest.fixture
def shelf() -> None:
    TrainingSessionPageFactory.create(title="Self", phase=Phase.BEFORE)
    WorkshopPageFactory.create(
        title="Team", phase=Phase.DURING, for_student=False, for_faculty=True
    )
    spain = ImmersionPreparationPageFactory.create(title="Spain", for_faculty=True)
    for country in ("ES", "AD"):
        ModuleDestination.objects.create(module=spain, country=country)
    TrainingSessionPageFactory.create(title="Law", phase=Phase.AFTER)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Self", "Team", "Spain", "Law"]),
        ("?phase=before", ["Self", "Spain"]),
        ("?phase=during", ["Team"]),
        ("?audience=faculty", ["Team", "Spain"]),
        ("?destination=ES", ["Self", "Team", "Spain", "Law"]),
        ("?destination=ES&audience=student&phase=before", ["Self", "Spain"]),
        ("?phase=never&audience=nobody&destination=XX", ["Self", "Team", "Spain", "Law"]),
    ],
)
def test_the_filter(query: str, titles: list[str], participant: User, signed_in: SignIn) -> None:
    assert offered(signed_in(participant), query) == titles


@pytest.mark.usefixtures("shelf")
def test_the_folded_filter_says_what_is_chosen(participant: User, signed_in: SignIn) -> None:
    client = signed_in(participant)

    def summary(query: str) -> str:
        html = client.get(f"/learn/{query}").content.decode()
        inside = html.partition("<summary")[2].partition("</summary>")[0]
        return " ".join(re.sub(r"<[^>]+>", "", inside.partition(">")[2]).split())

    assert summary("") == "Choose modules"
    assert summary("?phase=before&audience=student") == "Choose modules · Before the stay · Student"
    assert summary("?phase=never") == "Choose modules"


@pytest.mark.usefixtures("shelf")
def test_somebody_with_an_exchange_sees_what_is_for_it(
    participant: User, signed_in: SignIn
) -> None:
    PlacementFactory.create(participant=participant, exchange__host__country="FR")
    client = signed_in(participant)

    assert offered(client) == ["Self", "Law"]
    assert offered(client, "?all=1") == ["Self", "Team", "Spain", "Law"]
    assert "You see what is for your exchange" in client.get("/learn/").content.decode()
    assert "You see all modules" in client.get("/learn/?all=1").content.decode()


@pytest.mark.usefixtures("shelf")
def test_two_exchanges_add_up(participant: User, signed_in: SignIn) -> None:
    PlacementFactory.create(participant=participant, exchange__host__country="FR")
    PlacementFactory.create(
        participant=participant, exchange__host__country="ES", audience=Audience.FACULTY
    )

    assert offered(signed_in(participant)) == ["Self", "Team", "Spain", "Law"]


@pytest.mark.usefixtures("shelf")
def test_a_cancelled_exchange_chooses_nothing(participant: User, signed_in: SignIn) -> None:
    PlacementFactory.create(participant=participant, status=PlacementStatus.CANCELLED)

    assert offered(signed_in(participant)) == ["Self", "Team", "Spain", "Law"]


@pytest.mark.parametrize(
    ("record", "words"),
    [({"completed_at": None}, "0 of 1 steps done"), (None, "Not begun")],
)
def test_each_module_says_how_far_one_is(
    record: dict[str, Any] | None, words: str, participant: User, signed_in: SignIn
) -> None:
    module = LessonPageFactory.create().get_parent()
    if record is not None:
        ModuleRecordFactory.create(participant=participant, module=module, **record)

    assert words in signed_in(participant).get("/learn/").content.decode()


def test_a_completed_module_says_so(participant: User, signed_in: SignIn) -> None:
    module = LessonPageFactory.create().get_parent()
    record = ModuleRecordFactory.create(participant=participant, module=module)
    record.completed_at = record.started_at
    record.save()

    assert "Completed" in signed_in(participant).get("/learn/").content.decode()


def test_the_head_says_that_one_is_learning(participant: User, signed_in: SignIn) -> None:
    lesson = LessonPageFactory.create()
    client = signed_in(participant)

    for address in ("/learn/", lesson.get_parent().url, lesson.url):
        page = client.get(address).content.decode()
        assert '<a href="/start/learning/" aria-current="true">' in page
    assert '<a href="/start/learning/">' in client.get("/").content.decode()


def test_an_empty_catalogue_says_what_will_come(participant: User, signed_in: SignIn) -> None:
    CataloguePageFactory.create()

    assert "No modules yet" in signed_in(participant).get("/learn/").content.decode()


def test_a_choice_without_modules_offers_a_way_out(participant: User, signed_in: SignIn) -> None:
    TrainingSessionPageFactory.create(phase=Phase.BEFORE)

    html = signed_in(participant).get("/learn/?phase=after").content.decode()

    assert "No module fits this choice" in html
    assert 'href="?all=1"' in html


def test_an_exchange_without_modules_offers_all_others(
    participant: User, signed_in: SignIn
) -> None:
    TrainingSessionPageFactory.create(for_student=False, for_staff=True)
    PlacementFactory.create(participant=participant)

    html = signed_in(participant).get("/learn/").content.decode()

    assert "Nothing is written for your exchange yet" in html


@pytest.mark.parametrize("count", [1, 6])
def test_queries_do_not_grow_with_modules(
    count: int,
    participant: User,
    signed_in: SignIn,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for _ in range(count):
        LessonPageFactory.create_batch(2, parent=ModuleQuizFactory.create().module)
    client = signed_in(participant)
    client.get("/learn/")

    # Session, person; site, language, home page; the catalogue, twice; restrictions; what
    # the person may do; placements; destinations; modules, their lessons and quizzes;
    # lesson and module records; the quizzes' rules, the attempts; what is needed first.
    with django_assert_num_queries(19):
        client.get("/learn/")
