"""Open answers: the rubric, the queue, one and two markers, and what is told."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobs.models import OutgoingMail
from people.models import User
from quizzes.attempts import paper_of, save_answer, start, submit
from quizzes.enums import AttemptState, MarkStage, StepKind
from quizzes.histories import history
from quizzes.marking import NotToMark, give_mark, may_mark, next_stage
from quizzes.marking_queue import queue
from quizzes.models import AnswerStep, Attempt, Mark, MarkComment, Quiz, QuizVersion
from quizzes.papers import to_json
from quizzes.results import standing
from quizzes.rubrics import rubric_share
from tests.factories.competence import DimensionFactory
from tests.factories.kinds import banked, open_text
from tests.factories.people import ParticipantFactory, TrainerFactory
from tests.factories.quizzes import NOON, PublishedQuizFactory, QuestionFactory
from tests.quizzes.pages import page, text

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
LINK = "https://training.example/{uuid}/"
ITEM = open_text("essay")
QUERIES_OF_THE_QUEUE = 12
VIEW, WORDS = (str(row.id) for row in ITEM.rubric)


@pytest.fixture
def quiz() -> Quiz:
    """A single choice question and an open one, worth 1 and 4 marks."""
    asked = [QuestionFactory.create(), banked(ITEM)]
    found: Quiz = PublishedQuizFactory.create(questions=asked, pass_mark=Decimal(60))
    return found


def handed_in(quiz: Quiz, who: User, *, essay: str = "I listen first.", at: Any = NOON) -> Attempt:
    attempt = start(quiz=quiz, participant=who, at=at)
    choice = next(one for one in attempt.version.paper["items"] if one["kind"] == "single")
    for item, answer in ((choice["id"], [choice["options"][0]["id"]]), (str(ITEM.id), essay)):
        save_answer(attempt=attempt, item_id=item, response=answer, actor=who, at=at)
    return submit(attempt=attempt, actor=who, at=at)


def marked(attempt: Attempt, by: User, share: str = "0.5", **more: Any) -> Mark:
    usual: dict[str, Any] = {"levels": {}, "comment": "Good.", "at": NOON + HOUR, "link_to": LINK}
    return give_mark(
        attempt=attempt, item_id=ITEM.id, fraction=Decimal(share), by=by, **(usual | more)
    )


def outcome(attempt: Attempt) -> tuple[str, float, bool | None]:
    attempt.refresh_from_db()
    return attempt.state, float(attempt.score or -1), attempt.passed


def mark_url(attempt: Attempt) -> str:
    return reverse("marking:mark", args=[attempt.uuid, ITEM.id])


def sent(view: int, words: int, **more: Any) -> dict[str, Any]:
    return {f"row-{VIEW}": view, f"row-{WORDS}": words, "comment": "", "seen": 0} | more


@pytest.mark.parametrize(
    ("view", "words", "share"), [(0, 0, "0"), (2, 1, "1"), (1, 0, "1/6"), (0, 1, "2/3")]
)
def test_rows_of_a_rubric_count_by_their_weight(view: int, words: int, share: str) -> None:
    assert str(rubric_share(ITEM, {VIEW: view, WORDS: words})) == share


@pytest.mark.parametrize("level", [-1, 3])
def test_a_level_that_is_none_of_the_row_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="Other views"):
        rubric_share(ITEM, {VIEW: level, WORDS: 0})


def test_a_mark_finishes_the_attempt_and_tells_once(
    quiz: Quiz, participant: User, trainer: User
) -> None:
    attempt = handed_in(quiz, participant)
    before = standing(participant.pk, quiz.pk, as_of=NOON)
    assert (attempt.state, before.being_marked) == (AttemptState.PARTLY_GRADED, True)

    marked(attempt, trainer)
    marked(attempt, trainer, "0.75", at=NOON + 2 * HOUR)

    assert outcome(attempt) == ("finished", 4.0, True)
    letter = OutgoingMail.objects.get(to=participant.email)
    assert f"https://training.example/{attempt.uuid}/" in letter.text
    steps = AnswerStep.objects.filter(kind=StepKind.MARKED).order_by("sequence")
    assert [(one.fraction, one.actor) for one in steps] == [
        (Decimal("0.5"), trainer), (Decimal("0.75"), trainer)
    ]  # fmt: skip
    stages = list(Mark.objects.values_list("stage", flat=True))
    assert stages == [MarkStage.FIRST, MarkStage.CORRECTION]


def test_two_marks_that_agree_decide(quiz: Quiz, participant: User, trainer: User) -> None:
    Quiz.objects.update(has_second_marker=True)
    attempt = handed_in(quiz, participant)

    marked(attempt, trainer)
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.PARTLY_GRADED
    assert not OutgoingMail.objects.exists()
    marked(attempt, TrainerFactory.create())

    assert outcome(attempt) == ("finished", 3.0, True)


def test_where_two_differ_a_third_one_decides(quiz: Quiz, participant: User, trainer: User) -> None:
    Quiz.objects.update(has_second_marker=True)
    attempt = handed_in(quiz, participant)
    second, third = TrainerFactory.create_batch(2)
    marked(attempt, trainer, "0.25")
    marked(attempt, second, "1")
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.PARTLY_GRADED
    assert [one.stage for one in queue(third)[:5]] == [MarkStage.DECISION]
    assert [one.is_mine for one in queue(second)[:5]] == [False]
    with pytest.raises(NotToMark):
        marked(attempt, second, "1")

    marked(attempt, third, "0.5")

    assert outcome(attempt) == ("finished", 3.0, True)
    assert queue(third).count() == 0


def test_what_cannot_be_marked_is_refused(quiz: Quiz, participant: User, trainer: User) -> None:
    open_one = start(quiz=quiz, participant=trainer, at=NOON)
    with pytest.raises(NotToMark):
        marked(open_one, TrainerFactory.create())
    attempt = handed_in(quiz, participant)
    choice = next(one["id"] for one in attempt.version.paper["items"] if one["kind"] == "single")
    for refused in (
        {"by": participant}, {"item_id": choice, "by": trainer}, {"by": trainer, "seen": 1},
    ):  # fmt: skip
        common = {
            "attempt": attempt, "item_id": ITEM.id, "levels": {}, "fraction": Decimal(1),
            "comment": "", "at": NOON, "link_to": LINK,
        }  # fmt: skip
        with pytest.raises(NotToMark):
            give_mark(**(common | refused))
    assert not Mark.objects.exists()


def test_an_empty_answer_waits_for_nobody(quiz: Quiz, participant: User, trainer: User) -> None:
    attempt = handed_in(quiz, participant, essay="")

    assert (attempt.state, queue(trainer).count()) == (AttemptState.FINISHED, 0)
    with pytest.raises(NotToMark):
        marked(attempt, trainer)
    assert not Mark.objects.exists()


def test_the_database_takes_one_mark_of_a_person_and_none_above_all(
    quiz: Quiz, participant: User, trainer: User
) -> None:
    attempt = handed_in(quiz, participant)
    mark = Mark(
        attempt=attempt, item_id=ITEM.id, number=1, stage=MarkStage.FIRST, marker=trainer,
        fraction=Decimal("1.5"), created_at=NOON,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="between nothing and all"):
        mark.full_clean()
    mark.fraction = Decimal(1)
    mark.save()
    mark.pk, mark.number = None, 2
    with pytest.raises(IntegrityError):
        mark.save()


def test_the_longest_wait_comes_first_in_two_queries(
    quiz: Quiz, trainer: User, django_assert_num_queries: Any
) -> None:
    people = ParticipantFactory.create_batch(3)
    for hours, one in zip((2, 0, 1), people, strict=True):
        handed_in(quiz, one, at=NOON + hours * HOUR)

    # The versions with open questions; the answers of the page with attempt, quiz and person.
    with django_assert_num_queries(2):
        found = queue(trainer)[:2]

    assert [one.attempt.participant for one in found] == [people[1], people[2]]


def test_the_queue_reads_one_page_of_it_and_keeps_the_filters(
    desk: Any, quiz: Quiz, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizzes.views.marking.ON_A_PAGE", 2)
    for one in ParticipantFactory.create_batch(5):
        handed_in(quiz, one)
    address = {"quiz": quiz.pk, "stage": "first", "p": 2}
    desk.get(reverse("marking:queue"), address)

    # Session, user, profile of the CMS, two of permissions, sites; versions, the tallies, the
    # page's answers, the longest wait, the reader's own marks; collections of the search.
    with django_assert_num_queries(QUERIES_OF_THE_QUEUE):
        response = desk.get(reverse("marking:queue"), address)

    assert len(response.context["lines"]) == 2
    assert response.context["total"] == 5
    shown = text(response)
    assert "Page 2 of 3" in shown
    kept = f"quiz={quiz.pk}&amp;stage=first"
    assert f'href="?{kept}&amp;p=3"' in shown
    assert all(kept in f"{url}".replace("&", "&amp;") for _line, url in response.context["lines"])


def test_the_quiz_that_is_looked_at_stays_when_nothing_of_it_waits(desk: Any, quiz: Quiz) -> None:
    shown = text(desk.get(reverse("marking:queue"), {"quiz": quiz.pk}))

    assert f'<option value="{quiz.pk}" selected>{quiz.title} (0)</option>' in shown
    assert "Nothing waits here" in shown


def test_what_the_database_says_of_stages_is_what_marking_says(quiz: Quiz, trainer: User) -> None:
    Quiz.objects.update(has_second_marker=True)
    others = TrainerFactory.create_batch(2)
    for marks, one in enumerate(ParticipantFactory.create_batch(3)):
        attempt = handed_in(quiz, one, at=NOON + marks * HOUR)
        for share, by in zip(("0.25", "1"), [trainer, others[0]][:marks], strict=False):
            marked(attempt, by, share, at=NOON + 5 * HOUR)

    for wants_two in (True, False):
        Quiz.objects.update(has_second_marker=wants_two)
        for reader in (trainer, others[1]):
            for line in queue(reader)[:9]:
                found = Mark.objects.filter(attempt=line.attempt).order_by("number")
                given = [(mark.marker_id, mark.fraction) for mark in found]
                stage = next_stage(given, wants_two=wants_two, is_settled=False)
                assert (line.stage, line.is_mine) == (stage, may_mark(stage, given, reader.pk))
    assert [one.stage for one in queue(trainer)[:9]] == ["first", "first", "decision"]


def test_a_question_that_counts_for_nobody_waits_for_nobody(quiz: Quiz, trainer: User) -> None:
    """Open or not is asked of each attempt's own version."""
    attempt = handed_in(quiz, ParticipantFactory.create())
    paper = paper_of(attempt.version)
    flawed = replace(paper, items=tuple(replace(one, ruling="disregard") for one in paper.items))
    version = QuizVersion.objects.create(
        quiz=quiz, number=9, paper=to_json(flawed), published_at=NOON
    )
    handed_in(quiz, ParticipantFactory.create())
    Attempt.objects.filter(pk=attempt.pk).update(version=version)

    assert attempt not in {one.attempt for one in queue(trainer)[:9]}
    assert queue(trainer).count() == 1


