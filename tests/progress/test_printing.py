"""A module as PDF: what is in it, what never is, for whom it is, and that it is made once."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from library import printing
from library.models import CustomImage
from modules import printed
from modules.blocks import FOR_TRAINERS, LessonBlock
from modules.models import LessonPage, ModulePage
from people.models import User
from tests.factories.library import DocumentFactory
from tests.factories.modules import (
    GlossaryTermFactory,
    ImmersionTaskPageFactory,
    LessonPageFactory,
    ModulePrerequisiteFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
    rubric_about,
)
from tests.factories.people import ParticipantFactory
from tests.factories.progress import JournalEntryFactory, LessonRecordFactory
from tests.pdfs import facts_of, text_of, unpacked

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
LOADS = re.compile(r"<(?:script|form|button|details|video|audio|iframe|object|input)\b")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were typeset, in order."""
    pages: list[str] = []
    typeset = printing.to_pdf

    def counted(html: str) -> bytes:
        pages.append(html)
        return typeset(html)

    monkeypatch.setattr(printed, "to_pdf", counted)
    return pages


def every_block() -> list[dict[str, Any]]:
    for name in ("meeting.mp4", "meeting.mp3", "plan.pdf"):
        DocumentFactory.create(name=name)
    GlossaryTermFactory.create(term="Saving face")
    blocks = LessonBlock().child_blocks
    body: list[dict[str, Any]] = [
        {"type": name, "value": block.get_prep_value(block.get_preview_value())}
        for name, block in blocks.items()
        if name in ("video", "audio", "download", "glossary_term")
        or getattr(block.meta, "preview_value", None) is not None
    ]
    image = CustomImage.objects.create(
        title="Harbour", description="A harbour", file=get_test_image_file("harbour.png")
    )
    picture = {"image": image.pk, "alt_text": "A harbour", "decorative": False}
    check = {"quiz": ModuleQuizFactory.create().quiz.pk, "reason": "Before you go on."}
    return [
        *(part for part in body if part["type"] != "knowledge_check"),
        {"type": "figure", "value": {"image": picture, "caption": "Where boats leave"}},
        {"type": "knowledge_check", "value": check},
    ]


def module_with(*titles: str, **fields: Any) -> ModulePage:
    module: ModulePage = TrainingSessionPageFactory.create(**fields)
    for title in titles:
        LessonPageFactory.create(parent=module, title=title)
    return module


def address(module: ModulePage) -> str:
    return reverse("module_file", args=[module.translation_key])


def pdf(client: Client, module: ModulePage) -> bytes:
    response: Any = client.get(address(module))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    content: bytes = response.content
    return content


def test_it_has_a_cover_and_the_lessons_in_order(participant: User, signed_in: SignIn) -> None:
    module = module_with("First lesson", "Second lesson", title="Going & staying")
    quiz = ModuleQuizFactory.create(module=module).quiz
    module.save_revision().publish()
    client = signed_in(participant)

    response: Any = client.get(address(module))
    words, facts = text_of(response.content), facts_of(response.content)

    assert (facts["Title"], facts["Tagged"]) == ("Going & staying", "yes")
    assert "Name three norms learned at home." in words
    assert words.index("First lesson") < words.index("Second lesson")
    assert f"{timezone.localdate().year}, version" in words
    assert quiz.title in words
    inside = unpacked(response.content)
    assert b"/Title (First lesson)" in inside  # a bookmark
    assert b"/Lang (en)" in inside
    assert 'filename="going-staying.pdf"' in response["Content-Disposition"]
    assert "Save as PDF" in client.get(module.url).content.decode()


