"""Minutes, and what there is to tick and to answer: counted when a lesson is saved."""

import pytest

from modules.models import LessonPage
from modules.outline import outlines
from tests.factories.modules import LessonPageFactory
from tests.factories.quizzes import PublishedQuizFactory

pytestmark = pytest.mark.django_db

WORDS = "<p>" + "word " * 500 + "</p>"


def lesson(*blocks: tuple[str, object], minutes: int | None = None) -> LessonPage:
    body = [{"type": kind, "value": value} for kind, value in blocks]
    page: LessonPage = LessonPageFactory.create(body=body, minutes=minutes)
    return page


def test_minutes_are_counted_from_words_recordings_and_exercises() -> None:
    quiz = PublishedQuizFactory.create(minutes=6)
    recording = {"title": "x", "minutes": 4, "transcript": WORDS}
    page = lesson(
        ("text", WORDS),
        ("audio", recording),
        ("reflection", {"prompt": "Why?", "minutes": 5}),
        ("knowledge_check", {"quiz": quiz.pk, "reason": "See."}),
        ("facilitator_notes", WORDS),
    )

    # 500 words and a few of the exercises are three minutes; then 4, 5 and 6.
    assert page.minutes_counted == 18
    assert page.duration == 18
    assert page.measured().recordings == 4
    assert page.check_ids == [quiz.pk]


def test_the_author_s_word_holds() -> None:
    page = lesson(("text", WORDS), minutes=12)

    assert (page.duration, page.minutes_counted) == (12, 3)
    assert outlines([page.module])[page.module.translation_key].minutes == 12


def test_a_lesson_takes_a_minute_at_least() -> None:
    assert lesson(("text", "<p>Go.</p>")).duration == 1


def test_points_of_checklists_keep_their_ids() -> None:
    value = {"title": "Before", "tasks": [{"text": "One"}, {"text": "Two"}]}
    page = lesson(("checklist", value))
    before = list(page.tick_ids)

    again = LessonPage.objects.get(pk=page.pk)
    again.save()

    assert len(before) == 2
    assert again.tick_ids == before
    assert [task.id for task in again.body[0].value["tasks"].bound_blocks] == before