def test_marking_reads_the_attempts_history_once(
    quiz: Quiz, participant: User, trainer: User
) -> None:
    attempt = handed_in(quiz, participant)

    with CaptureQueriesContext(connection) as queries:
        marked(attempt, trainer)

    whole = [
        one["sql"]
        for one in queries
        if one["sql"].startswith("SELECT")
        and 'FROM "quizzes_answerstep"' in one["sql"]
        and '"item_id" =' not in one["sql"]
    ]
    assert len(whole) == 1


def test_the_queue_narrows_and_counts(desk: Any, quiz: Quiz, participant: User) -> None:
    handed_in(quiz, participant)
    other = PublishedQuizFactory.create(title="Another quiz", questions=[QuestionFactory.create()])
    shown = text(desk.get(reverse("marking:queue"), {"quiz": quiz.pk}))

    assert f"{quiz.title} (1)" in shown
    assert str(participant.name_with_pronouns) in shown
    assert other.title not in shown
    nothing = text(desk.get(reverse("marking:queue"), {"stage": "decision"}))
    assert "Nothing waits here" in nothing
    for nonsense in ("nonsense", "9" * 20):
        assert f"{quiz.title} (1)" in text(desk.get(reverse("marking:queue"), {"quiz": nonsense}))


def test_names_are_hidden_where_marking_is_anonymous(
    desk: Any, quiz: Quiz, participant: User
) -> None:
    Quiz.objects.update(is_marked_anonymously=True)
    attempt = handed_in(quiz, participant)

    for address in (reverse("marking:queue"), mark_url(attempt)):
        shown = text(desk.get(address))
        assert participant.last_name not in shown
        assert participant.email not in shown