def test_every_block_has_a_form_for_paper(
    participant: User, signed_in: SignIn, made: list[str]
) -> None:
    module = module_with()
    body = every_block()
    LessonPageFactory.create(parent=module, body=body)
    wanted = set(LessonBlock().child_blocks) - FOR_TRAINERS
    assert wanted <= {part["type"] for part in body}

    words = text_of(pdf(signed_in(participant), module))

    assert not LOADS.search(made[0])
    assert '<img alt="A harbour"' in made[0]
    for expected in (
        "What do people here call you?",  # a transcript
        "/documents/",
        "https://vimeo.com/76979871",
        "Eight people sit in a circle.",
        "“I am worn out. Could we take a later train?”",
        "Go on with 2",
        "The eight o’clock stops at the lake as well.",
        "Questions like this belong in my office hour.",
        "Where boats leave",
        "Saving face",
        "Before you go on.",
        "Europe/Madrid",
    ):
        assert expected in words, expected
    assert "ring after four minutes" not in words


def test_neither_keys_nor_questions_of_a_quiz_are_in_it(
    participant: User, signed_in: SignIn, made: list[str]
) -> None:
    module = module_with("One")
    quiz = ModuleQuizFactory.create(module=module).quiz
    check = {"quiz": quiz.pk, "reason": "Try it."}
    LessonPageFactory.create(parent=module, body=[{"type": "knowledge_check", "value": check}])

    pdf(signed_in(participant), module)

    paper = quiz.live_version.paper
    assert quiz.title in made[0]
    for item in paper["items"]:
        assert item["stem"] not in made[0]
        assert all(option["text"] not in made[0] for option in item["options"])


def test_nothing_of_the_reader_is_in_it(participant: User, signed_in: SignIn) -> None:
    module = module_with()
    question = {"type": "reflection", "value": {"prompt": "What did you see?", "minutes": 3}}
    lesson = LessonPage.objects.get(pk=LessonPageFactory.create(parent=module, body=[question]).pk)
    JournalEntryFactory.create(
        participant=participant, lesson=lesson, block_id=lesson.body[0].id, text="I was afraid."
    )

    words = text_of(pdf(signed_in(participant), module))

    assert "What did you see?" in words
    assert "I was afraid." not in words
    assert participant.last_name not in words


def test_links_lead_to_the_site(participant: User, signed_in: SignIn, made: list[str]) -> None:
    module = module_with()
    target = LessonPageFactory.create()
    link = f'<p><a linktype="page" id="{target.pk}">See there</a></p>'
    LessonPageFactory.create(parent=module, body=[{"type": "text", "value": link}])

    pdf(signed_in(participant), module)

    assert f'href="http://testserver{target.url}"' in made[0]
    assert 'href="modules/printed.css"' in made[0]


def test_it_is_made_once_for_everybody_until_something_is_published(
    participant: User, signed_in: SignIn, made: list[str]
) -> None:
    module = module_with("One", "Two")
    first = pdf(signed_in(participant), module)
    again = pdf(signed_in(ParticipantFactory.create()), module)
    assert (first, len(made)) == (again, 1)

    lesson = LessonPage.objects.get(title="Two")
    lesson.body = [("text", "<p>Written anew.</p>")]
    lesson.save_revision().publish()

    assert "Written anew." in text_of(pdf(signed_in(participant), module))
    assert len(made) == 2


def test_who_has_many_made_waits(
    participant: User, signed_in: SignIn, made: list[str], settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"module_file": "1/m/user"}
    one, other = module_with("One"), module_with("Other")
    client = signed_in(participant)

    assert client.get(address(one)).status_code == 200
    assert client.get(address(other)).status_code == 429
    assert client.get(address(one)).status_code == 200
    assert len(made) == 1


def test_steps_that_are_not_open_yet_are_not_in_it(participant: User, signed_in: SignIn) -> None:
    module = module_with("The first one", "The second one", is_sequential=True)
    client = signed_in(participant)
    body = LessonPage.objects.get(title="The second one")
    body.body = [("text", "<p>Later words.</p>")]
    body.save_revision().publish()

    early = text_of(pdf(client, module))
    first = LessonPage.objects.get(title="The first one")
    LessonRecordFactory.create(participant=participant, lesson=first, completed_at=timezone.now())
    late = text_of(pdf(client, module))

    assert "Watch first" in early
    assert "Later words." not in early
    assert "1 step is not open to you yet" in early
    assert "Later words." in late


