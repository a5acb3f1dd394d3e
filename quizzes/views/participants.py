"""The participant's pages around the questions: start, check, result. No page may be stored."""

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from charts.rows import Row, Rows
from quizzes import attempts
from quizzes.attempts import (
    AttemptClosed,
    NoAttemptsLeft,
    NotOpen,
    NotYet,
    TooSoon,
    conditions_for,
    next_start,
    paper_for,
    paper_of,
)
from quizzes.change_rows import ChangeRow, own_rows
from quizzes.changing import own_profiles, sitting_before
from quizzes.conditions import Conditions
from quizzes.enums import OPEN_STATES, AttemptState
from quizzes.grading import PaperGrade, grade_paper
from quizzes.holds import hold_on
from quizzes.marks_told import counting_marks, told_marks
from quizzes.models import Attempt, Quiz
from quizzes.overdue import act_if_due
from quizzes.papers import Paper
from quizzes.profiles import RATINGS
from quizzes.rereading import missed
from quizzes.results import standing
from quizzes.sheets import rating_means
from quizzes.sitting.history import history
from quizzes.terms import CLOSED
from quizzes.views.desks import CONFLICT, SignedInRequest, desk_of, own_attempt
from quizzes.views.reviews import FEEDBACK, KEYS, full_reviews, short_reviews

SCORE = "score"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, quiz: UUID) -> HttpResponse:
    """Say what the quiz is and how one stands; a POST begins or resumes an attempt."""
    now = timezone.now()
    found = get_object_or_404(Quiz.objects.select_related("live_version"), uuid=quiz)
    if found.live_version is None:
        raise Http404
    status = 200
    if request.method == "POST":
        try:
            attempt = attempts.start(quiz=found, participant=request.user, at=now)
        except (NoAttemptsLeft, NotOpen, NotYet, TooSoon):
            status = CONFLICT
        else:
            return _into(attempt)
    return render(request, "quizzes/start.html", _start_page(request, found, now), status=status)


def _into(attempt: Attempt) -> HttpResponse:
    if attempt.state == AttemptState.OVERDUE:
        return redirect("quizzes:check", attempt.uuid)
    desk = desk_of(attempt)
    if desk.is_sequential and desk.is_at_the_end:
        return redirect("quizzes:check", attempt.uuid)
    return redirect("quizzes:question", attempt.uuid, desk.current)


def _start_page(request: SignedInRequest, quiz: Quiz, now: dt.datetime) -> dict[str, Any]:
    mine = _mine(request, quiz, now)
    assert quiz.live_version  # noqa: S101  asked before.
    paper = paper_of(quiz.live_version)
    conditions = conditions_for(request.user.pk, quiz.pk, paper, at=now)
    wait = next_start(paper.terms, mine)
    opens, closes = conditions.opens, conditions.closes
    shown = conditions.visible(handed_in=True, at=now)
    return {
        "quiz": quiz,
        "paper": paper,
        "conditions": conditions,
        "time": time_words(conditions),
        "shows_score": SCORE in shown,
        "standing": standing(request.user.pk, quiz.pk, as_of=now),
        "open_attempt": next((one for one in mine if one.state in OPEN_STATES), None),
        "ended": [one for one in mine if one.state not in OPEN_STATES],
        "opens_later": opens if opens and now < opens else None,
        "is_over": bool(closes and now >= closes),
        "waits_until": wait if wait and now < wait else None,
        "hold": None if mine else hold_on(request.user.pk, quiz.pk, at=now),
    }


def _mine(request: SignedInRequest, quiz: Quiz, now: dt.datetime) -> list[Attempt]:
    """Return the person's attempts in order, after the clock has done what is due."""
    own = Attempt.objects.visible_to(request.user).filter(quiz=quiz).order_by("number")
    return [act_if_due(one, at=now) for one in own]


