"""The history of a question: each save is kept, can be compared, and brought back."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from competence.models import Dimension
from competence.naming import dimensions_by_key
from library.models import CustomDocument
from people.models import User
from quizzes.enums import AnswerForm, QuestionKind, Scoring
from quizzes.freezing import RELATIONS, freeze_question
from quizzes.models import (
    AcceptedAnswer,
    MatchingPair,
    Option,
    Question,
    QuestionDimension,
    QuestionVersion,
    RubricRow,
    Statement,
)
from quizzes.papers import Item, item_from_json, item_to_json
from quizzes.summaries import right_answer_summary
from quizzes.texts import plain_text

DETAILS = ("name", "note")
NAMES = {"id": "uuid", "choice_id": "choice_uuid"}


@dataclass(frozen=True)
class Difference:
    """One thing that two versions say differently; empty where one does not say it."""

    label: str
    before: str
    after: str


def keep_version(question: Question, *, by: User | None, at: dt.datetime) -> QuestionVersion | None:
    """Add the question as it is saved to its history; None if nothing has changed."""
    with transaction.atomic():
        saved = Question.objects.select_for_update().get(pk=question.pk)
        last = QuestionVersion.objects.filter(question=saved).order_by("-number").first()
        version = _next_version(saved, last, by=by, at=at)
        if version:
            version.save()
        return version


def keep_versions(questions: Collection[int], *, by: User | None, at: dt.datetime) -> None:
    """Do the same for many questions, by their ids, in the same number of queries for any."""
    versions = QuestionVersion.objects.filter(question__in=questions)
    newest = versions.filter(question=OuterRef("question")).order_by("-number").values("pk")[:1]
    last = {one.question_id: one for one in versions.filter(pk=Subquery(newest))}
    saved = Question.objects.filter(pk__in=questions).select_related("recording")
    found = [
        _next_version(one, last.get(one.pk), by=by, at=at)
        for one in saved.prefetch_related(*RELATIONS)
    ]
    QuestionVersion.objects.bulk_create([one for one in found if one])


def _next_version(
    saved: Question, last: QuestionVersion | None, *, by: User | None, at: dt.datetime
) -> QuestionVersion | None:
    """Return the question as it is saved as an unsaved version; None if the last one says it."""
    item = item_to_json(freeze_question(saved))
    details = {name: getattr(saved, name) for name in DETAILS}
    if last and (last.item, last.details) == (item, details):
        return None
    return QuestionVersion(
        question=saved,
        number=last.number + 1 if last else 1,
        item=item,
        details=details,
        created_at=at,
        created_by=by,
    )


def restore(version: QuestionVersion, *, by: User, at: dt.datetime) -> QuestionVersion | None:
    """Make the question what it was in that version; that is its newest version then.

    Status, category and tags stay. Returns None if it is the same already.
    """
    item = item_from_json(version.item)
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=version.question_id)
        write_item(question, item)
        for name in DETAILS:
            setattr(question, name, version.details.get(name, getattr(question, name)))
        question.save()
        return keep_version(question, by=by, at=at)


def write_item(question: Question, item: Item) -> None:
    """Give a saved question the content of an item; its own lines are replaced."""
    medium = item.medium
    question.kind = item.kind
    question.stem = item.stem
    question.scoring = item.scoring
    question.feedback = item.feedback
    question.default_mark = item.mark
    question.form = item.form
    question.case_matters = item.case_matters
    question.accents_matter = item.accents_matter
    question.unit = item.unit
    question.min_words = item.min_words
    question.max_words = item.max_words
    question.hints = "\n".join(item.hints)
    question.recording = _document(medium.document if medium else None)
    question.captions = _document(medium.captions if medium else None)
    question.transcript = medium.transcript if medium else ""
    question.save()
    _write_lines(question, item)


def _document(pk: int | None) -> CustomDocument | None:
    return CustomDocument.objects.filter(pk=pk).first() if pk else None


def _write_lines(question: Question, item: Item) -> None:
    dimensions = dimensions_by_key()
    lines: Mapping[type[Any], list[dict[str, Any]]] = {
        Option: [_line(one, dimensions) for one in item.options],
        MatchingPair: [_line(one, dimensions) for one in item.pairs],
        AcceptedAnswer: [_line(one, dimensions) for one in item.accepted],
        Statement: [_line(one, dimensions) for one in item.statements],
        RubricRow: [_line(one, dimensions) for one in item.rubric],
        QuestionDimension: [
            {"dimension": dimensions[key], "weight": weight}
            for key, weight in item.dimensions.items()
            if key in dimensions
        ],
    }
    for model, wanted in lines.items():
        model.objects.filter(question=question).delete()
        model.objects.bulk_create(
            model(question=question, sort_order=place, **line) for place, line in enumerate(wanted)
        )


def _line(part: Any, dimensions: Mapping[str, Dimension]) -> dict[str, Any]:
    """Return a part of a paper as the fields of its line in the bank."""
    line = {NAMES.get(one.name, one.name): getattr(part, one.name) for one in fields(part)}
    if "dimension" in line:
        line["dimension"] = dimensions.get(line["dimension"])
    if "levels" in line:
        line["levels"] = "\n".join(line["levels"])
    return line


def differences(before: QuestionVersion, after: QuestionVersion) -> list[Difference]:
    """Return what the later version says differently, in the order of the form."""
    old, new = dict(_told(before)), dict(_told(after))
    return [
        Difference(label, old.get(label, ""), new.get(label, ""))
        for label in dict.fromkeys([*old, *new])
        if old.get(label, "") != new.get(label, "")
    ]


def _told(version: QuestionVersion) -> Iterator[tuple[str, str]]:
    item = item_from_json(version.item)
    yield _("Name"), version.details.get("name", "")
    yield _("Kind"), str(QuestionKind(item.kind).label)
    yield _("Question"), plain_text(item.stem)
    yield _("Marks"), str(item.mark)
    yield _("Scoring"), str(Scoring(item.scoring).label)
    yield _("Form"), str(AnswerForm(item.form).label)
    yield from _told_lines(item)
    yield _("Right answer"), right_answer_summary(item)
    yield _("General feedback"), plain_text(item.feedback)
    yield _("Hints"), " / ".join(item.hints)
    yield _("Unit"), item.unit
    yield _("Words"), f"{item.min_words or ''}–{item.max_words or ''}".strip("–")
    yield _("Transcript"), item.medium.transcript if item.medium else ""
    yield _("Dimensions"), "; ".join(f"{key} × {one}" for key, one in item.dimensions.items())
    yield _("Author's note"), version.details.get("note", "")


def _told_lines(item: Item) -> Iterator[tuple[str, str]]:
    for number, option in enumerate(item.options, start=1):
        words = f"{plain_text(option.text)} [{option.weight.normalize():f}]"
        yield _numbered(_("Option %(number)s"), number), _with(words, option.feedback)
    for number, pair in enumerate(item.pairs, start=1):
        words = f"{plain_text(pair.prompt)} → {pair.match}"
        yield _numbered(_("Pair %(number)s"), number), _with(words, pair.feedback)
    for number, one in enumerate(item.accepted, start=1):
        words = f"[{one.gap}] {one.text} ± {one.tolerance.normalize():f}"
        words = f"{words} [{one.fraction.normalize():f}]"
        yield _numbered(_("Accepted answer %(number)s"), number), _with(words, one.feedback)
    for number, statement in enumerate(item.statements, start=1):
        words = f"{statement.text} ({_('reversed')})" if statement.is_reversed else statement.text
        yield _numbered(_("Statement %(number)s"), number), _with(words, statement.dimension)
    for number, row in enumerate(item.rubric, start=1):
        words = f"{row.title}: {' / '.join(row.levels)} × {row.weight.normalize():f}"
        yield _numbered(_("Rubric row %(number)s"), number), _with(words, row.dimension)


def _numbered(words: str, number: int) -> str:
    return words % {"number": number}


def _with(words: str, more: str) -> str:
    rest = plain_text(more)
    return f"{words} – {rest}" if rest else words
