"""Question imports and exports in the CMS, from the browser's side."""

import csv
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from interop.questions.models import QuestionUpload
from people.models import User
from quizzes.models import Question
from tests.factories.people import TrainerFactory
from tests.factories.quizzes import QuestionFactory, RatingFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
TEXT = "::Loaf::Who eats bread?{=Ana ~Ben}\n\n::Open::Who {\n\n::=cmd::Who?{=a =b ~c}\n"


@pytest.fixture
def browser(signed_in: SignIn, trainer: User) -> Client:
    return signed_in(trainer)


def upload(
    client: Client, text: str = TEXT, name: str = "food.gift", **data: str
) -> QuestionUpload:
    file = SimpleUploadedFile(name, text.encode())
    response = client.post(reverse("question_imports:add"), {"file": file, **data})
    latest = QuestionUpload.objects.latest("pk")
    assertRedirects(response, page(latest))
    return latest


def page(kept: QuestionUpload, name: str = "upload") -> str:
    return reverse(f"question_imports:{name}", args=[kept.uuid])


def confirm(client: Client, kept: QuestionUpload) -> str:
    kept.refresh_from_db()
    response = client.post(page(kept), {"expected": kept.expected}, follow=True)
    return response.content.decode()


def test_a_file_goes_from_upload_over_dry_run_to_questions(browser: Client) -> None:
    assertContains(browser.get(reverse("question_imports:add")), "Look at the dry run")
    kept = upload(browser, category="Trial")

    dry = browser.get(page(kept))
    assertContains(dry, "Import now")
    assertContains(dry, "is not closed by a")
    assert not Question.objects.exists()

    result = confirm(browser, kept)
    question = Question.objects.get()
    assert "1 question imported." in result
    assert reverse("bank_questions:edit", args=[question.pk]) in result
    assert question.category is not None
    assert question.category.name == "Trial"
    index = browser.get(reverse("question_imports:index"))
    assertContains(index, "1 new, 0 changed, 0 unchanged, 2 left out")


def test_the_list_can_be_narrowed_and_taken_away_without_a_formula(browser: Client) -> None:
    kept = upload(browser)
    narrowed = browser.get(page(kept), {"action": "left_out"})
    assertContains(narrowed, "Make it multiple choice")
    assertNotContains(narrowed, "Loaf")

    response = browser.get(page(kept, "lines"), {"action": "left_out"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[:2] for row in rows[1:]] == [["3", "Open"], ["5", "'=cmd"]]


def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(browser: Client) -> None:
    bomb = '<!DOCTYPE quiz [<!ENTITY a "aaaa">]><quiz><question type="essay"/></quiz>'
    file = SimpleUploadedFile("bomb.xml", bomb.encode())
    response = browser.post(reverse("question_imports:add"), {"file": file})

    assertContains(response, "Such files can do harm")
    assert not QuestionUpload.objects.exists()


def test_a_second_import_of_the_same_file_says_so(browser: Client) -> None:
    kept = upload(browser)
    confirm(browser, kept)
    again = upload(browser)

    assertContains(browser.get(page(again)), "There is nothing to import")
    assertNotContains(browser.get(page(again)), "Import now")
    assert "imported already, and only once" in confirm(browser, kept)
    assert Question.objects.count() == 1


def test_a_bank_that_has_changed_shows_the_dry_run_anew(browser: Client) -> None:
    first, second = upload(browser), upload(browser)
    confirm(browser, first)

    assert "Nothing has been imported" in confirm(browser, second)
    assert Question.objects.count() == 1
    second.refresh_from_db()
    assert second.summary["unchanged"] == 1


def test_other_trainers_uploads_are_unknown(browser: Client, signed_in: SignIn) -> None:
    kept = upload(browser)

    other = signed_in(TrainerFactory.create())
    assert other.get(page(kept)).status_code == 404
    assert other.post(page(kept), {"expected": kept.expected}).status_code == 404


def test_the_list_is_exported_as_it_is_filtered(browser: Client) -> None:
    QuestionFactory.create(name="Kept", stem="<p>Who?</p>")
    RatingFactory.create(name="Scale")
    index = browser.get(reverse("bank_questions:index"), {"kind": "rating"})
    assertContains(index, reverse("question_imports:export") + "?kind=rating")

    shown = browser.get(reverse("question_imports:export"))
    assertContains(shown, "1 question has no place in this format")
    assertContains(shown, "Scale")

    for format_name in ("gift", "moodle-xml", "csv"):
        url = reverse("question_imports:export_file", args=[format_name])
        whole = browser.get(url).getvalue().decode()
        assert "Kept" in whole
        assert "Scale" not in whole
        narrowed = browser.get(url, {"kind": "rating"}).getvalue().decode()
        assert "Kept" not in narrowed


def test_a_picture_that_nobody_can_find_keeps_no_other_question_back(browser: Client) -> None:
    """Its id may be anything that a request has put into the rich text."""
    QuestionFactory.create(name="Kept", stem="<p>Who?</p>")
    QuestionFactory.create(
        name="Odd", stem='<p>What?</p><embed alt="x" embedtype="image" format="left" id="1x"/>'
    )

    assertContains(browser.get(reverse("question_imports:export")), "Odd")
    url = reverse("question_imports:export_file", args=["gift"])
    whole = browser.get(url).getvalue().decode()
    assert "Kept" in whole
    assert "Odd" not in whole


@pytest.mark.parametrize("format_name", ["gift", "moodle-xml", "csv"])
def test_the_samples_can_be_fetched_and_imported(browser: Client, format_name: str) -> None:
    url = reverse("question_imports:sample", args=[format_name])
    content = browser.get(url).getvalue()
    kept = upload(browser, content.decode(), f"sample.{format_name}")

    assert kept.format == format_name
    assert kept.summary["new"] >= 1


def test_only_people_who_write_questions_may_import(signed_in: SignIn, coordinator: User) -> None:
    client = signed_in(coordinator)
    for name in ("index", "add", "export"):
        response = client.get(reverse(f"question_imports:{name}"))
        assert response.status_code == 302
