import datetime as dt
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from jobs.models import OutgoingMail
from people.models import User
from quizzes import regrading
from quizzes.attempts import paper_of, start
from quizzes.enums import RegradeKind, RegradeState, StepKind
from quizzes.models import AnswerStep, Attempt, Option, Quiz, QuizItem, QuizVersion, Regrade
from quizzes.publishing import NotPublishable, publish, state_of
from quizzes.regrading import NotRegradable, commit, plan
from quizzes.signals import attempts_regraded
from tests.factories.people import ParticipantFactory, TrainerFactory
from tests.factories.quizzes import (
    NOON,
    MultipleChoiceFactory,
    OptionFactory,
    PublishedQuizFactory,
    QuestionFactory,
    finish_attempt,
    live,
    questions_of,
)

pytestmark = pytest.mark.django_db
LATER = NOON + dt.timedelta(days=1)
LINK = "https://x.example/{uuid}/"


@pytest.fixture
def quiz() -> Quiz:
    """Two single choice questions of one mark; the first option of each is right."""
    return PublishedQuizFactory.create(pass_mark=80)


@pytest.fixture
def author() -> User:
    return TrainerFactory.create()


def give_the_key_to(quiz: Quiz, place: int, *, question: int = 0) -> None:
    """Make another option of the question the right one."""
    options = list(questions_of(quiz)[question].options.order_by("sort_order"))
    for number, option in enumerate(options):
        Option.objects.filter(pk=option.pk).update(weight=Decimal(number == place))


def new_key(quiz: Quiz, author: User, place: int = 1) -> QuizVersion:
    give_the_key_to(quiz, place)
    old = live(quiz)
    publish(quiz, by=author, at=NOON)
    return old


def planned(version: QuizVersion, author: User, **more: Any) -> Regrade:
    wanted = {"kind": RegradeKind.NEW_KEY, "reason": "The key was wrong."} | more
    return plan(from_version=version, by=author, at=NOON, **wanted)


def done(regrade: Regrade, author: User, **more: Any) -> Regrade:
    return commit(regrade, by=author, at=LATER, link_to=LINK, **more)


def seen(*values: Any) -> tuple[Any, ...]:
    return values


def test_trying_out_lists_what_changes_and_changes_nothing(quiz: Quiz, author: User) -> None:
    loses = finish_attempt(quiz, ParticipantFactory.create(), {0: 0, 1: 0})
    wins = finish_attempt(quiz, ParticipantFactory.create(), {0: 1, 1: 0})
    finish_attempt(quiz, ParticipantFactory.create(), {0: 2, 1: 0})
    before = list(Attempt.objects.order_by("pk").values())
    steps = AnswerStep.objects.count()

    regrade = planned(new_key(quiz, author), author)

    told = {line.attempt_id: line for line in regrade.lines.all()}
    assert set(told) == {loses.pk, wins.pk}
    assert seen(told[wins.pk].old_percent, told[wins.pk].new_percent) == (50, 100)
    assert (told[wins.pk].old_passed, told[wins.pk].new_passed) == (False, True)
    assert seen(told[loses.pk].old_score, told[loses.pk].new_score) == (2, 1)
    assert regrade.looked_at == 3
    assert list(Attempt.objects.order_by("pk").values()) == before
    assert AnswerStep.objects.count() == steps


def test_carrying_out_gives_new_marks_and_keeps_the_old_ones(quiz: Quiz, author: User) -> None:
    wins = finish_attempt(quiz, ParticipantFactory.create(), {0: 1, 1: 0})
    same = finish_attempt(quiz, ParticipantFactory.create(), {0: 2, 1: 0})

    regrade = done(planned(new_key(quiz, author), author), author)

    wins.refresh_from_db()
    same.refresh_from_db()
    assert seen(wins.score, wins.percent, wins.passed) == (2, 100, True)
    assert {wins.version_id, same.version_id} == {live(quiz).pk}
    assert (regrade.state, regrade.committed_by, regrade.finished_at) == ("done", author, LATER)
    first = questions_of(quiz)[0].uuid
    steps = list(wins.steps.filter(item_id=first).order_by("sequence"))
    assert [(step.kind, step.fraction) for step in steps] == [
        (StepKind.SAVED, None),
        (StepKind.GRADED, 0),
        (StepKind.GRADED, 1),
    ]
    assert (steps[2].actor, steps[2].created_at, steps[2].sequence) == (author, LATER, 3)
    assert steps[2].right_answer_summary == steps[2].response_summary
    assert same.steps.filter(kind=StepKind.GRADED).count() == 2
    assert [line.applied_at for line in regrade.lines.all()] == [LATER]


