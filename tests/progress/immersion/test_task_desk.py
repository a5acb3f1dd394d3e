"""The trainers' desk for tasks, from outside."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competence.models import Dimension
from modules.models import ImmersionTaskPage
from people.models import User
from progress.models import TaskDecision, TaskSubmission
from progress.teaching import figures_of, modules_taught_by
from tests.factories.modules import ImmersionTaskPageFactory, rubric_about
from tests.factories.progress import NOON, LessonRecordFactory, TaskSubmissionFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
DESK = "/admin/teaching/tasks/"


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def task() -> ImmersionTaskPage:
    made = ImmersionTaskPageFactory.create(title="Forty minutes")
    return ImmersionTaskPage.objects.get(pk=made.pk)


@pytest.fixture
def handed_in(task: ImmersionTaskPage, participant: User) -> TaskSubmission:
    return TaskSubmissionFactory.create(task=task, participant=participant)


def filled(task: ImmersionTaskPage, **more: str) -> dict[str, str]:
    return {f"row-{row.id}": "2" for row in task.rubric_rows} | more


def test_the_desk_has_the_longest_wait_first(
    trainer: User, signed_in: SignIn, task: ImmersionTaskPage, handed_in: TaskSubmission
) -> None:
    other = TaskSubmissionFactory.create(submitted_at=NOON - dt.timedelta(days=1))
    client = signed_in(trainer)

    page = text_of(client, DESK)
    assert page.index(str(other.participant)) < page.index(str(handed_in.participant))
    one = text_of(client, f"{DESK}?task={task.translation_key}")
    assert str(other.participant) not in one
    assert "2 tasks wait for your decision" in text_of(client, "/admin/")


def test_accepting_keeps_the_rubric_as_it_was(
    trainer: User, signed_in: SignIn, task: ImmersionTaskPage, handed_in: TaskSubmission
) -> None:
    client = signed_in(trainer)
    address = f"{DESK}{handed_in.uuid}/"
    assert "nobody spoke." in text_of(client, address)

    client.post(address, filled(task, decision="accept", comment="Well seen."))

    made = TaskDecision.objects.get()
    assert made.accepts
    assert made.told_rubric == [
        ("Describes first", "Throughout"),
        ("Finds a second reading", "Throughout"),
    ]
    assert "Nothing waits here." in text_of(client, DESK)
    assert "accepted" in text_of(client, DESK)
    told = text_of(signed_in(handed_in.participant), f"/my/tasks/{task.translation_key}/")
    assert "Well seen." in told
    assert "Throughout" in told


def test_a_row_says_which_competence_it_is_about(
    trainer: User, participant: User, signed_in: SignIn
) -> None:
    rubric = rubric_about("sojourn.openness")
    made = ImmersionTaskPageFactory.create(rubric=rubric)
    task = ImmersionTaskPage.objects.get(pk=made.pk)
    handed_in = TaskSubmissionFactory.create(task=task, participant=participant)
    told = "Describes first (Openness and curiosity)"
    for url in (task.url, f"/my/tasks/{task.translation_key}/"):
        page = text_of(signed_in(participant), url)
        assert told in page
        assert f'href="{reverse("readiness:my_competence")}"' in page
    client = signed_in(trainer)
    assert told in text_of(client, f"{DESK}{handed_in.uuid}/")

    client.post(f"{DESK}{handed_in.uuid}/", filled(task, decision="accept"))
    Dimension.objects.filter(code="openness").update(name="Another name")

    first, second = TaskDecision.objects.get().rubric
    assert (first["dimension"], first["level"]) == ("sojourn.openness", 2)
    assert "dimension" not in second
    kept = f'<dt dir="auto">{told}</dt><dd dir="auto">Throughout</dd>'
    assert kept in text_of(signed_in(participant), f"/my/tasks/{task.translation_key}/")
    assert f"{told}: Throughout" in text_of(signed_in(trainer), f"{DESK}{handed_in.uuid}/")


def test_a_row_about_a_dimension_that_is_gone_is_about_none(
    trainer: User, signed_in: SignIn
) -> None:
    made = ImmersionTaskPageFactory.create(rubric=rubric_about("sojourn.tact"))
    task = ImmersionTaskPage.objects.get(pk=made.pk)
    handed_in = TaskSubmissionFactory.create(task=task)
    client = signed_in(trainer)

    assert "Describes first" in text_of(client, f"{DESK}{handed_in.uuid}/")
    client.post(f"{DESK}{handed_in.uuid}/", filled(task, decision="accept"))

    assert not any("dimension" in row for row in TaskDecision.objects.get().rubric)


def test_a_task_asks_once_more_for_all_its_dimensions(
    participant: User, signed_in: SignIn, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client = signed_in(participant)
    plain = ImmersionTaskPageFactory.create()
    about = ImmersionTaskPageFactory.create(
        rubric=rubric_about("sojourn.openness", "sojourn.empathy")
    )
    for task in (plain, about):
        client.get(f"/my/tasks/{task.translation_key}/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/my/tasks/{plain.translation_key}/")

    with django_assert_num_queries(len(few) + 1):
        client.get(f"/my/tasks/{about.translation_key}/")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"decision": "ask", "comment": "  "}, "Say what you would like to see."),
        ({"comment": "Good."}, "This field is required."),
    ],
)
def test_a_decision_without_its_words_is_refused(
    sent: dict[str, str], says: str, trainer: User, signed_in: SignIn,
    task: ImmersionTaskPage, handed_in: TaskSubmission,
) -> None:  # fmt: skip
    page = signed_in(trainer).post(f"{DESK}{handed_in.uuid}/", filled(task, **sent))

    assert says in page.content.decode()
    assert not TaskDecision.objects.exists()


def test_every_row_of_the_rubric_gets_a_level(
    trainer: User, signed_in: SignIn, handed_in: TaskSubmission
) -> None:
    signed_in(trainer).post(f"{DESK}{handed_in.uuid}/", {"decision": "accept"})

    assert not TaskDecision.objects.exists()


def test_something_newer_is_shown_instead(
    trainer: User, signed_in: SignIn, task: ImmersionTaskPage, handed_in: TaskSubmission
) -> None:
    newer = TaskSubmissionFactory.create(
        task=task, participant=handed_in.participant, number=2, text="Seven."
    )
    client = signed_in(trainer)

    sent = client.post(f"{DESK}{handed_in.uuid}/", filled(task, decision="accept"), follow=True)

    assert sent.redirect_chain == [(f"{DESK}{newer.uuid}/", 302)]
    assert "Something newer was handed in" in sent.content.decode()
    assert "There is nothing to decide" in text_of(client, f"{DESK}{handed_in.uuid}/")


def test_a_task_whose_page_is_gone_is_decided_without_a_rubric(
    trainer: User, signed_in: SignIn, task: ImmersionTaskPage, handed_in: TaskSubmission
) -> None:
    task.delete()

    signed_in(trainer).post(f"{DESK}{handed_in.uuid}/", {"decision": "accept", "comment": ""})

    assert TaskDecision.objects.get().rubric == []


def test_nobody_decides_on_their_own(trainer: User, signed_in: SignIn) -> None:
    own = TaskSubmissionFactory.create(participant=trainer)

    assert signed_in(trainer).get(f"{DESK}{own.uuid}/").status_code == 404
    assert "Nothing waits here." in text_of(signed_in(trainer), DESK)


def test_the_figures_of_a_module_count_what_was_accepted(
    trainer: User, task: ImmersionTaskPage, handed_in: TaskSubmission
) -> None:
    LessonRecordFactory.create(participant=handed_in.participant, lesson=task)
    TaskDecision.objects.create(submission=handed_in, accepts=True, by=trainer, decided_at=NOON)

    (figures,) = figures_of(modules_taught_by(trainer), as_of=NOON)

    assert [(step.reached, step.done) for step in figures.steps] == [(1, 1)]


def test_queries_of_the_desk_whatever_waits(
    trainer: User, signed_in: SignIn, handed_in: TaskSubmission,
    django_assert_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    client = signed_in(trainer)
    client.get(DESK)
    with CaptureQueriesContext(connection) as few:
        client.get(DESK)
    TaskSubmissionFactory.create_batch(6)

    with django_assert_num_queries(len(few)):
        client.get(DESK)