def test_saving_goes_on_to_the_next_answer(desk: Any, quiz: Quiz, trainer: User) -> None:
    first, second = (
        handed_in(quiz, one, at=NOON + hour * HOUR)
        for hour, one in enumerate(ParticipantFactory.create_batch(2))
    )
    assert mark_url(first) in text(desk.get(mark_url(second)))

    response = desk.post(mark_url(first), sent(1, 1, comment="Say more.", keep="shared"))

    assert response["Location"] == mark_url(second)
    mark = Mark.objects.get()
    assert (mark.marker, mark.levels) == (trainer, {VIEW: 1, WORDS: 1})
    assert mark.fraction == Decimal("0.833333")
    assert MarkComment.objects.get().is_shared
    last = desk.post(mark_url(second), sent(0, 0))
    assert last["Location"].startswith(reverse("marking:queue"))


def test_a_row_without_a_level_is_asked_for(desk: Any, quiz: Quiz, participant: User) -> None:
    attempt = handed_in(quiz, participant)
    shown = text(desk.post(mark_url(attempt), {f"row-{VIEW}": 1, "seen": 0}))

    assert "This field is required." in shown
    assert not Mark.objects.exists()


def test_a_kept_comment_is_put_in_and_nothing_written_is_lost(
    desk: Any, quiz: Quiz, participant: User, trainer: User
) -> None:
    attempt = handed_in(quiz, participant)
    other = TrainerFactory.create()
    shared = MarkComment.objects.create(owner=other, text="Name one reason.", is_shared=True)
    hidden = MarkComment.objects.create(owner=other, text="For myself alone.")
    own = MarkComment.objects.create(owner=trainer, text="My own words.")

    data = sent(2, 0, comment="Well begun.", insert=shared.pk)
    response = desk.post(mark_url(attempt), data)

    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", response.content.decode(), re.DOTALL)
    assert area is not None
    assert area[1].split("\n")[-2:] == ["Well begun.", "Name one reason."]
    assert re.search(rf'name="row-{VIEW}" value="2"[^>]*checked', text(response))
    assert hidden.text not in text(response)
    assert desk.post(mark_url(attempt), sent(0, 0, insert=hidden.pk)).status_code == 404
    assert desk.post(mark_url(attempt), sent(0, 0, forget=shared.pk)).status_code == 404
    desk.post(mark_url(attempt), sent(0, 0, forget=own.pk))
    assert set(MarkComment.objects.all()) == {shared, hidden}
    assert not Mark.objects.exists()