def test_doing_it_again_and_going_on_change_nothing_twice(
    quiz: Quiz, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regrading, "BATCH", 2)
    for _person in range(5):
        finish_attempt(quiz, ParticipantFactory.create(), {0: 1, 1: 0})
    regrade = planned(new_key(quiz, author), author)

    halfway = done(regrade, author, most=2)
    moved = Attempt.objects.filter(version=live(quiz)).count()
    finished = done(regrade, author)
    steps = AnswerStep.objects.count()
    again = done(regrade, author)

    assert (halfway.state, moved) == (RegradeState.RUNNING, 2)
    assert finished.state == again.state == RegradeState.DONE
    assert Attempt.objects.filter(percent=100).count() == 5
    assert AnswerStep.objects.count() == steps
    assert OutgoingMail.objects.count() == 5
    assert regrade.lines.count() == 5


def test_an_attempt_handed_in_after_the_trial_is_carried_along(quiz: Quiz, author: User) -> None:
    person = ParticipantFactory.create()
    attempt = start(quiz=quiz, participant=person, at=NOON)
    regrade = planned(new_key(quiz, author), author)
    assert attempt.version != live(quiz)
    finish_attempt(quiz, person, {0: 1, 1: 0})

    done(regrade, author)

    attempt.refresh_from_db()
    assert seen(attempt.percent, attempt.version) == (100, live(quiz))


def test_what_cannot_be_mapped_stays_with_its_reason(quiz: Quiz, author: User) -> None:
    chose, other = (
        finish_attempt(quiz, ParticipantFactory.create(), {0: place, 1: 0}) for place in (2, 1)
    )
    old = live(quiz)
    question = questions_of(quiz)[0]
    question.options.order_by("sort_order").last().delete()
    give_the_key_to(quiz, 1)
    publish(quiz, by=author, at=NOON)

    regrade = done(planned(old, author), author)

    chose.refresh_from_db()
    other.refresh_from_db()
    line = regrade.lines.get(attempt=chose)
    assert "is not among the options any more" in line.refusal
    assert seen(chose.version, chose.percent, line.applied_at) == (old, 50, None)
    assert seen(other.version, other.percent) == (live(quiz), 100)
    assert regrade.state == RegradeState.DONE


def test_a_right_option_that_nobody_saw_is_refused(quiz: Quiz, author: User) -> None:
    finish_attempt(quiz, ParticipantFactory.create(), {0: 0})
    old = live(quiz)
    give_the_key_to(quiz, -1)
    OptionFactory.create(question=questions_of(quiz)[0], weight=1, sort_order=9)
    publish(quiz, by=author, at=NOON)

    line = planned(old, author).lines.get()

    assert "a right option that was not there to choose" in line.refusal


def test_a_box_that_nobody_could_tick_is_refused(author: User) -> None:
    quiz = PublishedQuizFactory.create(questions=[MultipleChoiceFactory.create()])
    finish_attempt(quiz, ParticipantFactory.create(), {0: [0]})
    old = live(quiz)
    OptionFactory.create(question=questions_of(quiz)[0], weight=0, sort_order=9)
    publish(quiz, by=author, at=NOON)

    assert "options that were not there to tick" in planned(old, author).lines.get().refusal


def test_a_question_that_is_gone_is_refused(quiz: Quiz, author: User) -> None:
    finish_attempt(quiz, ParticipantFactory.create(), {0: 0})
    old = live(quiz)
    questions_of(quiz)[1].quiz_items.all().delete()
    publish(quiz, by=author, at=NOON)

    assert "is not in the new version" in planned(old, author).lines.get().refusal


def test_any_answer_is_right_but_none_is_not(quiz: Quiz, author: User) -> None:
    wrong, nothing = (
        finish_attempt(quiz, ParticipantFactory.create(), places)
        for places in ({0: 2, 1: 0}, {1: 0})
    )
    old, item = live(quiz), questions_of(quiz)[0].uuid

    regrade = done(planned(old, author, kind=RegradeKind.ACCEPT_ANY, item_id=item), author)

    quiz.refresh_from_db()
    wrong.refresh_from_db()
    nothing.refresh_from_db()
    assert seen(wrong.percent, nothing.percent) == (100, 50)
    assert live(quiz) == regrade.to_version
    assert (live(quiz).number, old.paper["items"][0].get("ruling")) == (2, None)
    assert nothing.version == live(quiz)


