"""Every kind of question leaves the bank as a file and comes back as it was."""

from collections.abc import Mapping
from typing import Any

import pytest

from interop.questions.actions import Format
from interop.questions.drafts import SCORED
from interop.questions.exporting import Export, in_category
from quizzes.enums import QuestionStatus
from quizzes.freezing import freeze_question
from quizzes.models import Question
from quizzes.papers import GAPS, LIKERT, RATING, SELECT, item_to_json
from tests.factories.kinds import EXAMPLES, banked
from tests.factories.quizzes import CategoryFactory
from tests.interop.questions.files import exported, imported, plan

pytestmark = pytest.mark.django_db

NOBODY_HOLDS = {LIKERT, RATING}
NOT_IN = {
    Format.GIFT: NOBODY_HOLDS | {GAPS, SELECT},
    Format.MOODLE_XML: NOBODY_HOLDS,
}
HELD = [
    (format_name, kind)
    for format_name, out in NOT_IN.items()
    for kind in EXAMPLES
    if kind not in out
]
LEFT = [(format_name, kind) for format_name, out in NOT_IN.items() for kind in sorted(out)]


def made(kind: str) -> Question:
    question = banked(EXAMPLES[kind](kind), category=CategoryFactory.create(name="Food/Bread"))
    question.note = 'Ask "why"\nagain'
    question.feedback = "<p>For <b>everybody</b></p>"
    question.hints = "Think twice"
    question.status = QuestionStatus.READY
    question.save()
    question.tags.add("arrival", "two words")
    return question


def content(question: Question) -> Any:
    """Return what the question asks, keys and all, without the ids of its lines.

    Where nothing is scored in parts, the way of scoring says nothing.
    """
    found = item_to_json(freeze_question(question))
    if question.kind not in SCORED:
        del found["scoring"]
    return _without_ids(found)


def _without_ids(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {key: one for key, one in value.items() if key not in {"id", "choice_id"}}
        return {key: _without_ids(one) for key, one in kept.items()}
    return [_without_ids(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("format_name", "kind"), HELD)
def test_a_question_comes_back_as_it_was(format_name: str, kind: str) -> None:
    question = made(kind)
    before, file = content(question), exported(format_name)
    Question.objects.all().delete()

    found = imported(file, format_name)

    assert [(step.action, step.reasons) for step in found.steps] == [("new", ())]
    back = Question.objects.get()
    assert content(back) == before
    assert (back.uuid, back.name, back.note) == (question.uuid, question.name, question.note)
    assert (str(back.category), back.status) == ("Food/Bread", QuestionStatus.READY)
    assert set(back.tags.names()) == {"arrival", "two words"}
    assert exported(format_name) == file


@pytest.mark.parametrize(("format_name", "kind"), HELD)
def test_its_own_export_changes_nothing(format_name: str, kind: str) -> None:
    made(kind)

    assert plan(exported(format_name), format_name).counts["unchanged"] == 1


@pytest.mark.parametrize(("format_name", "kind"), LEFT)
def test_a_kind_that_a_format_cannot_hold_is_listed(format_name: str, kind: str) -> None:
    question = made(kind)
    export = Export(in_category(""), format_name)
    text = "".join(export.pieces())

    assert [left.name for left in export.not_held] == [question.name]
    assert question.name not in text
    assert export.written == 0


def test_a_hidden_question_and_a_draft_stay_so() -> None:
    for status, kind in ((QuestionStatus.HIDDEN, "short"), (QuestionStatus.DRAFT, "open")):
        question = made(kind) if not Question.objects.exists() else banked(EXAMPLES[kind](kind))
        question.status = status
        question.save()
    file = exported(Format.MOODLE_XML)
    Question.objects.all().delete()

    imported(file, Format.MOODLE_XML)

    statuses = dict(Question.objects.values_list("kind", "status"))
    assert statuses == {"short": QuestionStatus.HIDDEN, "open": QuestionStatus.DRAFT}


def test_a_changed_question_of_another_kind_keeps_no_line_of_the_old_one() -> None:
    imported("::Same::Which?{=a ~b}")
    imported("::Same::Which?{=one =%50%two}")

    question = Question.objects.get()
    assert (question.kind, question.options.count()) == ("short", 0)
    assert list(question.accepted.values_list("text", "fraction")) == [("one", 1), ("two", 0.5)]