def test_a_module_that_needs_another_one_first_says_so(
    participant: User, trainer: User, signed_in: SignIn
) -> None:
    module = module_with("One")
    needed = module_with("Needed lesson", title="The basics")
    ModulePrerequisiteFactory.create(module=module, needed=needed)

    refused = signed_in(participant).get(address(module))

    assert refused.status_code == 403
    assert "The basics" in refused.content.decode()
    assert "Save as PDF" not in signed_in(participant).get(module.url).content.decode()
    assert signed_in(trainer).get(address(module)).status_code == 200


def test_drafts_and_what_is_not_published_are_not_in_it(
    participant: User, trainer: User, signed_in: SignIn
) -> None:
    module = module_with("One")
    draft = LessonPageFactory.create(parent=module, title="Only a draft", live=False)
    notes = {"type": "facilitator_notes", "value": "<p>Ring the bell.</p>"}
    LessonPageFactory.create(parent=module, title="With notes", body=[notes])

    words = text_of(pdf(signed_in(trainer), module))

    assert draft.title not in words
    assert "Ring the bell." not in words
    module.unpublish()
    assert signed_in(participant).get(address(module)).status_code == 404


def test_visitors_sign_in_first(client: Client) -> None:
    assert client.get(address(module_with("One")))["Location"].startswith("/accounts/login/")


def test_a_task_has_its_rubric(participant: User, signed_in: SignIn) -> None:
    rubric = rubric_about("sojourn.openness", "sojourn.empathy")
    task = ImmersionTaskPageFactory.create(title="Twenty minutes", rubric=rubric)
    module = ModulePage.objects.get(pk=task.get_parent().pk)

    words = text_of(pdf(signed_in(participant), module))

    assert "Twenty minutes" in words
    assert "Finds a second reading (Empathy and perspective-taking)" in " ".join(words.split())
    assert "Throughout" in words


def test_it_reads_from_right_to_left_and_in_the_words_of_a_translation(
    participant: User, signed_in: SignIn, made: list[str]
) -> None:
    module = module_with("First lesson", title="Culture")
    arabic, _is_new = Locale.objects.get_or_create(language_code="ar")
    told = module.copy_for_translation(arabic, copy_parents=True)
    told.title = "ثقافة"
    told.save_revision().publish()
    participant.language = "ar"
    participant.save()

    content = pdf(signed_in(participant), module)

    assert 'lang="ar" dir="rtl"' in made[0]
    assert "ثقافة" in made[0]
    assert 'lang="en"' in made[0]  # the lesson, which is not translated
    assert b"/Lang (ar)" in unpacked(content)


def test_a_server_that_cannot_typeset_says_so(
    participant: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(_html: str) -> bytes:
        raise printing.PrintingUnavailableError

    monkeypatch.setattr(printed, "to_pdf", cannot)
    module = module_with("One")

    answer = signed_in(participant).get(address(module), follow=True)

    assert "This server cannot make PDFs" in answer.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_lessons(
    participant: User, signed_in: SignIn, django_assert_num_queries: Any
) -> None:
    client = signed_in(participant)
    short, long = module_with("One"), module_with(*[f"Lesson {n}" for n in range(9)])
    counts = []
    for module in (short, long):
        client.get(address(module))
        with django_assert_num_queries(15, exact=False) as asked:
            client.get(address(module))
        counts.append(len(asked.captured_queries))

    assert counts[0] == counts[1]


def test_the_day_of_the_last_change_is_that_of_what_is_printed() -> None:
    module = module_with("One")
    moment = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    ModulePage.objects.update(last_published_at=moment)
    LessonPage.objects.update(last_published_at=moment + dt.timedelta(days=3))
    module.refresh_from_db()

    copy = printed.Copy(module, (), printed.lessons_of(module), (), 10)

    assert copy.changed_at == moment + dt.timedelta(days=3)
    assert re.fullmatch(r"[0-9a-f]{8}", copy.version)
