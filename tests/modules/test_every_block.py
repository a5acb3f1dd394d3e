"""A lesson with every block there is costs no more queries than one with a word."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from modules.blocks import LessonBlock
from modules.models import LessonPage, ModulePage
from people.models import User
from tests.factories.library import CAPTIONS, DocumentFactory
from tests.factories.modules import LessonPageFactory, ModuleQuizFactory, TrainingSessionPageFactory

pytestmark = pytest.mark.django_db


def lesson_with_every_block(module: ModulePage) -> LessonPage:
    for name in ("film.mp4", "talk.mp3", "plan.pdf"):
        DocumentFactory.create(name=name)
    captions = DocumentFactory.create(name="film.vtt", content=CAPTIONS)
    body = []
    for name, block in LessonBlock().child_blocks.items():
        value = block.get_prep_value(block.get_preview_value())
        body.append({"type": name, "value": value})
        if name == "video":
            value["captions"] = captions.pk
    return LessonPageFactory.create(parent=module, body=[one for one in body if shows(one)])


def shows(block: dict[str, Any]) -> bool:
    """An image has no preview: it would need a file of its own."""
    return block["type"] != "figure"


def test_queries_of_a_lesson_with_every_block(
    participant: User,
    signed_in: Callable[[User], Client],
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    module = TrainingSessionPageFactory.create()
    ModuleQuizFactory.create(module=module)
    lesson = lesson_with_every_block(module)
    client = signed_in(participant)
    client.get(lesson.url)
    page = client.get(lesson.url).content.decode()

    assert page.count('class="lesson-part"') == len(lesson.body) - 1  # Without the notes.

    # Session, person; the module with its quiz, the lessons; what was read, the quiz's
    # rules, the attempts; what the person may do.
    with django_assert_num_queries(8):
        client.get(lesson.url)
