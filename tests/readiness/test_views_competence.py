"""The competence pages: a group's without names, one person's for the office, and one's own."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from competence.models import Dimension, Framework
from competence.naming import key_of
from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from modules.models import ImmersionTaskPage
from people.models import User
from progress.immersion.deciding import decide
from progress.immersion.handing_in import hand_in
from progress.models import TaskSubmission
from quizzes.models import QuestionDimension, Quiz
from tests.factories.competence import DimensionFactory
from tests.factories.exchanges import PlacementFactory
from tests.factories.modules import ImmersionTaskPageFactory, rubric_about
from tests.factories.people import CoordinatorFactory, TrainerFactory
from tests.factories.quizzes import (
    PublishedQuizFactory,
    QuestionFactory,
    RatingFactory,
    finish_attempt,
)
from tests.readiness.conftest import FreshClient

pytestmark = pytest.mark.django_db

EARLY = dt.datetime(2026, 1, 12, 12, tzinfo=dt.UTC)


@pytest.fixture
def quiz() -> Quiz:
    """One question with a right answer and one rating, both about the same dimension."""
    Framework.objects.update(is_default=False)
    dimension = DimensionFactory.create(name="=Empathy", framework__is_default=True)
    questions = [QuestionFactory.create(weights=("1", "0")), RatingFactory.create()]
    for question in questions:
        QuestionDimension.objects.create(question=question, dimension=dimension)
    found: Quiz = PublishedQuizFactory.create(questions=questions, purpose="measure")
    return found


def of_exchange(placement: Placement) -> str:
    return reverse("departures:exchange_competence", args=[placement.exchange.uuid])


def of_person(placement: Placement) -> str:
    return reverse("departures:competence", args=[placement.omobility_id])


def sit(quiz: Quiz, placement: Placement, number: int, **more: Any) -> None:
    for _one in range(number):
        other = PlacementFactory.create(
            exchange=placement.exchange, **({"office": placement.office} | more)
        )
        finish_attempt(quiz, other.participant, {0: 0, 1: 1}, at=EARLY)


def lines(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_an_exchange_shows_means_of_five_and_says_how_many(
    desk: Client, quiz: Quiz, placement: Placement
) -> None:
    sit(quiz, placement, 4)
    few = desk.get(of_exchange(placement))
    assert "Fewer than five people, so not shown:" in few.content.decode()
    assert "<td><bdi>100" not in few.content.decode()

    sit(quiz, placement, 1)
    page = desk.get(of_exchange(placement)).content.decode()
    assert "5 of 6 people" in page
    assert "<td><bdi>100 %</bdi></td>" in page
    assert "Fewer than five people, so not shown:" not in page


def test_people_of_other_offices_and_cancelled_ones_are_not_in_the_mean(
    desk: Client, quiz: Quiz, placement: Placement
) -> None:
    sit(quiz, placement, 3)
    sit(quiz, placement, 3, office=PlacementFactory.create().office)
    sit(quiz, placement, 3, status=PlacementStatus.CANCELLED)
    page = desk.get(of_exchange(placement))

    assert page.context["of"] == 4
    assert "Fewer than five people, so not shown:" in page.content.decode()


def test_the_file_says_what_the_page_says(desk: Client, quiz: Quiz, placement: Placement) -> None:
    sit(quiz, placement, 5)
    response = desk.get(of_exchange(placement), {"export": "csv"})
    found = lines(response)

    assert f'filename="competence-{placement.exchange.code}-' in response["Content-Disposition"]
    assert [line["Dimension"] for line in found] == ["'=Empathy", "'=Empathy"]
    assert [line["Evidence"].split(":")[0] for line in found] == ["What was known", "Own view"]
    assert (found[0]["People"], found[0]["Value (%)"]) == ("5", "100.0")


def test_of_a_person_the_office_sees_all_but_the_own_view(
    desk: Client, quiz: Quiz, placement: Placement
) -> None:
    finish_attempt(quiz, placement.participant, {0: 0, 1: 1}, at=EARLY)
    page = desk.get(of_person(placement)).content.decode()
    own = lines(desk.get(of_person(placement), {"export": "csv"}))

    assert "1 quiz, on 12 January 2026" in page
    assert "What it says is for the person alone" in page
    assert [line["Value (%)"] for line in own] == ["100.0", ""]
    assert (
        of_person(placement)
        in desk.get(reverse("departures:placement", args=[placement.omobility_id])).content.decode()
    )


def test_participants_see_their_own_whole(
    client: FreshClient, quiz: Quiz, placement: Placement
) -> None:
    finish_attempt(quiz, placement.participant, {0: 0, 1: 1}, at=EARLY)
    client.force_login(placement.participant, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("readiness:my_competence"))

    assert [len(block.levels.rows) for block in page.context["blocks"]] == [1, 0, 0, 1]
    assert reverse("readiness:my_competence") in client.get("/my/").content.decode()


def decided(
    task: ImmersionTaskPage, placement: Placement, level: int, *, accepts: bool = True
) -> None:
    """Let the person hand in, and a trainer find that level in each row."""
    submission = hand_in(
        participant=placement.participant, task=task, text="A queue.", link="", at=EARLY
    )
    rows = task.rubric_rows
    decide(
        submission=submission, accepts=accepts, comment="Well.", rows=rows,
        levels={str(row.id): level for row in rows}, by=TrainerFactory.create(), at=EARLY,
        link_to="/",
    )  # fmt: skip


@pytest.fixture
def task(quiz: Quiz) -> ImmersionTaskPage:
    """A task whose first row is about the dimension of the quiz, the second about none."""
    (key,) = {key_of(one) for one in Dimension.objects.filter(framework__is_default=True)}
    made = ImmersionTaskPageFactory.create(rubric=rubric_about(key))
    return ImmersionTaskPage.objects.get(pk=made.pk)


def test_levels_of_an_accepted_task_stand_with_rubrics_and_nowhere_else(
    desk: Client, task: ImmersionTaskPage, placement: Placement
) -> None:
    decided(task, placement, 2, accepts=False)
    assert lines(desk.get(of_person(placement), {"export": "csv"})) == []
    submission = TaskSubmission.objects.get()
    hand_in(participant=submission.participant, task=task, text="More.", link="", at=EARLY)
    decided(task, placement, 1)

    page = desk.get(of_person(placement)).content.decode()
    (own,) = lines(desk.get(of_person(placement), {"export": "csv"}))

    assert "1 task, on 12 January 2026" in page
    assert (own["Evidence"], own["Dimension"], own["Value (%)"]) == (
        "What was written or done: marked by a rubric",
        "'=Empathy",
        "50.0",
    )


def test_levels_of_tasks_are_part_of_a_mean_of_five_and_no_fewer(
    desk: Client, task: ImmersionTaskPage, placement: Placement
) -> None:
    people = [placement]
    people += [
        PlacementFactory.create(exchange=placement.exchange, office=placement.office)
        for _one in range(4)
    ]
    for level, one in zip((0, 1, 1, 2), people, strict=False):
        decided(task, one, level)
    (few,) = lines(desk.get(of_exchange(placement), {"export": "csv"}))
    assert (few["People"], few["Value (%)"]) == ("", "")

    decided(task, people[4], 2)

    (enough,) = lines(desk.get(of_exchange(placement), {"export": "csv"}))
    assert (enough["People"], enough["Value (%)"]) == ("5", "60.0")
    assert "5 of 5 people" in desk.get(of_exchange(placement)).content.decode()


def test_participants_see_the_levels_of_their_tasks(
    client: FreshClient, task: ImmersionTaskPage, placement: Placement
) -> None:
    decided(task, placement, 2)
    client.force_login(placement.participant, backend="django.contrib.auth.backends.ModelBackend")
    blocks = client.get(reverse("readiness:my_competence")).context["blocks"]

    assert [len(block.levels.rows) for block in blocks] == [0, 0, 1, 0]
    assert (blocks[2].levels.rows[0].value, blocks[2].lines[0].note) == (
        100.0,
        "1 task, on 12 January 2026",
    )


def test_other_coordinators_find_nothing(
    quiz: Quiz, placement: Placement, signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(CoordinatorFactory.create())

    assert browser.get(of_person(placement)).status_code == 404
    assert browser.get(of_exchange(placement)).status_code == 404


@pytest.mark.parametrize("number", [1, 6])
def test_the_number_of_queries_does_not_depend_on_the_people(
    desk: FreshClient,
    quiz: Quiz,
    task: ImmersionTaskPage,
    placement: Placement,
    number: int,
    django_assert_max_num_queries: Any,
) -> None:
    sit(quiz, placement, number)
    for one in Placement.objects.filter(exchange=placement.exchange):
        decided(task, one, 1)
    desk.get(of_exchange(placement))
    desk.is_fresh = True
    with django_assert_max_num_queries(40) as counted:
        desk.get(of_exchange(placement))

    asked = [one["sql"] for one in counted.captured_queries]
    # Pairs, attempts, versions, levels, marks, ratings.
    assert sum("quizzes_" in sql for sql in asked) == 6
    assert sum("competence_dimension" in sql for sql in asked) == 1
    assert sum("progress_taskdecision" in sql for sql in asked) == 1
