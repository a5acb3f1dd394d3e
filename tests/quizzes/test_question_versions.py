"""The history of a question: kept at each save, compared, brought back."""

import datetime as dt

import pytest

from people.models import User
from quizzes.freezing import freeze_question
from quizzes.models import Question, QuestionVersion
from quizzes.versions import differences, keep_version, restore
from tests.factories.kinds import EXAMPLES, banked
from tests.factories.quizzes import NOON, QuestionFactory

pytestmark = pytest.mark.django_db

LATER = NOON + dt.timedelta(hours=1)


def kept(question: Question, by: User, at: dt.datetime = NOON) -> QuestionVersion:
    version = keep_version(question, by=by, at=at)
    assert version is not None
    return version


def test_each_change_adds_a_version_and_no_change_adds_none(trainer: User) -> None:
    question = QuestionFactory.create(name="Before")
    first = kept(question, trainer)
    assert keep_version(question, by=trainer, at=LATER) is None

    Question.objects.filter(pk=question.pk).update(name="After")
    second = kept(question, trainer, LATER)

    assert (first.number, second.number) == (1, 2)
    assert (second.created_by, second.created_at) == (trainer, LATER)
    assert [(one.label, one.before, one.after) for one in differences(first, second)] == [
        ("Name", "Before", "After")
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_kind_comes_back_as_it_was(name: str, trainer: User) -> None:
    question = banked(EXAMPLES[name]("q"))
    before = freeze_question(question)
    first = kept(question, trainer)
    other = next(one for one in EXAMPLES if one != name and EXAMPLES[one]("q").kind != before.kind)
    changed = Question.objects.get(pk=question.pk)
    changed.stem = "<p>Quite another question</p>"
    changed.kind = EXAMPLES[other]("q").kind
    changed.hints = "A hint"
    changed.save()
    second = kept(changed, trainer, LATER)

    third = restore(first, by=trainer, at=LATER)

    assert third is not None
    assert third.number == 3
    assert freeze_question(Question.objects.get(pk=question.pk)) == before
    assert differences(first, third) == []
    assert differences(first, second)


def test_bringing_back_what_is_there_adds_nothing(trainer: User) -> None:
    question = QuestionFactory.create()

    assert restore(kept(question, trainer), by=trainer, at=LATER) is None
    assert QuestionVersion.objects.count() == 1


def test_ids_stay_so_that_answers_given_keep_their_options(trainer: User) -> None:
    question = QuestionFactory.create()
    ids = list(question.options.values_list("uuid", flat=True))
    first = kept(question, trainer)
    question.options.all()[0].delete()
    kept(question, trainer, LATER)

    restore(first, by=trainer, at=LATER)

    assert list(Question.objects.get().options.values_list("uuid", flat=True)) == ids
