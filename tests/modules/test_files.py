"""Recordings with their words, downloads with sort and size, quizzes in a lesson."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail import blocks

from library.models import CustomDocument
from modules.blocks.checking import KnowledgeCheckBlock
from modules.blocks.files import AudioBlock, DownloadBlock, VideoBlock
from people.models import User
from tests.factories.library import CAPTIONS, DocumentFactory
from tests.factories.modules import LessonPageFactory
from tests.factories.quizzes import PublishedQuizFactory, QuizFactory

pytestmark = pytest.mark.django_db


def film(**changes: Any) -> dict[str, Any]:
    return {
        "title": "A first meeting",
        "recording": DocumentFactory.create(name="meeting.mp4"),
        "captions": DocumentFactory.create(name="meeting.vtt", content=CAPTIONS),
        "transcript": "<p>What do people here call you?</p>",
        "minutes": 3,
    } | changes


def errors_of(block: blocks.StructBlock, value: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(blocks.StructBlockValidationError) as refused:
        block.clean(block.normalize(value))
    return {name: error.messages[0] for name, error in refused.value.block_errors.items()}


def drawn(block: blocks.Block, value: Any) -> str:
    return block.render(block.normalize(value), context={"anchor": "part-1"})


def test_a_video_shows_captions_transcript_and_size() -> None:
    block = VideoBlock()
    value = block.clean(block.normalize(film()))

    html = drawn(block, value)

    assert f'<video controls preload="none" src="{value["recording"].url}"' in html
    assert f'<track kind="captions" src="{value["captions"].url}" srclang="en"' in html
    assert "Download (MP4, 4\xa0bytes)" in html
    assert html.index("Read the transcript") < html.index("What do people here call you?")


@pytest.mark.parametrize("missing", ["captions", "transcript", "recording"])
def test_a_video_without_its_words_is_not_published(missing: str) -> None:
    empty = "" if missing == "transcript" else None

    assert list(errors_of(VideoBlock(), film(**{missing: empty}))) == [missing]


def test_a_video_without_its_words_may_be_kept_as_a_draft() -> None:
    block = VideoBlock()

    kept = block.clean_deferred(block.normalize(film(captions=None, transcript="")))

    assert kept["captions"] is None


def test_a_file_of_another_sort_is_refused_in_words() -> None:
    sound = DocumentFactory.create(name="meeting.mp3")
    renamed = DocumentFactory.create(name="words.vtt", content=b"1\n00:00:00,000")

    assert "ends in .mp4" in errors_of(VideoBlock(), film(recording=sound))["recording"]
    assert "ends in .vtt" in errors_of(VideoBlock(), film(captions=sound))["captions"]
    assert "begin with “WEBVTT”" in errors_of(VideoBlock(), film(captions=renamed))["captions"]


def test_captions_may_begin_with_the_mark_of_utf_8() -> None:
    marked = DocumentFactory.create(name="words.vtt", content=b"\xef\xbb\xbf" + CAPTIONS)

    VideoBlock().clean(VideoBlock().normalize(film(captions=marked)))


def test_a_sound_needs_its_transcript_and_no_captions() -> None:
    block = AudioBlock()
    sound = film(recording=DocumentFactory.create(name="meeting.mp3"))
    del sound["captions"]

    assert "<audio controls" in drawn(block, block.clean(block.normalize(sound)))
    assert list(errors_of(block, sound | {"transcript": ""})) == ["transcript"]


@pytest.mark.parametrize("block", [VideoBlock(), AudioBlock(), DownloadBlock()])
def test_a_block_whose_file_is_gone_says_so(block: blocks.StructBlock) -> None:
    CustomDocument.objects.all().delete()

    assert block.is_previewable
    assert "not here any more" in drawn(block, block.get_preview_value())


def test_the_preview_shows_the_last_fitting_file() -> None:
    DocumentFactory.create(name="early.mp4")
    DocumentFactory.create(name="late.mp4")
    DocumentFactory.create(name="later.mp3")

    html = drawn(VideoBlock(), VideoBlock().get_preview_value())

    assert "late.mp4" in html


def test_a_download_says_sort_and_size() -> None:
    plan = DocumentFactory.create(name="plan.pdf", content=b"%PDF" * 512)

    html = drawn(DownloadBlock(), {"document": plan, "about": "One page to fill in."})

    assert "(PDF, 2.0\xa0KB)" in html
    assert "One page to fill in." in html


def test_a_knowledge_check_leads_to_its_quiz() -> None:
    block = KnowledgeCheckBlock()
    quiz = PublishedQuizFactory.create(title="Turns and silence")

    value = block.clean(block.normalize({"quiz": quiz, "reason": "See what has stayed."}))

    html = drawn(block, value)
    assert f'href="/quizzes/{quiz.uuid}/"' in html
    assert "Turns and silence" in html
    assert drawn(block, block.get_preview_value()).count("Turns and silence") == 1


def test_a_quiz_that_is_not_published_is_refused_until_it_is() -> None:
    block = KnowledgeCheckBlock()
    value = {"quiz": QuizFactory.create(), "reason": "See what has stayed."}

    assert "not published yet" in errors_of(block, value)["quiz"]
    assert block.clean_deferred(block.normalize(value))["quiz"] == value["quiz"]
    assert "not open at the moment" in drawn(block, value)


def test_the_editor_of_a_lesson_chooses_a_quiz_as_everywhere_in_the_cms(
    trainer: User, signed_in: Callable[[User], Client]
) -> None:
    quiz = PublishedQuizFactory.create(title="Turns and silence")
    check = {"type": "knowledge_check", "value": {"quiz": quiz.pk, "reason": "See."}}
    lesson = LessonPageFactory.create(body=[check])

    page = signed_in(trainer).get(f"/admin/pages/{lesson.pk}/edit/")

    assert page.status_code == 200
    assert "Choose a quiz" in page.content.decode()
    assert "Turns and silence" in page.content.decode()
