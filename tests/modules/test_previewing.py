"""A draft as a participant sees it: by audience and for an exchange, and nothing is kept."""

import datetime as dt
import html
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data

from exchanges.models import Exchange
from modules.models import LessonPage, ModuleDestination, RegionCountry
from modules.previewing import MOST_EXCHANGES, preview_modes
from people.models import User
from tests.factories.exchanges import ExchangeFactory, InstitutionFactory, PlacementFactory
from tests.factories.modules import (
    CataloguePageFactory,
    CountryGuidePageFactory,
    GuidesPageFactory,
    ImmersionTaskPageFactory,
    InstitutionGuidePageFactory,
    LessonPageFactory,
    RegionGuidePageFactory,
    TrainingSessionPageFactory,
    advice,
)
from tests.factories.people import ParticipantFactory
from tests.factories.progress import JournalEntryFactory, LessonRecordFactory
from tests.modules.test_authoring import lesson_form

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
SECRET = "Stop them after three minutes."
BODY = [
    {"type": "text", "value": "<p>Watch first.</p>"},
    {"type": "reflection", "value": {"prompt": "What did you see?", "minutes": 3}},
    {
        "type": "checklist",
        "value": {"title": "To do", "tasks": [{"text": "Call home.", "note": ""}]},
    },
    {"type": "facilitator_notes", "value": f"<p>{SECRET}</p>"},
]


@pytest.fixture
def desk(trainer: User, signed_in: SignIn) -> Client:
    return signed_in(trainer)


@pytest.fixture
def lesson() -> LessonPage:
    page: LessonPage = LessonPageFactory.create(body=BODY)
    return page


def exchange_to(country: str = "SE", *, in_days: int = 30, **fields: Any) -> Exchange:
    start = timezone.localdate() + dt.timedelta(days=in_days)
    exchange: Exchange = ExchangeFactory.create(
        host=InstitutionFactory.create(country=country),
        start_date=start,
        end_date=start + dt.timedelta(days=60),
        **fields,
    )
    return exchange


def seen(client: Client, page: Page, mode: str = "") -> str:
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    response = client.get(address, {"mode": mode} if mode else {})
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def for_exchange(exchange: Exchange) -> str:
    return f"exchange-{exchange.uuid}"


def test_the_choice_has_audiences_and_the_exchanges_that_are_not_over(desk: Client) -> None:
    coming = exchange_to()
    over = exchange_to(in_days=-90)

    names = dict(preview_modes())

    assert list(names)[:4] == ["", "student", "faculty", "staff"]
    assert names[for_exchange(coming)].startswith(f"For {coming.host}, from ")
    assert for_exchange(over) not in names
    page = LessonPageFactory.create()
    editor = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "As a student" in editor
    assert for_exchange(coming) in editor


def test_the_choice_stays_short() -> None:
    for day in range(MOST_EXCHANGES + 2):
        exchange_to(in_days=day + 1)

    assert len(preview_modes()) == 4 + MOST_EXCHANGES


def test_as_a_student_a_lesson_has_what_participants_have_and_no_more(
    desk: Client, lesson: LessonPage
) -> None:
    own, student = seen(desk, lesson), seen(desk, lesson, "student")

    assert SECRET in own
    assert SECRET not in student
    assert "Edit this lesson" in own
    assert "Edit this lesson" not in student
    assert "Workplace" not in student
    assert "Preview for: Student." in student
    assert "Your reading is not recorded" in own
    assert "Mark as read and go on" in student
    assert "Keep in my journal" in student
    assert 'data-tick="' in student
    assert student.count("<fieldset") == student.count("disabled>") == 2
    assert 'id="ticks"' not in student
    assert "js/reading.js" not in student


def test_nothing_is_recorded_for_anybody(desk: Client, lesson: LessonPage) -> None:
    exchange = exchange_to()
    seen(desk, lesson)
    before = {model: model._default_manager.count() for model in apps.get_models()}

    for mode in ("student", "faculty", for_exchange(exchange)):
        seen(desk, lesson, mode)

    after = {model: model._default_manager.count() for model in apps.get_models()}
    assert after == before


def test_an_editor_who_learns_as_well_sees_nobody_s_own_words(
    trainer: User, desk: Client, lesson: LessonPage
) -> None:
    exchange = exchange_to()
    PlacementFactory.create(participant=trainer, exchange=exchange)
    PlacementFactory.create(
        participant=ParticipantFactory.create(first_name="Amina", last_name="Odhiambo"),
        exchange=exchange,
    )
    LessonRecordFactory.create(participant=trainer, lesson=lesson, completed_at=timezone.now())
    block = LessonPage.objects.get(pk=lesson.pk).body[1].id
    JournalEntryFactory.create(
        participant=trainer, lesson=lesson, block_id=block, text="I was afraid of the bus."
    )
    assert "You read this on" in seen(desk, lesson)

    for mode in ("student", for_exchange(exchange)):
        shown = seen(desk, lesson, mode)
        assert "I was afraid of the bus." not in shown
        assert "You read this on" not in shown
        assert "Odhiambo" not in shown
        assert trainer.last_name not in shown


