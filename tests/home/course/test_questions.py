import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from competence.models import Dimension
from home.course.ledger import Ledger
from home.course.questions import load_quizzes
from home.course.reading import key
from home.course.reading import quizzes as files
from people.models import User
from quizzes.models import Option, Question, Quiz
from quizzes.publishing import problems

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
AT = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


def load(author: User) -> tuple[Ledger, dict[str, Quiz]]:
    ledger = Ledger()
    dimensions = {each.code: each for each in Dimension.objects.all()}
    return ledger, load_quizzes(ledger, dimensions=dimensions, author=author, at=AT)


def test_every_quiz_is_published_without_problems(trainer: User) -> None:
    ledger, quizzes = load(trainer)

    assert set(quizzes) == {entry.name for entry in files()}
    assert len(ledger.made) == len(quizzes)
    for quiz in quizzes.values():
        assert problems(quiz) == []
        assert quiz.live_version is not None
        assert (quiz.live_version.published_at, quiz.live_version.published_by) == (AT, trainer)


def test_the_bank_knows_where_a_loaded_question_is_used(trainer: User, signed_in: SignIn) -> None:
    _ledger, quizzes = load(trainer)
    asked = Question.objects.filter(quiz_items__section__quiz=quizzes["safety"]).first()
    assert asked is not None

    page = signed_in(trainer).get(f"/admin/bank/questions/usage/{asked.pk}/").content.decode()

    assert quizzes["safety"].title in page
    assert "There are no results" not in page


def test_weights_dimensions_and_the_scale_arrive(trainer: User) -> None:
    load(trainer)
    call = Question.objects.get(name="The ten o’clock call")
    statement = Question.objects.get(uuid=key("question", "where-i-stand-now", "Openness 2"))

    assert [str(each.weight) for each in call.options.all()] == ["0.000", "0.333", "1.000", "0.667"]
    assert [each.dimension.code for each in call.dimensions.all()] == ["collaboration", "ethics"]
    assert [(each.text, str(each.weight)) for each in statement.options.all()] == [
        ("I disagree", "0.000"),
        ("I rather disagree", "0.250"),
        ("Partly", "0.500"),
        ("I rather agree", "0.750"),
        ("I agree", "1.000"),
    ]


def test_a_second_load_makes_nothing_and_finds_nothing_changed(trainer: User) -> None:
    load(trainer)

    ledger, quizzes = load(trainer)

    assert (ledger.made, ledger.left_alone) == ([], [])
    assert len(quizzes) == len(list(files()))


def test_a_quiz_whose_option_was_edited_is_left_alone_and_named(trainer: User) -> None:
    load(trainer)
    option = Option.objects.filter(question__name="Which law applies").earliest("sort_order")
    option.text = "The law of the sea"
    option.save()

    ledger, _quizzes = load(trainer)

    option.refresh_from_db()
    assert ledger.left_alone == ["quiz “Safety quiz”"]
    assert option.text == "The law of the sea"


def test_what_a_review_asks_by_itself_is_in_the_bank_and_in_what_it_draws_from(
    trainer: User,
) -> None:
    _ledger, quizzes = load(trainer)
    review, check = quizzes["review-bias"], quizzes["bias"]
    own = Question.objects.get(name="Which pull is it?")
    version, other = review.live_version, check.live_version
    assert version is not None
    assert other is not None

    (section,) = version.paper["sections"]
    (draw,) = section["draws"]

    assert section["items"] == []
    assert draw["count"] == 5
    assert str(own.uuid) in draw["pool"]
    assert {item["id"] for item in other.paper["items"]} < set(draw["pool"])
    assert not own.quiz_items.exists()


def test_a_question_of_a_review_that_was_edited_is_named(trainer: User) -> None:
    load(trainer)
    Question.objects.filter(name="Which pull is it?").update(stem="<p>Which one?</p>")

    ledger, _quizzes = load(trainer)

    assert ledger.left_alone == ["quiz “Short review: bias and identity”"]