def test_a_disregarded_question_counts_for_nobody(quiz: Quiz, author: User) -> None:
    attempt = finish_attempt(quiz, ParticipantFactory.create(), {0: 2, 1: 0})
    item = questions_of(quiz)[0].uuid

    done(planned(live(quiz), author, kind=RegradeKind.DISREGARD, item_id=item), author)
    quiz.refresh_from_db()
    later = finish_attempt(quiz, ParticipantFactory.create(), {0: 2, 1: 0})

    attempt.refresh_from_db()
    assert seen(attempt.score, attempt.max_score, attempt.percent, attempt.passed) == (
        1,
        1,
        100,
        True,
    )
    assert seen(later.score, later.max_score, later.passed) == (1, 1, True)


def test_a_ruling_stays_until_the_question_is_changed(quiz: Quiz, author: User) -> None:
    finish_attempt(quiz, ParticipantFactory.create(), {0: 2})
    item = questions_of(quiz)[0].uuid
    done(planned(live(quiz), author, kind=RegradeKind.ACCEPT_ANY, item_id=item), author)
    quiz = Quiz.objects.get(pk=quiz.pk)

    assert not state_of(quiz).has_changes
    with pytest.raises(NotPublishable):
        publish(quiz, by=author, at=LATER)
    Quiz.objects.filter(pk=quiz.pk).update(title="Another")
    publish(quiz, by=author, at=LATER)
    assert paper_of(live(quiz)).item_by_id[item].ruling == "accept_any"
    give_the_key_to(quiz, 2)
    publish(quiz, by=author, at=LATER)
    assert paper_of(live(quiz)).item_by_id[item].ruling == ""


def test_an_older_version_is_ruled_about_without_going_live(quiz: Quiz, author: User) -> None:
    attempt = finish_attempt(quiz, ParticipantFactory.create(), {0: 2, 1: 0})
    old = new_key(quiz, author)
    item = questions_of(quiz)[0].uuid

    regrade = done(planned(old, author, kind=RegradeKind.ACCEPT_ANY, item_id=item), author)

    quiz.refresh_from_db()
    attempt.refresh_from_db()
    assert seen(attempt.percent, attempt.version) == (100, regrade.to_version)
    assert live(quiz) != regrade.to_version


def test_there_must_be_something_to_regrade(quiz: Quiz, author: User) -> None:
    one, other = (question.uuid for question in questions_of(quiz))

    with pytest.raises(NotRegradable, match="live version already"):
        planned(live(quiz), author)
    with pytest.raises(NotRegradable, match="Choose a question"):
        planned(live(quiz), author, kind=RegradeKind.DISREGARD)
    done(planned(live(quiz), author, kind=RegradeKind.DISREGARD, item_id=one), author)
    quiz.refresh_from_db()
    with pytest.raises(NotRegradable, match="nothing would be left"):
        planned(live(quiz), author, kind=RegradeKind.DISREGARD, item_id=other)


def test_a_new_trial_takes_the_place_of_an_old_one(quiz: Quiz, author: User) -> None:
    old = new_key(quiz, author)
    planned(old, author)

    planned(old, author)

    assert Regrade.objects.count() == 1


def test_people_are_told_once_and_in_their_language(quiz: Quiz, author: User) -> None:
    spanish = ParticipantFactory.create(language="es")
    attempt = finish_attempt(quiz, spanish, {0: 1, 1: 0})
    finish_attempt(quiz, ParticipantFactory.create(), {0: 2, 1: 0})

    done(planned(new_key(quiz, author), author), author)

    letter = OutgoingMail.objects.get()
    assert letter.to == spanish.email
    assert f"https://x.example/{attempt.uuid}/" in letter.text
    assert "The key was wrong." in letter.text
    assert "50" in letter.text
    assert "100" in letter.text