def test_steps_that_come_later_are_closed_as_they_are_for_participants(desk: Client) -> None:
    module = TrainingSessionPageFactory.create(is_sequential=True)
    LessonPageFactory.create(parent=module, title="The first one")
    LessonPageFactory.create(parent=module, title="The second one")

    assert "outline__closed" not in seen(desk, module)
    assert "opens after" in seen(desk, module, "student").lower()


def test_it_says_when_a_module_is_not_for_them(desk: Client) -> None:
    module = TrainingSessionPageFactory.create(for_student=True, for_faculty=False)
    module.destinations = [ModuleDestination(country="SE")]
    module.save_revision().publish()
    lesson = LessonPageFactory.create(parent=module)
    north, far = exchange_to("SE"), exchange_to("JP")
    words = "They do not find this page among theirs"

    for page in (module, lesson):
        assert words not in seen(desk, page, "student")
        assert words in seen(desk, page, "faculty")
        assert words not in seen(desk, page, for_exchange(north))
        assert words in seen(desk, page, for_exchange(far))


def test_it_says_where_and_when_the_exchange_goes(desk: Client, lesson: LessonPage) -> None:
    exchange = exchange_to("SE")

    shown = seen(desk, lesson, for_exchange(exchange))

    assert f"Preview for the exchange to {exchange.host}, Sweden, from" in shown
    assert f"{exchange.start_date.year}" in shown


def test_a_guide_for_an_exchange_has_its_layers_and_the_draft_in_its_place(
    desk: Client,
) -> None:
    exchange = exchange_to("SE")
    GuidesPageFactory.create()
    country = CountryGuidePageFactory.create(country="SE")
    InstitutionGuidePageFactory.create(
        institution=exchange.host, answers=[advice("room", "Ask the porter of the harbour.")]
    )
    CountryGuidePageFactory.create(country="JP", title="Japan", slug="japan")
    country.answers = [("advice", {"question": "emergency", "answer": "<p>A draft of 112.</p>"})]
    country.save_revision()

    plain, shown = seen(desk, country), seen(desk, country, for_exchange(exchange))

    assert "A draft of 112." in plain
    assert "A draft of 112." in shown
    assert "Call 112." not in shown
    assert "Ask the porter of the harbour." not in plain
    assert "Ask the porter of the harbour." in shown


def test_a_guide_to_elsewhere_is_not_what_they_read(desk: Client) -> None:
    exchange = exchange_to("SE")
    GuidesPageFactory.create()
    elsewhere = CountryGuidePageFactory.create(
        country="JP", title="Japan", answers=[advice("room", "Take your shoes off.")]
    )
    region = RegionGuidePageFactory.create(answers=[advice("room", "Northern words.")])
    region.countries = [RegionCountry(country="SE")]
    region.save_revision().publish()
    host = InstitutionGuidePageFactory.create(answers=[advice("room", "Another host's words.")])

    shown = seen(desk, elsewhere, for_exchange(exchange))

    assert "Take your shoes off." not in shown
    assert "They do not find this page among theirs" in shown
    assert "They do not find" in seen(desk, host, for_exchange(exchange))
    assert "They do not find" not in seen(desk, region, for_exchange(exchange))
    assert "They do not find" not in seen(desk, elsewhere, "student")


def test_the_catalogue_has_what_is_theirs(desk: Client) -> None:
    catalogue = CataloguePageFactory.create()
    TrainingSessionPageFactory.create(title="For students")
    TrainingSessionPageFactory.create(title="For lecturers", for_student=False, for_faculty=True)
    far = TrainingSessionPageFactory.create(title="Going to Japan")
    far.destinations = [ModuleDestination(country="JP")]
    far.save_revision().publish()

    faculty = seen(desk, catalogue, "faculty")
    japan = seen(desk, catalogue, for_exchange(exchange_to("JP")))

    assert ("For students" in faculty, "For lecturers" in faculty) == (False, True)
    assert "Going to Japan" in japan
    assert "Going to Japan" not in seen(desk, catalogue, for_exchange(exchange_to("SE")))


def test_a_task_is_shown_with_its_form_switched_off(desk: Client) -> None:
    task = ImmersionTaskPageFactory.create()

    shown = seen(desk, task, "student")

    assert "Trainers read it with your name." in shown
    assert "<fieldset disabled>" in shown


@pytest.mark.parametrize(
    "mode", ["exchange-never", "exchange-6ba7b810-9dad-11d1-80b4-00c04fd430c8", "nonsense"]
)
def test_a_mode_that_is_not_offered_is_one_s_own_view(
    desk: Client, lesson: LessonPage, mode: str
) -> None:
    assert SECRET in seen(desk, lesson, mode)


def test_the_editor_s_own_preview_takes_the_mode_for_what_is_being_written(
    desk: Client, lesson: LessonPage
) -> None:
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    written = desk.post(address, nested_form_data(lesson_form(title="Being written")))
    assert written.json()["is_valid"]

    shown = desk.get(address, {"mode": "student", "in_preview_panel": "true"})

    assert "Being written" in shown.content.decode()
    assert "Preview for: Student." in shown.content.decode()
    assert desk.get("/admin/").wsgi_request.user.is_authenticated


def test_participants_cannot_preview(
    participant: User, lesson: LessonPage, signed_in: SignIn
) -> None:
    address = reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])

    assert signed_in(participant).get(address, {"mode": "student"}).status_code in {302, 403}
