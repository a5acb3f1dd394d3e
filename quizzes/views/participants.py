"""The participant's pages. Everything works with plain forms; no page may be stored."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.models import User
from quizzes import attempts
from quizzes.attempts import (
    AttemptClosed,
    BadAnswer,
    NewerAnswer,
    NoAttemptsLeft,
    StoredAnswer,
    TooSoon,
    next_start,
    paper_for,
    paper_of,
    stored_answers,
)
from quizzes.enums import AttemptState, StepKind
from quizzes.grading import grade_paper
from quizzes.kinds import Response, kind_of
from quizzes.models import Attempt, Quiz
from quizzes.papers import Paper
from quizzes.results import standing
from quizzes.sheets import (
    QuestionSheet,
    fields_of,
    question_reviews,
    question_sheets,
    rating_means,
)
from quizzes.summaries import response_summary

CONFLICT = 409
BAD_REQUEST = 400


class SignedInRequest(HttpRequest):
    user: User


@dataclass(frozen=True)
class Desk:
    """An open attempt as its participant has it on the table."""

    attempt: Attempt
    paper: Paper
    answers: dict[UUID, StoredAnswer]
    sheets: tuple[QuestionSheet, ...]

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
    def first_unanswered(self) -> int:
        return next((sheet.number for sheet in self.sheets if not sheet.is_answered), 1)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, quiz: UUID) -> HttpResponse:
    """Say what the quiz is and how one stands; a POST begins or resumes an attempt."""
    found = get_object_or_404(Quiz.objects.select_related("live_version"), uuid=quiz)
    if found.live_version is None:
        raise Http404
    now = timezone.now()
    status = 200
    if request.method == "POST":
        try:
            attempt = attempts.start(quiz=found, participant=request.user, at=now)
        except (NoAttemptsLeft, TooSoon):
            status = CONFLICT
        else:
            number = _desk(attempt).first_unanswered
            return redirect("quizzes:question", attempt.uuid, number)
    own = Attempt.objects.visible_to(request.user).filter(quiz=found).order_by("number")
    mine = list(own)
    paper = paper_of(found.live_version)
    wait = next_start(paper.terms, mine)
    context = {
        "quiz": found,
        "paper": paper,
        "waits_until": wait if wait and wait > now else None,
        "standing": standing(request.user.pk, found.pk, as_of=now),
        "open_attempt": next((one for one in mine if one.state == AttemptState.IN_PROGRESS), None),
        "finished": [one for one in mine if one.state == AttemptState.FINISHED],
    }
    return render(request, "quizzes/start.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, attempt: UUID, number: int) -> HttpResponse:
    """Show one question; a POST saves its answer and goes on, back, or to the check."""
    found = _own(request, attempt)
    if found.state != AttemptState.IN_PROGRESS:
        return _closed(request, found)
    desk = _desk(found)
    if not 1 <= number <= len(desk.sheets):
        raise Http404
    if request.method == "POST":
        return _save(request, desk, desk.sheets[number - 1])
    return _question_page(request, desk, desk.sheets[number - 1])


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedInRequest, attempt: UUID) -> HttpResponse:
    """List the questions, answered or not yet; a POST submits the attempt."""
    found = _own(request, attempt)
    if request.method == "POST":
        try:
            attempts.submit(attempt=found, actor=request.user, at=timezone.now())
        except AttemptClosed:
            pass
        return redirect("quizzes:result", found.uuid)
    if found.state != AttemptState.IN_PROGRESS:
        return redirect("quizzes:result", found.uuid)
    return render(request, "quizzes/check.html", {"desk": _desk(found)})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def result(request: SignedInRequest, attempt: UUID) -> HttpResponse:
    """Say what the attempt came to, with the feedback for every option."""
    found = _own(request, attempt)
    if found.state != AttemptState.FINISHED:
        return redirect("quizzes:check", found.uuid)
    paper = paper_for(found)
    answers = stored_answers(found)
    fractions = dict(found.steps.filter(kind=StepKind.GRADED).values_list("item_id", "fraction"))
    responses = {item: one.response for item, one in answers.items()}
    context = {
        "attempt": found,
        "quiz": found.quiz,
        "paper": paper,
        "standing": standing(request.user.pk, found.quiz_id, as_of=timezone.now()),
        "reviews": question_reviews(paper, found.layout, answers, fractions),
        "means": rating_means(paper, grade_paper(paper, responses).ratings),
    }
    return render(request, "quizzes/result.html", context)


def _own(request: SignedInRequest, attempt: UUID) -> Attempt:
    visible = Attempt.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("quiz", "version"), uuid=attempt)


def _desk(attempt: Attempt) -> Desk:
    paper = paper_for(attempt)
    answers = stored_answers(attempt)
    return Desk(attempt, paper, answers, question_sheets(paper, attempt.layout, answers))


def _question_page(
    request: HttpRequest, desk: Desk, sheet: QuestionSheet, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {"desk": desk, "sheet": sheet, "error": error}
    return render(request, "quizzes/question.html", context, status=status)


def _save(request: SignedInRequest, desk: Desk, sheet: QuestionSheet) -> HttpResponse:
    item = desk.paper.item_by_id[sheet.item_id]
    try:
        response = attempts.read_answer(item, fields_of(request.POST))
        attempts.save_answer(
            attempt=desk.attempt,
            item_id=item.id,
            response=response,
            actor=request.user,
            at=timezone.now(),
            seen=_seen(request),
        )
    except BadAnswer as error:
        return _question_page(request, desk, sheet, error=str(error), status=BAD_REQUEST)
    except AttemptClosed:
        return _closed(request, desk.attempt)
    except NewerAnswer as newer:
        return _newer(request, desk, sheet, response, newer.stored)
    return _onward(request, desk, sheet.number)


def _seen(request: HttpRequest) -> int:
    """Return the sequence the form was made from; a form that does not say saw nothing."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < len("1000000000") else 0


def _onward(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    go = request.POST.get("go")
    if go == "check" or (go != "back" and number == len(desk.sheets)):
        return redirect("quizzes:check", desk.attempt.uuid)
    target = max(number - 1, 1) if go == "back" else number + 1
    return redirect("quizzes:question", desk.attempt.uuid, target)


def _newer(
    request: HttpRequest,
    desk: Desk,
    sheet: QuestionSheet,
    response: Response,
    stored: StoredAnswer,
) -> HttpResponse:
    """Show both answers and ask which one to keep."""
    item = desk.paper.item_by_id[sheet.item_id]
    context = {
        "desk": desk,
        "sheet": sheet,
        "go": request.POST.get("go", ""),
        "stored": response_summary(item, stored.response),
        "sent": response_summary(item, response),
        "fields": kind_of(item).fields(item, response),
        "sequence": stored.sequence,
        "saved_at": stored.saved_at,
    }
    return render(request, "quizzes/newer.html", context, status=CONFLICT)


def _closed(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Answer for an attempt that is submitted: a look goes to its result, a change to 409."""
    if request.method != "POST":
        return redirect("quizzes:result", attempt.uuid)
    return render(request, "quizzes/closed.html", {"attempt": attempt}, status=CONFLICT)