def time_words(conditions: Conditions) -> Mapping[str, int] | None:
    """Return the minutes that this person has, and those that everybody has."""
    if conditions.limit is None or conditions.plain_limit is None:
        return None
    return {
        "minutes": round(conditions.limit.total_seconds() / 60),
        "plain": round(conditions.plain_limit.total_seconds() / 60),
    }


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedInRequest, attempt: UUID) -> HttpResponse:
    """List the questions, answered or not yet; a POST hands the attempt in."""
    now = timezone.now()
    found = own_attempt(request, attempt, at=now)
    if request.method == "POST":
        try:
            attempts.submit(attempt=found, actor=request.user, at=now)
        except AttemptClosed:
            pass
        return redirect("quizzes:result", found.uuid)
    if found.state not in OPEN_STATES:
        return redirect("quizzes:result", found.uuid)
    desk = desk_of(found)
    if found.state == AttemptState.IN_PROGRESS and not desk.is_at_the_end:
        return redirect("quizzes:question", found.uuid, desk.current)
    goes_back = found.state == AttemptState.IN_PROGRESS and not desk.is_sequential
    context = {"desk": desk, "now": now, "can_go_back": goes_back}
    return render(request, "quizzes/check.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def result(request: SignedInRequest, attempt: UUID) -> HttpResponse:
    """Say what the attempt came to, and of it what may be seen now."""
    now = timezone.now()
    found = own_attempt(request, attempt, at=now)
    if found.state in OPEN_STATES:
        return redirect("quizzes:check", found.uuid)
    paper = paper_for(found)
    context = {"attempt": found, "quiz": found.quiz, "paper": paper}
    if found.state == AttemptState.ABANDONED:
        return render(request, "quizzes/given_up.html", context)
    visible = _visible(found, paper, now)
    told = history(found)
    context |= {
        "visible": visible,
        "reviews": full_reviews(paper, found.layout, told.answers, told.fractions, visible),
        "shorts": short_reviews(paper, found.layout, told.answers, visible),
    }
    if found.state != AttemptState.FINISHED:
        return render(request, "quizzes/handed_in.html", context | {"waits": told.waits(paper)})
    responses = {item: one.response for item, one in told.answers.items()}
    marks = counting_marks(found, told)
    levels = {item: given[-1].levels for item, given in marks.items()}
    grade = grade_paper(paper, responses, marked=told.marks, levels=levels)
    context |= _outcome(found, paper, grade, visible, now)
    context["own_change"] = _own_change(found, paper, visible, now)
    if FEEDBACK in visible and marks:
        context["told_marks"] = told_marks(found, paper, marks)
    return render(request, "quizzes/result.html", context)


def _own_change(
    attempt: Attempt, paper: Paper, visible: frozenset[str], now: dt.datetime
) -> list[ChangeRow]:
    """Return the person's own values before and after, as far as both may be seen."""
    before = sitting_before(attempt, as_of=now)
    if before is None:
        return []
    earlier = paper_for(before)
    first, last = own_profiles(attempt, before)
    if not (SCORE in visible and SCORE in _visible(before, earlier, now)):
        first = {measure: value for measure, value in first.items() if measure[0] == RATINGS}
    return own_rows(first, last, {**earlier.dimension_names, **paper.dimension_names})


def _outcome(
    attempt: Attempt,
    paper: Paper,
    grade: PaperGrade,
    visible: frozenset[str],
    now: dt.datetime,
) -> dict[str, Any]:
    """What a finished attempt came to. Ratings are one's own answers and always shown."""
    shown = SCORE in visible
    return {
        "standing": standing(attempt.participant_id, attempt.quiz_id, as_of=now),
        "means": rating_means(paper, grade.ratings),
        "band": paper.terms.band(attempt.percent) if shown else "",
        "by_dimension": dimension_rows(paper, grade) if shown else None,
        "dimensions": list(grade.by_dimension) if shown else [],
        "missed": missed(
            paper, attempt.layout, grade, shows_keys=KEYS in visible, shows_score=shown
        ),
    }


def _visible(attempt: Attempt, paper: Paper, now: dt.datetime) -> frozenset[str]:
    """Return what may be seen; the person's own close is asked for only where it counts."""
    review = paper.terms.review
    conditions = Conditions(paper.terms)
    if CLOSED in {review.score, review.answers, review.keys, review.feedback}:
        conditions = conditions_for(attempt.participant_id, attempt.quiz_id, paper, at=now)
    return conditions.visible(handed_in=True, at=now)


def dimension_rows(paper: Paper, grade: PaperGrade) -> Rows | None:
    """Return the share of the marks reached in each dimension, as a picture; None without."""
    shares = grade.by_dimension
    rows = tuple(
        Row(label=name, value=float((shares[key] * 100).quantize(Decimal(1), ROUND_HALF_UP)))
        for key, name in paper.dimension_names.items()
        if key in shares
    )
    if not rows:
        return None
    return Rows(
        name="dimensions",
        title=_("What you reached in each dimension"),
        head=_("Dimension"),
        unit=_("Share of the marks"),
        rows=rows,
        whole=100.0,
        suffix=" %",
    )
