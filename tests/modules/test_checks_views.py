"""“Can this be completed?” in the editor and as a report."""

import json
import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from people.models import User
from quizzes.enums import Purpose
from quizzes.models import Quiz, QuizDraw, QuizSection
from tests.factories.modules import LessonPageFactory, TrainingSessionPageFactory
from tests.factories.quizzes import CategoryFactory, QuestionFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
EMPTY_BODY: list[Any] = []


def report(client: Client, **wishes: str) -> str:
    return client.get(reverse("authoring_report"), wishes).content.decode()


def shown(html: str) -> list[int]:
    return [int(key) for key in re.findall(r'data-checked-page="(\d+)"', html)]


def test_the_editor_lists_what_to_mend_beside_wagtails_checks(
    trainer: User, signed_in: SignIn
) -> None:
    page = LessonPageFactory.create(body=EMPTY_BODY)

    html = signed_in(trainer).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert "Can this be completed?" in html.content.decode()
    assert "The lesson has no content." in html.content.decode()
    assert 'data-finding="no_content"' in html.content.decode()


def test_the_editor_says_when_nothing_stands_in_the_way(trainer: User, signed_in: SignIn) -> None:
    page = LessonPageFactory.create()

    html = signed_in(trainer).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert "nothing stands in the way" in html.content.decode()


def test_other_pages_are_not_checked(administrator: User, signed_in: SignIn) -> None:
    home = Page.objects.get(depth=2)

    html = signed_in(administrator).get(reverse("wagtailadmin_pages:edit", args=[home.pk]))

    assert "Can this be completed?" not in re.sub(r"<script.*?</script>", "", str(html.content))


def test_our_rules_stand_beside_wagtails(trainer: User, signed_in: SignIn) -> None:
    page = LessonPageFactory.create()

    html = signed_in(trainer).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    found = re.search(r'id="checker-axe-configuration"[^>]*>(.*?)</script>', html.content.decode())

    assert found
    configuration = json.loads(found[1])
    run = configuration["options"]["runOnly"]
    assert {"image-alt", "video-caption", "alt-text-quality", "heading-order"} <= set(run)
    assert "empty-meta-description" not in run
    assert configuration["messages"]["video-caption"]["help_text"] == "Add a file with captions"


def test_the_report_lists_pages_that_need_something(trainer: User, signed_in: SignIn) -> None:
    module = TrainingSessionPageFactory.create()
    good = LessonPageFactory.create(parent=module)
    bad = LessonPageFactory.create(parent=module, body=EMPTY_BODY)
    client = signed_in(trainer)

    assert shown(report(client)) == [bad.pk]
    assert shown(report(client, everything="true")) == [module.pk, good.pk, bad.pk]


def test_the_report_is_filtered_by_what_is_wrong(trainer: User, signed_in: SignIn) -> None:
    empty = LessonPageFactory.create(body=EMPTY_BODY)
    old = LessonPageFactory.create(review_on="2026-01-01", parent=empty.module)
    draft = TrainingSessionPageFactory.create(live=False)
    client = signed_in(trainer)

    assert shown(report(client)) == [empty.pk, old.pk, draft.pk]
    assert shown(report(client, severity="error")) == [empty.pk, draft.pk]
    assert shown(report(client, problem="review")) == [old.pk]
    assert shown(report(client, kind="module")) == [draft.pk]
    assert shown(report(client, kind="lesson")) == [empty.pk, old.pk]
    assert shown(report(client, live="false")) == [draft.pk]


def test_a_review_that_has_nothing_to_draw_is_named_until_its_quiz_is_published(
    trainer: User, signed_in: SignIn
) -> None:
    category = CategoryFactory.create()
    quiz = Quiz.objects.create(title="Look again", purpose=Purpose.PRACTICE)
    section = QuizSection.objects.create(quiz=quiz, sort_order=0)
    QuizDraw.objects.create(section=section, category=category, count=5)
    module = TrainingSessionPageFactory.create(review_quiz=quiz)
    LessonPageFactory.create(parent=module)
    client = signed_in(trainer)
    publishing = reverse("bank_quizzes:publish", args=[quiz.pk])
    editor = reverse("wagtailadmin_pages:edit", args=[module.pk])

    client.post(publishing)
    page = unescape(client.get(editor).content.decode())

    assert 'data-finding="review_quiz"' in page
    assert "“Look again”, is not published, so that nobody is asked again" in page
    assert shown(report(client, problem="review_quiz")) == [module.pk]

    QuestionFactory.create_batch(5, category=category)
    client.post(publishing)

    assert 'data-finding="review_quiz"' not in client.get(editor).content.decode()
    assert shown(report(client)) == []


def test_the_report_leaves_as_a_file(trainer: User, signed_in: SignIn) -> None:
    LessonPageFactory.create(title="=Sum", body=EMPTY_BODY)
    client = signed_in(trainer)

    csv = client.get(reverse("authoring_report"), {"export": "csv"})
    xlsx = client.get(reverse("authoring_report"), {"export": "xlsx"})

    lines = b"".join(csv).decode().splitlines()
    assert lines[0] == "Title,Status,Type,Stops people,Worth a look,What to do"
    assert lines[1].startswith("'=Sum,live,Lesson,1,0,\"The lesson has no content.")
    row = list(openpyxl.load_workbook(BytesIO(b"".join(xlsx))).worksheets[0].values)[1]
    assert row[3:5] == (1, 0)


def test_the_report_shows_only_pages_that_the_reader_may_change(
    coordinator: User, trainer: User, signed_in: SignIn
) -> None:
    LessonPageFactory.create(body=EMPTY_BODY)

    assert signed_in(coordinator).get(reverse("authoring_report")).status_code == 302
    assert "Can this be completed?" not in (
        signed_in(coordinator).get(reverse("wagtailadmin_home")).content.decode()
    )
    assert "reports/completable/" in (
        signed_in(trainer).get(reverse("wagtailadmin_home")).content.decode()
    )


def test_queries_of_the_report_do_not_grow(
    trainer: User, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(trainer)
    module = TrainingSessionPageFactory.create()
    for _number in range(2):
        LessonPageFactory.create(parent=module, body=EMPTY_BODY)
    report(client)
    with django_assert_max_num_queries(100) as few:
        report(client)
    for _number in range(20):
        LessonPageFactory.create(parent=module, body=EMPTY_BODY)

    with django_assert_max_num_queries(len(few)):
        assert len(shown(report(client))) == 22
