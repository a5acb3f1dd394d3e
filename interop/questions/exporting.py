"""Questions of the bank as a file, and which of them the format cannot hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet

from interop.questions import bank, names
from interop.questions.actions import Format
from interop.questions.bank import Banked
from interop.questions.formats import WRITERS, Writer
from interop.questions.problems import Fault
from interop.questions.records import CannotReadError, ParsedQuestion
from interop.questions.to_bank import draft_of
from interop.questions.to_file import parsed
from quizzes.models import Question


@dataclass(frozen=True, slots=True)
class NotHeld:
    """A question that stays out of the file, and why."""

    pk: int
    name: str
    kind: str
    fault: Fault
    detail: str = ""


@dataclass(slots=True)
class Export:
    """Writes questions in a format; `not_held` is known once all pieces are taken."""

    questions: QuerySet[Question]
    format_name: str
    not_held: list[NotHeld] = field(default_factory=list)
    written: int = 0

    @property
    def writer(self) -> Writer:
        return WRITERS[Format(self.format_name)]

    def pieces(self) -> Iterator[str]:
        """Yield the file, question by question, in little memory.

        The order is by category and name, and the same at every export.
        """
        writer, category = self.writer, ""
        yield writer.start
        for found in bank.each(self.questions.order_by("category__name", "name", "uuid")):
            question = self._held(found)
            if question is None:
                continue
            if writer.category and question.category != category:
                category = question.category
                yield writer.category(category)
            self.written += 1
            yield writer.write(question)
        yield writer.end

    def look(self) -> list[NotHeld]:
        """Return what the format cannot hold, without writing anything."""
        for found in bank.each(self.questions):
            self._held(found)
        return self.not_held

    def _held(self, found: Banked) -> ParsedQuestion | None:
        if found.draft is not None:
            question = parsed(found.draft, idnumber=found.idnumber)
            if question is not None and self.writer.can_hold(question):
                unreadable = _unreadable(question)
                if unreadable is None:
                    return question
                found = replace(found, fault=unreadable.fault, detail=unreadable.detail)
        self.not_held.append(
            NotHeld(
                found.question.pk,
                found.question.name,
                found.question.kind,
                found.fault or Fault.CANNOT_BE_HELD,
                found.detail,
            )
        )
        return None


def _unreadable(question: ParsedQuestion) -> CannotReadError | None:
    """Return why the question could not be imported again, such as one without a right answer."""
    try:
        draft_of(question)
    except CannotReadError as error:
        return error
    return None


def in_category(name: str) -> QuerySet[Question]:
    """Return the questions of a category and of those below it; all without a name."""
    if not name:
        return Question.objects.all()
    below = Q(category__name__startswith=f"{name}{names.BETWEEN}")
    return Question.objects.filter(Q(category__name=name) | below)
