"""An open attempt as its participant has it on the table, for all the participant's pages."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from people.models import User
from quizzes.attempts import StoredAnswer, paper_for, stored_answers
from quizzes.enums import AttemptState
from quizzes.layouts import pages
from quizzes.models import Attempt
from quizzes.overdue import act_if_due
from quizzes.papers import Paper
from quizzes.sheets import QuestionSheet, question_sheets
from quizzes.terms import DURING, SECTION, Section

CONFLICT = 409
SUBMITTED, TIME, ORDER = "submitted", "time", "order"


class SignedInRequest(HttpRequest):
    user: User


@dataclass(frozen=True)
class Page:
    """One page of questions; `number` counts from 1."""

    number: int
    section: Section
    sheets: tuple[QuestionSheet, ...]

    @property
    def is_answered(self) -> bool:
        return all(sheet.is_answered for sheet in self.sheets)


@dataclass(frozen=True)
class Desk:
    """An open attempt: its questions, what is stored, and where its participant is."""

    attempt: Attempt
    paper: Paper
    answers: dict[UUID, StoredAnswer]
    sheets: tuple[QuestionSheet, ...]

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        layout = self.attempt.layout
        return tuple(
            Page(
                number=number,
                section=self.paper.parts[layout[places[0]].get("section", 0)],
                sheets=tuple(self.sheets[place] for place in places),
            )
            for number, places in enumerate(pages(layout, self.paper.terms.paging), start=1)
        )

    @property
    def answered(self) -> int:
        return sum(sheet.is_answered for sheet in self.sheets)

    @property
    def missing(self) -> int:
        return len(self.sheets) - self.answered

    @property
    def saved_at(self) -> dt.datetime | None:
        """When the newest answer was saved; None before the first."""
        return max((one.saved_at for one in self.answers.values() if one.saved_at), default=None)

    @property
    def is_sequential(self) -> bool:
        return self.paper.terms.is_sequential

    @property
    def is_at_the_end(self) -> bool:
        """Whether the answers may be checked and handed in now."""
        return not self.is_sequential or self.attempt.page >= len(self.pages)

    @property
    def current(self) -> int:
        """The number of the page to go on with."""
        if self.is_sequential:
            return min(self.attempt.page + 1, len(self.pages))
        return next((page.number for page in self.pages if not page.is_answered), 1)

    @property
    def tells_while_answering(self) -> bool:
        review = self.paper.terms.review
        return DURING in {review.keys, review.feedback}


def own_attempt(request: SignedInRequest, attempt: UUID, *, at: dt.datetime) -> Attempt:
    """Return the person's own attempt as it stands now: one whose time is over is closed."""
    visible = Attempt.objects.visible_to(request.user).select_related("quiz", "version")
    return act_if_due(get_object_or_404(visible, uuid=attempt), at=at)


def desk_of(attempt: Attempt) -> Desk:
    paper = paper_for(attempt)
    answers = stored_answers(attempt)
    many = paper.terms.paging == SECTION
    sheets = question_sheets(paper, attempt.layout, answers, many_in_a_form=many)
    return Desk(attempt, paper, answers, sheets)


def closed(request: HttpRequest, attempt: Attempt, *, why: str = SUBMITTED) -> HttpResponse:
    """Answer for an attempt that takes no answers: a look is sent on, a change gets 409."""
    if request.method != "POST":
        name = "check" if attempt.state == AttemptState.OVERDUE else "result"
        return redirect(f"quizzes:{name}", attempt.uuid)
    context = {"attempt": attempt, "why": why}
    return render(request, "quizzes/closed.html", context, status=CONFLICT)
