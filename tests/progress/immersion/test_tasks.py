"""Tasks as their participants meet them: from the task to the word of a trainer."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from jobs.models import OutgoingMail
from modules.models import ImmersionTaskPage, ModulePage
from people.models import User
from progress.evidence import gather
from progress.immersion.deciding import NotToDecide, decide
from progress.immersion.handing_in import NotToHandIn, hand_in
from progress.models import LessonRecord, ModuleRecord, TaskDecision, TaskSubmission
from tests.factories.modules import (
    ImmersionTaskPageFactory,
    LessonPageFactory,
    ModuleQuizFactory,
)
from tests.factories.people import ParticipantFactory
from tests.factories.progress import NOON, TaskSubmissionFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
LATER = NOON + dt.timedelta(hours=1)
TASKS = "/my/tasks/"


@pytest.fixture
def task() -> ImmersionTaskPage:
    made = ImmersionTaskPageFactory.create(title="Forty minutes", slug="forty")
    return ImmersionTaskPage.objects.get(pk=made.pk)


@pytest.fixture
def address(task: ImmersionTaskPage) -> str:
    return f"{TASKS}{task.translation_key}/"


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def decided(
    submission: TaskSubmission,
    by: User,
    *,
    accepts: bool,
    comment: str = "",
    at: dt.datetime = LATER,
) -> None:
    decide(
        submission=submission, accepts=accepts, comment=comment, rows=(), levels={}, by=by,
        at=at, link_to="/",
    )  # fmt: skip


def test_a_task_is_handed_in_below_its_words(
    participant: User, signed_in: SignIn, task: ImmersionTaskPage, address: str
) -> None:
    client = signed_in(participant)
    page = text_of(client, task.url)
    assert "Local observation" in page
    assert "Describes first" in page
    assert f'action="{address}"' in page
    assert "Mark as read" not in page

    sent = client.post(address, {"text": "A queue of six."}, follow=True)

    assert "Handed in. A trainer reads it" in sent.content.decode()
    made = TaskSubmission.objects.get()
    assert (made.text, made.number, made.title) == ("A queue of six.", 1, "Forty minutes")
    assert "Waiting for a trainer" in text_of(client, task.url)
    assert "Waiting for a trainer" in text_of(client, task.module.url)
    assert "Waiting for a trainer" in text_of(client, TASKS)


def test_a_task_is_a_step_that_only_a_trainer_s_word_completes(
    participant: User, trainer: User, signed_in: SignIn, task: ImmersionTaskPage
) -> None:
    client = signed_in(participant)
    client.get(task.url)
    client.post(task.url, {"deed": "done"})
    assert LessonRecord.objects.get().completed_at is None
    now = timezone.now()
    made = hand_in(participant=participant, task=task, text="Six.", link="", at=now)
    assert ModuleRecord.objects.get().completed_at is None

    decided(made, trainer, accepts=True, at=now)

    assert ModuleRecord.objects.get().completed_at == now
    page = text_of(client, task.module.url)
    assert "Accepted" in page
    assert "You completed this module" in page


def test_who_is_asked_again_reads_why_and_hands_in_once_more(
    participant: User, trainer: User, signed_in: SignIn, task: ImmersionTaskPage, address: str
) -> None:
    client = signed_in(participant)
    client.post(address, {"text": "It was odd."})
    decided(TaskSubmission.objects.get(), trainer, accepts=False, comment="What did you see?")

    page = text_of(client, address)
    assert "A trainer asks again" in page
    assert "What did you see?" in page
    assert "It was odd.</textarea>" in page
    assert "A trainer asks again" in text_of(client, task.module.url)

    client.post(address, {"text": "Six people and a dog."})
    assert TaskSubmission.objects.get(number=2).text == "Six people and a dog."
    assert "Waiting for a trainer" in text_of(client, TASKS)


def test_the_same_again_before_a_word_is_one(participant: User, task: ImmersionTaskPage) -> None:
    for at in (NOON, LATER):
        hand_in(participant=participant, task=task, text="Six.", link="", at=at)

    assert TaskSubmission.objects.get().submitted_at == NOON


def test_what_is_accepted_stays_so(
    participant: User, trainer: User, signed_in: SignIn, task: ImmersionTaskPage, address: str
) -> None:
    made = hand_in(participant=participant, task=task, text="Six.", link="", at=NOON)
    decided(made, trainer, accepts=True)

    with pytest.raises(NotToHandIn):
        hand_in(participant=participant, task=task, text="Seven.", link="", at=LATER)
    with pytest.raises(NotToDecide):
        decided(made, trainer, accepts=False, comment="On second thoughts.")
    said = signed_in(participant).post(address, {"text": "Seven."}, follow=True)
    assert "accepted already" in said.content.decode()
    assert "<textarea" not in text_of(signed_in(participant), address)
    assert TaskSubmission.objects.count() == TaskDecision.objects.count() == 1


def test_a_newer_one_is_decided_on_and_not_the_one_before(
    participant: User, trainer: User, task: ImmersionTaskPage
) -> None:
    first = hand_in(participant=participant, task=task, text="Six.", link="", at=NOON)
    hand_in(participant=participant, task=task, text="Seven.", link="", at=LATER)

    with pytest.raises(NotToDecide):
        decided(first, trainer, accepts=True)


def test_each_decision_is_told_once(
    participant: User, trainer: User, task: ImmersionTaskPage
) -> None:
    made = hand_in(participant=participant, task=task, text="Odd.", link="", at=NOON)
    decided(made, trainer, accepts=False, comment="Private words.")
    decided(made, trainer, accepts=True)

    letters = OutgoingMail.objects.order_by("pk")
    assert [letter.subject for letter in letters] == [
        "A trainer asks again: “Forty minutes”",
        "“Forty minutes” is accepted",
    ]
    assert all(letter.to == participant.email for letter in letters)
    assert not any("Private words." in letter.text for letter in letters)


@pytest.mark.parametrize(
    ("evidence", "sent", "is_taken"),
    [
        ("text", {"link": "https://example.org/log"}, False),
        ("link", {"text": "Only words."}, False),
        ("link", {"link": "not a link"}, False),
        ("link", {"link": "https://example.org/log"}, True),
        ("either", {"text": "", "link": ""}, False),
        ("either", {"text": "Only words."}, True),
        ("either", {"link": "https://example.org/log"}, True),
    ],
)
def test_what_is_handed_in_is_what_the_task_asks_for(
    evidence: str, sent: dict[str, str], is_taken: bool, participant: User, signed_in: SignIn
) -> None:
    task = ImmersionTaskPageFactory.create(evidence=evidence)

    page = signed_in(participant).post(f"{TASKS}{task.translation_key}/", sent)

    assert TaskSubmission.objects.exists() == is_taken
    assert (page.status_code == 302) == is_taken
    if not is_taken:
        assert "Something needs your attention" in page.content.decode()


def test_a_deed_refuses_what_a_form_would_have(participant: User, task: ImmersionTaskPage) -> None:
    with pytest.raises(NotToHandIn):
        hand_in(participant=participant, task=task, text="", link="https://x.org", at=NOON)


@pytest.mark.parametrize("role", ["trainer", "coordinator"])
def test_who_does_not_travel_reads_the_task_and_hands_in_nothing(
    role: str, request: pytest.FixtureRequest, signed_in: SignIn,
    task: ImmersionTaskPage, address: str,
) -> None:  # fmt: skip
    client = signed_in(request.getfixturevalue(role))

    assert "Participants hand in here" in text_of(client, task.url)
    assert client.post(address, {"text": "A trace."}).status_code == 404
    assert not TaskSubmission.objects.exists()


def test_nobody_reads_what_another_handed_in(signed_in: SignIn, task: ImmersionTaskPage) -> None:
    TaskSubmissionFactory.create(task=task, text="Not yours.")
    client = signed_in(ParticipantFactory.create())

    assert "Not yours." not in text_of(client, f"{TASKS}{task.translation_key}/")
    assert "Not yours." not in text_of(client, task.url)
    assert "Nothing handed in yet" in text_of(client, TASKS)


def test_evidence_says_what_was_known_at_a_moment(
    participant: User, trainer: User, task: ImmersionTaskPage
) -> None:
    made = hand_in(participant=participant, task=task, text="Six.", link="", at=NOON)
    decided(made, trainer, accepts=True)
    key = task.translation_key

    def fact(as_of: dt.datetime) -> Any:
        found = gather([participant.pk], module_keys=(), quiz_ids=(), task_keys=[key], as_of=as_of)
        return found[participant.pk].tasks.get(key)

    assert fact(NOON - dt.timedelta(1)) is None
    assert fact(NOON).accepted_at is None
    assert fact(LATER).accepted_at == LATER
    assert fact(LATER).first_submitted_at == NOON


def test_queries_of_a_lesson_beside_tasks(
    participant: User, signed_in: SignIn, task: ImmersionTaskPage,
    django_assert_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    module = ModulePage.objects.get(pk=task.module.pk)
    ModuleQuizFactory.create(module=module)
    lesson = LessonPageFactory.create(parent=module)
    hand_in(participant=participant, task=task, text="Six.", link="", at=NOON)
    client = signed_in(participant)
    client.get(lesson.url)
    client.get(lesson.url)

    # Session, person; the module with its quiz, lessons and tasks; what was read, written
    # and handed in, the quiz's rules, the attempts; what the person may do.
    with django_assert_num_queries(8):
        client.get(lesson.url)
