"""A private journal as its writer meets it, without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from modules.models import LessonPage
from people.models import User
from progress.models import JournalEntry, JournalVersion, LessonRecord
from tests.factories.modules import LessonPageFactory, ModuleQuizFactory
from tests.factories.people import ParticipantFactory
from tests.factories.progress import JournalEntryFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
JOURNAL = "/my/journal/"
PROMPT = "When did you last change your mind?"


@pytest.fixture
def lesson() -> LessonPage:
    block = {"type": "reflection", "value": {"prompt": PROMPT, "minutes": 3}}
    lesson = LessonPageFactory.create(title="Look twice", slug="twice", body=[block])
    return LessonPage.objects.get(pk=lesson.pk)


@pytest.fixture
def address(lesson: LessonPage) -> str:
    return f"{JOURNAL}answers/{lesson.translation_key}/{lesson.body[0].id}/"


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_question_is_answered_in_the_lesson_and_kept_in_the_journal(
    participant: User, signed_in: SignIn, lesson: LessonPage, address: str
) -> None:
    client = signed_in(participant)
    assert f'action="{address}"' in text_of(client, lesson.url)

    sent = client.post(address, {"text": "Yesterday, about Ana."})

    assert sent["Location"].endswith(f"{lesson.url}#part-{lesson.body[0].id}")
    page = text_of(client, lesson.url)
    assert "Kept in your journal. Only you can read it." in page
    assert "Yesterday, about Ana.</textarea>" in page
    entry = JournalEntry.objects.get()
    assert (entry.prompt, entry.lesson_title) == (PROMPT, "Look twice")
    assert f'href="{JOURNAL}{entry.uuid}/"' in page
    assert "Yesterday, about Ana." in text_of(client, JOURNAL)


def test_another_answer_is_a_new_version_and_the_earlier_one_stays(
    participant: User, signed_in: SignIn, lesson: LessonPage, address: str
) -> None:
    client = signed_in(participant)
    for words in ("First.", "Second.", "Second."):
        client.post(address, {"text": words})

    entry = JournalEntry.objects.get()
    versions = JournalVersion.objects.filter(entry=entry)
    assert list(versions.values_list("number", "text")) == [(1, "First."), (2, "Second.")]
    assert "Second.</textarea>" in text_of(client, lesson.url)
    story = text_of(client, f"{JOURNAL}{entry.uuid}/")
    assert story.index("First.") < story.index("Second.")


def test_an_answer_that_is_refused_comes_back_with_its_words(
    participant: User, signed_in: SignIn, address: str
) -> None:
    long = "word " * 4001

    refused = signed_in(participant).post(address, {"text": long})

    page = refused.content.decode()
    assert long.strip() in page
    assert "Something needs your attention" in page
    assert PROMPT in page
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize("role", ["trainer", "coordinator", "administrator"])
def test_who_only_looks_at_a_lesson_has_no_form_there(
    role: str,
    request: pytest.FixtureRequest,
    signed_in: SignIn,
    lesson: LessonPage,
    address: str,
) -> None:
    client = signed_in(request.getfixturevalue(role))

    page = text_of(client, lesson.url)
    assert "Participants answer here, in their private journal." in page
    assert address not in page
    assert client.post(address, {"text": "A trace."}).status_code == 404
    assert not JournalEntry.objects.exists()


def test_nobody_is_served_the_words_of_the_reader_before(
    participant: User, signed_in: SignIn, lesson: LessonPage, address: str
) -> None:
    signed_in(participant).post(address, {"text": "Mine alone."})
    text_of(signed_in(participant), lesson.url)

    other = text_of(signed_in(ParticipantFactory.create()), lesson.url)

    assert "Mine alone." not in other
    assert f'action="{address}"' in other


@pytest.mark.parametrize("questions", [1, 12])
def test_queries_of_a_lesson_with_answers(
    questions: int,
    participant: User,
    signed_in: SignIn,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    value = {"prompt": PROMPT, "minutes": 3}
    body = [{"type": "reflection", "value": value} for _each in range(questions)]
    lesson = LessonPageFactory.create(body=body)
    lesson = LessonPage.objects.get(pk=lesson.pk)
    ModuleQuizFactory.create(module=lesson.module)
    client = signed_in(participant)
    for part in lesson.body:
        JournalEntryFactory.create(
            participant=participant, lesson=lesson, block_id=part.id, text=f"About {part.id}."
        )
    client.get(lesson.url)

    # Session, person; the module with its quiz, the lessons; what was read and written,
    # the quiz's rules, the attempts; what the person may do.
    with django_assert_num_queries(8):
        page = client.get(lesson.url).content.decode()

    assert all(f"About {part.id}." in page for part in lesson.body)
    assert LessonRecord.objects.count() == 1


def test_an_entry_of_one_s_own_is_written_and_written_on(
    participant: User, signed_in: SignIn
) -> None:
    client = signed_in(participant)
    assert "Nothing written yet" in text_of(client, JOURNAL)

    made = client.post(f"{JOURNAL}new/", {"title": "Day one", "text": "Rain."}, follow=True)
    address = made.redirect_chain[-1][0]
    same = client.post(address, {"title": "The first day", "text": "Rain."}, follow=True)
    more = client.post(address, {"title": "The first day", "text": "Sun."}, follow=True)

    assert "Nothing new to keep" in same.content.decode()
    assert "Kept as a new version." in more.content.decode()
    listed = text_of(client, JOURNAL)
    assert "The first day" in listed
    assert "Sun." in listed


def test_words_find_entries(participant: User, signed_in: SignIn) -> None:
    JournalEntryFactory.create(participant=participant, title="Tram", text="A long ride home.")
    JournalEntryFactory.create(participant=participant, title="Library", text="Quiet and cold.")
    client = signed_in(participant)

    found = text_of(client, f"{JOURNAL}?words=tram+ride")

    assert "Tram" in found
    assert "Library" not in found
    assert "None of your entries" in text_of(client, f"{JOURNAL}?words=tram+quiet")


def test_an_entry_is_erased_for_good_after_a_question(participant: User, signed_in: SignIn) -> None:
    entry = JournalEntryFactory.create(participant=participant, text="A secret.")
    client = signed_in(participant)

    asked = text_of(client, f"{JOURNAL}{entry.uuid}/erase/")
    assert "it is really erased" in asked
    assert JournalVersion.objects.exists()
    client.post(f"{JOURNAL}{entry.uuid}/erase/")

    assert not JournalEntry.objects.exists()
    assert not JournalVersion.objects.exists()
    assert client.get(f"{JOURNAL}{entry.uuid}/").status_code == 404


@pytest.mark.parametrize("deed", ["", "share/", "take-back/", "erase/"])
def test_another_s_entry_looks_as_if_it_did_not_exist(
    deed: str, participant: User, administrator: User, signed_in: SignIn
) -> None:
    entry = JournalEntryFactory.create(text="A secret.")

    for person in (participant, administrator):
        client = signed_in(person)
        sent = client.post(f"{JOURNAL}{entry.uuid}/{deed}", {"text": "Not mine."})
        assert sent.status_code == 404
        assert "A secret." not in text_of(client, JOURNAL)
    assert JournalVersion.objects.get().text == "A secret."


@pytest.mark.parametrize("file_format", ["txt", "html"])
def test_the_whole_journal_is_a_file(
    file_format: str, participant: User, signed_in: SignIn, address: str
) -> None:
    client = signed_in(participant)
    client.post(address, {"text": "First <b>thought</b>."})
    client.post(address, {"text": "Second thought."})
    JournalEntryFactory.create(text="Another person's.")

    response = client.get(f"{JOURNAL}journal.{file_format}")

    words = response.content.decode()
    assert f".{file_format}" in response["Content-Disposition"]
    assert all(part in words for part in ("Look twice", PROMPT, "Second thought."))
    assert ("First <b>thought</b>." in words) == (file_format == "txt")
    assert "Another person's." not in words
    assert client.get(f"{JOURNAL}journal.pdf").status_code == 404


def test_queries_of_the_journal_whatever_it_holds(
    participant: User, signed_in: SignIn, django_assert_num_queries: Callable[[int], Any]
) -> None:
    JournalEntryFactory.create_batch(12, participant=participant)
    client = signed_in(participant)

    # Session, person; how many entries, those of the page; what the person may do.
    with django_assert_num_queries(5):
        client.get(JOURNAL)
    # Session, person; entries, versions, what was shared of them.
    with django_assert_num_queries(5):
        client.get(f"{JOURNAL}journal.txt")