def test_a_second_marker_judges_without_the_first_mark(
    desk: Any, quiz: Quiz, participant: User, signed_in: Callable[[User], Client]
) -> None:
    Quiz.objects.update(has_second_marker=True)
    attempt = handed_in(quiz, participant)
    other = TrainerFactory.create()
    marked(attempt, other, comment="The first opinion.")

    assert "The first opinion." not in text(desk.get(mark_url(attempt)))
    late = desk.post(mark_url(attempt), sent(1, 1, seen=0))
    assert late["Location"] == mark_url(attempt)
    assert "The first opinion." in text(signed_in(other).get(mark_url(attempt)))
    assert Mark.objects.count() == 1


def test_the_participant_reads_the_levels_and_the_comment(
    browser: Any, quiz: Quiz, participant: User, trainer: User
) -> None:
    attempt = handed_in(quiz, participant)
    marked(attempt, trainer, comment="You see both sides.", levels={VIEW: 2, WORDS: 0})

    shown = text(browser.get(page(attempt, "result")))

    assert "You see both sides." in shown
    assert "What a trainer said of your answers" in shown
    assert trainer.last_name not in shown


def test_the_result_shows_what_the_rubric_says_of_each_dimension(
    browser: Any, participant: User, trainer: User
) -> None:
    empathy, openness = DimensionFactory.create_batch(2)
    essay = banked(ITEM)
    for row, dimension in zip(essay.rubric.all(), (empathy, openness), strict=True):
        type(row).objects.filter(pk=row.pk).update(dimension=dimension)
    quiz = PublishedQuizFactory.create(questions=[QuestionFactory.create(), essay])
    attempt = handed_in(quiz, participant)
    marked(attempt, trainer, "0.166667", levels={VIEW: 1, WORDS: 0})

    rows = browser.get(page(attempt, "result")).context["by_dimension"].rows

    assert {row.label: row.value for row in rows} == {empathy.name: 50.0, openness.name: 0.0}


def test_the_history_names_each_mark(quiz: Quiz, participant: User, trainer: User) -> None:
    attempt = handed_in(quiz, participant)
    marked(attempt, trainer, comment="Kept words.")
    attempt.refresh_from_db()

    lines = [(one.what, one.actor, one.reason) for one in history(attempt)]

    assert ("First mark", str(trainer), "Kept words.") in lines


def test_only_markers_come_in_and_nobody_to_their_own(
    quiz: Quiz, participant: User, trainer: User, signed_in: Callable[[User], Client]
) -> None:
    attempt = handed_in(quiz, participant)
    own = handed_in(quiz, trainer)

    assert signed_in(participant).get(mark_url(attempt)).status_code == 302
    assert signed_in(trainer).get(mark_url(own)).status_code == 404
    assert signed_in(trainer).get(mark_url(attempt)).status_code == 200