def test_others_hear_of_each_batch_inside_its_transaction(quiz: Quiz, author: User) -> None:
    attempt = finish_attempt(quiz, ParticipantFactory.create(), {0: 1, 1: 0})
    regrade = planned(new_key(quiz, author), author)
    heard: list[Any] = []

    def fail(attempts: Any, **_signal: Any) -> None:
        heard.append([one.percent for one in attempts])
        raise RuntimeError

    attempts_regraded.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            done(regrade, author)
    finally:
        attempts_regraded.disconnect(fail)

    attempt.refresh_from_db()
    assert heard == [[100]]
    assert seen(attempt.percent, attempt.version) == (50, regrade.from_version)
    assert Regrade.objects.get().state == RegradeState.RUNNING


@pytest.mark.parametrize("size", [2, 12])
def test_a_batch_asks_the_same_whatever_its_size(
    quiz: Quiz, author: User, size: int, django_assert_num_queries: Any
) -> None:
    for person in ParticipantFactory.create_batch(size):
        finish_attempt(quiz, person, {0: 1, 1: 0})
    regrade = planned(new_key(quiz, author), author)

    # Taking it: savepoint, quiz, regrade, new version, its change, release (6) / old version /
    # which attempts / the batch: savepoint, attempts, steps, marks, attempts, old lines, new
    # lines, modules, lessons that check, placements whose rows are old, quiz, letters known,
    # letters written, release (14) / no further attempts / done / the row again.
    with django_assert_num_queries(25):
        done(regrade, author)


@pytest.mark.parametrize("size", [1, 3])
def test_attempts_are_moved_together_where_their_results_are_alike(
    quiz: Quiz, author: User, size: int, django_assert_num_queries: Any
) -> None:
    """Three results before, three after: none, half, all."""
    answers = ({0: 2, 1: 2}, {0: 0, 1: 2}, {0: 1, 1: 2}, {0: 1, 1: 0})
    for given in answers * size:
        finish_attempt(quiz, ParticipantFactory.create(), given)
    regrade = planned(new_key(quiz, author), author)

    # As in a batch of one result, and two more for the two further results.
    with django_assert_num_queries(27):
        done(regrade, author)

    found = Attempt.objects.order_by("pk").values_list("score", "percent", "passed", "version")
    new = live(quiz).pk
    none, half, both = (0, 0, False, new), (1, 50, False, new), (2, 100, True, new)
    expected: list[Any] = [none, none, half, both]
    assert list(found) == expected * size


def test_marking_again_gives_the_same_and_says_so(quiz: Quiz, author: User) -> None:
    finish_attempt(quiz, ParticipantFactory.create(), {0: 1, 1: 0})
    finish_attempt(quiz, ParticipantFactory.create(), {0: 0})
    done(planned(new_key(quiz, author), author), author)
    out = StringIO()

    call_command("remark_attempts", stdout=out)
    call_command("remark_attempts", quiz=str(quiz.uuid), stdout=out)

    assert out.getvalue().count("2 attempts marked again: every score is the same.") == 2


def test_marking_again_finds_what_differs(quiz: Quiz) -> None:
    attempt = finish_attempt(quiz, ParticipantFactory.create(), {0: 0})
    Attempt.objects.update(score=2)
    out = StringIO()

    with pytest.raises(CommandError, match="1 of 1 attempts"):
        call_command("remark_attempts", stdout=out)

    assert f"attempt {attempt.pk}: 2.0000 is now 1.0000" in out.getvalue()


def test_a_share_that_differs_is_found_where_the_score_is_the_same(quiz: Quiz) -> None:
    finish_attempt(quiz, ParticipantFactory.create(), {0: 0})
    AnswerStep.objects.filter(fraction=1).update(fraction="0.5")

    with pytest.raises(CommandError):
        call_command("remark_attempts", stdout=StringIO())


def test_questions_stay_as_they_were_asked(author: User) -> None:
    """A new question in the live version was never asked, and does not count."""
    quiz = PublishedQuizFactory.create(questions=[QuestionFactory.create()])
    attempt = finish_attempt(quiz, ParticipantFactory.create(), {0: 1})
    old = live(quiz)
    section = quiz.sections.get()
    QuizItem.objects.create(section=section, question=QuestionFactory.create(), sort_order=9)
    give_the_key_to(quiz, 1)
    publish(quiz, by=author, at=NOON)

    done(planned(old, author), author)

    attempt.refresh_from_db()
    assert seen(attempt.score, attempt.max_score, attempt.passed) == (1, 1, True)
