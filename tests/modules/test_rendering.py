from collections.abc import Callable
from typing import Any

import pytest

from modules.models import LessonPage
from modules.rendering import draw_lesson, lesson_html
from tests.factories.modules import LessonPageFactory

pytestmark = pytest.mark.django_db


def with_links(count: int) -> LessonPage:
    target = LessonPageFactory.create()
    link = f'<p><a linktype="page" id="{target.pk}">See there</a></p>'
    lesson = LessonPageFactory.create(body=[{"type": "text", "value": link}] * count)
    return LessonPage.objects.defer("body").get(pk=lesson.pk)


def test_links_cost_nothing_once_a_revision_was_drawn(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    lesson = with_links(5)
    first = lesson_html(lesson, keeps_place=False, for_trainers=False)

    with django_assert_num_queries(0):
        again = lesson_html(LessonPage(**vars_of(lesson)), keeps_place=False, for_trainers=False)

    assert again == first
    assert first.count("See there") == 5


def vars_of(lesson: LessonPage) -> dict[str, Any]:
    return {
        "pk": lesson.pk,
        "live_revision_id": lesson.live_revision_id,
        "last_published_at": lesson.last_published_at,
        "content_type_id": lesson.content_type_id,
    }


def test_a_new_revision_is_drawn_anew() -> None:
    lesson = LessonPageFactory.create()
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    assert "Watch first" in lesson_html(lesson, keeps_place=False, for_trainers=False)

    lesson.body = [("text", "<p>Ask first.</p>")]
    lesson.save_revision().publish()
    lesson.refresh_from_db()

    assert "Ask first." in lesson_html(lesson, keeps_place=False, for_trainers=False)


def test_a_draft_is_never_kept() -> None:
    lesson = LessonPageFactory.create()
    lesson_html(lesson, keeps_place=False, for_trainers=False)

    lesson.body = [("text", "<p>A draft.</p>")]

    assert "A draft." in draw_lesson(lesson, keeps_place=False, for_trainers=False)
    assert "A draft." not in lesson_html(lesson, keeps_place=False, for_trainers=False)


@pytest.mark.parametrize(("parts", "places"), [(1, 0), (3, 0), (4, 1), (7, 2)])
def test_a_long_lesson_can_be_left_at_places(parts: int, places: int) -> None:
    lesson = LessonPageFactory.create(body=[{"type": "text", "value": "<p>Read.</p>"}] * parts)

    assert (
        draw_lesson(lesson, keeps_place=True, for_trainers=False).count("Stop here for now")
        == places
    )
    assert (
        draw_lesson(lesson, keeps_place=False, for_trainers=False).count("Stop here for now") == 0
    )


def test_every_part_can_be_linked_to() -> None:
    lesson = LessonPageFactory.create()

    assert f'id="part-{lesson.body[0].id}"' in draw_lesson(
        lesson, keeps_place=False, for_trainers=False
    )


def test_boxes_are_there_for_who_ticks_them_whoever_looked_first() -> None:
    points = {"title": "Before you go", "tasks": [{"text": "A passport"}]}
    lesson = LessonPageFactory.create(body=[{"type": "checklist", "value": points}])

    looked = lesson_html(lesson, keeps_place=False, for_trainers=False)
    ticking = lesson_html(lesson, keeps_place=False, for_trainers=False, ticks=frozenset())

    assert "data-tick" not in looked
    assert "data-tick" in ticking
