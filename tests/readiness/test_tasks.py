"""Immersion tasks that are asked for: from handing in to the trainer's word."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from exchanges.models import Placement
from modules.models import ImmersionTaskPage
from people.models import User
from progress.immersion.deciding import decide
from progress.immersion.handing_in import hand_in
from progress.models import TaskDecision, TaskSubmission
from readiness import exports, publishing, report, states
from readiness.contents import content_of
from readiness.enums import DoneWhen, RequirementKind
from readiness.models import OpenRequirement, Requirement, RequirementSet, StateChange
from readiness.shapes import Cell
from readiness.verdicts import Turn, VerdictStatus
from reminders.models import Message
from reminders.reminding import remind_due
from tests.factories.exchanges import PlacementFactory
from tests.factories.modules import ImmersionTaskPageFactory, TrainingSessionPageFactory
from tests.factories.people import TrainerFactory
from tests.factories.readiness import RequirementFactory
from tests.readiness.moments import DAY_AFTER, JANUARY, only_cell
from tests.readiness.test_authoring import told
from tests.readiness.test_requirement_sets import ADD, form, text
from tests.reminders.conftest import on

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
SignIn = Callable[[User], Client]


@pytest.fixture
def task(home_page: Any) -> ImmersionTaskPage:
    made = ImmersionTaskPageFactory.create(title="Forty minutes", minutes=40)
    return ImmersionTaskPage.objects.get(pk=made.pk)


def ask(everybody: RequirementSet, task: ImmersionTaskPage, when: DoneWhen) -> Requirement:
    return RequirementFactory.create(
        requirement_set=everybody, kind=RequirementKind.TASK, task=task, done_when=when
    )


def sent(placement: Placement, task: ImmersionTaskPage, at: dt.datetime) -> TaskSubmission:
    words = f"Nine people, one queue: {at}."
    return hand_in(participant=placement.participant, task=task, text=words, link="", at=at)


def said(submission: TaskSubmission, at: dt.datetime, *, accepts: bool) -> TaskDecision:
    return decide(
        submission=submission, accepts=accepts, comment="What was said?", rows=(), levels={},
        by=TrainerFactory.create(), at=at, link_to="/",
    )  # fmt: skip


def standing(cell: Cell) -> tuple[str, str, dt.datetime | None]:
    return cell.status, cell.verdict.turn, cell.verdict.fact_at


def test_it_is_accepted_by_a_trainer_in_the_end(
    placement: Placement, everybody: RequirementSet, task: ImmersionTaskPage
) -> None:
    ask(everybody, task, DoneWhen.ACCEPTED)
    before = only_cell(placement)
    first = sent(placement, task, JANUARY)
    waits = only_cell(placement, JANUARY)
    said(first, JANUARY + DAY, accepts=False)
    again = only_cell(placement, JANUARY + DAY)
    second = sent(placement, task, JANUARY + 2 * DAY)
    waits_again = only_cell(placement, JANUARY + 2 * DAY)
    said(second, JANUARY + 3 * DAY, accepts=True)
    met = only_cell(placement, JANUARY + 3 * DAY)

    assert before.requirement.name == "Forty minutes"
    assert (before.verdict.why, before.verdict.minutes) == ("Not handed in yet.", 40)
    assert before.verdict.link == f"/my/tasks/{task.translation_key}/"
    assert standing(waits) == ("waiting", Turn.TRAINER, JANUARY)
    assert waits.verdict.why == "Handed in; a trainer has to accept it."
    assert waits.status_label == "Waiting for a trainer"
    assert standing(again) == ("pending", Turn.PARTICIPANT, JANUARY + DAY)
    assert again.verdict.why.startswith("A trainer asks again")
    assert standing(waits_again) == ("waiting", Turn.TRAINER, JANUARY + 2 * DAY)
    assert standing(met) == ("met", Turn.NOBODY, JANUARY + 3 * DAY)
    assert met.verdict.why == "Handed in, and accepted by a trainer."


def test_a_day_in_the_past_knows_nothing_of_what_came_later(
    placement: Placement, everybody: RequirementSet, task: ImmersionTaskPage
) -> None:
    ask(everybody, task, DoneWhen.ACCEPTED)
    said(sent(placement, task, JANUARY), JANUARY + DAY, accepts=True)

    assert only_cell(placement, JANUARY - DAY).status == VerdictStatus.PENDING
    assert only_cell(placement, JANUARY).status == VerdictStatus.WAITING


def test_handing_in_is_enough_where_nothing_more_is_asked(
    placement: Placement, everybody: RequirementSet, task: ImmersionTaskPage
) -> None:
    ask(everybody, task, DoneWhen.HANDED_IN)
    said(sent(placement, task, JANUARY), JANUARY + DAY, accepts=False)
    sent(placement, task, JANUARY + 2 * DAY)

    found = only_cell(placement, JANUARY + 3 * DAY)
    assert standing(found) == ("met", Turn.NOBODY, JANUARY)
    assert found.verdict.why == "Handed in."


def test_only_the_participants_own_turn_becomes_overdue(
    placement: Placement, everybody: RequirementSet, task: ImmersionTaskPage
) -> None:
    ask(everybody, task, DoneWhen.ACCEPTED)
    assert only_cell(placement, DAY_AFTER).status == VerdictStatus.OVERDUE
    made = sent(placement, task, JANUARY)
    assert only_cell(placement, DAY_AFTER).status == VerdictStatus.WAITING
    said(made, JANUARY + DAY, accepts=False)

    assert only_cell(placement, DAY_AFTER).status == VerdictStatus.OVERDUE


def test_of_two_sets_the_stricter_wish_wins(
    placement: Placement, everybody: RequirementSet, task: ImmersionTaskPage
) -> None:
    ask(everybody, task, DoneWhen.HANDED_IN)
    RequirementFactory.create(kind=RequirementKind.TASK, task=task, done_when=DoneWhen.ACCEPTED)
    sent(placement, task, JANUARY)

    assert only_cell(placement).status == VerdictStatus.WAITING


def test_a_task_that_nobody_can_open_is_the_offices_turn(
    placement: Placement, everybody: RequirementSet, task: ImmersionTaskPage
) -> None:
    ask(everybody, task, DoneWhen.HANDED_IN)
    task.unpublish()
    hidden = only_cell(placement, DAY_AFTER)
    sent(placement, task, JANUARY)
    earned = only_cell(placement, DAY_AFTER)
    task.delete()
    gone = only_cell(placement, DAY_AFTER)

    assert (hidden.status, hidden.verdict.turn) == (VerdictStatus.MISCONFIGURED, Turn.OFFICE)
    assert hidden.verdict.why.startswith("The task is not published.")
    assert earned.status == VerdictStatus.MET
    assert (gone.status, gone.requirement.name) == ("misconfigured", "A deleted task")
    assert gone.verdict.why.startswith("The task has been deleted.")


def test_the_row_follows_in_the_same_request(
    placement: Placement, everybody: RequirementSet, task: ImmersionTaskPage, signed_in: SignIn
) -> None:
    ask(everybody, task, DoneWhen.ACCEPTED)
    states.refresh([placement.pk], at=timezone.now())
    own, trainer = placement.participant, TrainerFactory.create()
    mine = reverse("home:my_exchange", args=[placement.omobility_id])
    place = f"/my/tasks/{task.translation_key}/"
    rows = {f"row-{row.id}": "2" for row in task.rubric_rows}

    def desk() -> str:
        return f"/admin/teaching/tasks/{TaskSubmission.objects.latest('number').uuid}/"

    signed_in(own).post(place, {"text": "Nine people, one queue."})
    line = OpenRequirement.objects.get()
    assert (line.status, line.turn) == ("waiting", "trainer")

    sent_back = {"decision": "ask", "comment": "What was said?", **rows}
    signed_in(trainer).post(desk(), sent_back)
    assert OpenRequirement.objects.get().turn == "participant"
    page = text(signed_in(own).get(mine))
    assert "Forty minutes" in page
    assert "A trainer asks again" in page

    signed_in(own).post(place, {"text": "They said good morning."})
    signed_in(trainer).post(desk(), {"decision": "accept", "comment": "", **rows})
    assert not OpenRequirement.objects.exists()
    assert StateChange.objects.filter(placement=placement).latest("pk").state_after == "ready"


def test_who_waits_for_a_trainer_is_not_reminded(
    placement: Placement, everybody: RequirementSet, task: ImmersionTaskPage
) -> None:
    ask(everybody, task, DoneWhen.ACCEPTED)
    states.refresh([placement.pk], at=JANUARY)
    assert remind_due(at=on(1, 18)) == 1
    made = sent(placement, task, on(1, 20))
    assert remind_due(at=on(1, 29)) == 0
    said(made, on(1, 29, 9), accepts=False)

    assert remind_due(at=on(1, 29, 12)) == 1
    assert "Forty minutes: due by 1 February 2027" in Message.objects.latest("pk").text


def test_every_file_has_it(
    placement: Placement, everybody: RequirementSet, task: ImmersionTaskPage
) -> None:
    ask(everybody, task, DoneWhen.ACCEPTED)
    sent(placement, task, JANUARY)
    found = report.build(placement.exchange, as_of=JANUARY)

    head, row, *_more = exports.to_csv(found).splitlines()
    assert "Forty minutes" in head
    assert "Handed in; a trainer has to accept it." in row
    _head, written = load_workbook(BytesIO(exports.to_xlsx(found))).worksheets[0].values
    assert "Handed in; a trainer has to accept it." in written
    plain = exports.to_json(found)
    assert plain["requirements"][0]["kind"] == "task"
    cell = plain["placements"][0]["cells"][0]
    assert (cell["status"], cell["turn"], cell["reason"]) == ("waiting", "trainer", "task_waits")


def test_many_people_cost_one_more_query(
    placement: Placement,
    everybody: RequirementSet,
    task: ImmersionTaskPage,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    ask(everybody, task, DoneWhen.ACCEPTED)
    with django_assert_max_num_queries(12) as few:
        report.build(placement.exchange, as_of=JANUARY)
    for one in PlacementFactory.create_batch(4, exchange=placement.exchange):
        sent(one, task, JANUARY)

    with django_assert_num_queries(len(few)):
        report.build(placement.exchange, as_of=JANUARY)


# In the CMS


def test_a_coordinator_asks_for_a_task(desk: Client, task: ImmersionTaskPage) -> None:
    wish = {"kind": "task", "task": task.pk, "done_when": "accepted"}
    assert desk.post(ADD, form(wish)).status_code == 302

    made = Requirement.objects.get()
    assert made.task == task
    assert str(made) == "Task handed in or accepted: Forty minutes"
    page = desk.get(reverse("requirement_sets:edit", args=[made.requirement_set_id]))
    assert f'<option value="{task.pk}" selected>Forty minutes' in page.content.decode()


@pytest.mark.parametrize(
    ("requirement", "message"),
    [
        ({"kind": "task", "done_when": "accepted"}, "Choose the task that has to be done."),
        ({"kind": "task"}, "Say when the task is done"),
        (
            {"kind": "declaration", "declaration": "visa", "done_when": "accepted"},
            "Say when the task is done for a task, and only then.",
        ),
    ],
)
def test_what_a_task_needs_is_said_in_words(
    desk: Client, requirement: dict[str, Any], message: str
) -> None:
    response = desk.post(ADD, form(requirement))

    assert response.status_code == 200
    assert message in text(response)
    assert not RequirementSet.objects.exists()


@pytest.mark.parametrize("fields", [{"kind": "module", "done_when": "accepted"}, {"kind": "task"}])
def test_the_database_holds_a_task_and_its_choice_together(
    everybody: RequirementSet, fields: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        Requirement(requirement_set=everybody, **fields).validate_constraints()


def test_only_a_task_names_a_task(everybody: RequirementSet, task: ImmersionTaskPage) -> None:
    wrong = Requirement(requirement_set=everybody, kind=RequirementKind.MODULE, task=task)
    with pytest.raises(ValidationError, match="names a task"):
        wrong.validate_constraints()


def test_the_editor_and_the_preview_say_what_a_task_changes(
    desk: Client, placement: Placement, everybody: RequirementSet, task: ImmersionTaskPage
) -> None:
    RequirementFactory.create(
        requirement_set=everybody,
        kind=RequirementKind.TASK,
        task=task,
        done_when=DoneWhen.ACCEPTED,
        published=False,
    )
    shown = text(desk.get(reverse("requirement_sets:publish", args=[everybody.pk])))
    assert "Ada Byron" in shown
    assert "asked in addition: Forty minutes" in shown

    task.unpublish()
    edited = text(desk.get(reverse("requirement_sets:edit", args=[everybody.pk])))
    assert "The task is not published." in edited


def test_the_author_of_the_task_is_told_that_nobody_can_do_it(
    everybody: RequirementSet, task: ImmersionTaskPage
) -> None:
    ask(everybody, task, DoneWhen.ACCEPTED)
    assert told(task) == []
    task.unpublish()

    (words,) = told(task)
    assert words.startswith("“Everybody” asks for this")


def test_versions_from_before_there_were_tasks_read_as_they_were(
    everybody: RequirementSet, home_page: Any
) -> None:
    RequirementFactory.create(requirement_set=everybody, module=TrainingSessionPageFactory.create())
    (line,) = content_of(everybody)["requirements"]

    assert "task_id" not in line
    assert not publishing.has_news(everybody)
