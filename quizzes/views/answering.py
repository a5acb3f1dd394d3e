"""The pages of questions, as plain forms: everything works without JavaScript."""

import datetime as dt
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.attempts import (
    AttemptClosed,
    BadAnswer,
    NewerAnswer,
    OutOfOrder,
    Sender,
    StoredAnswer,
    TimeIsUp,
    check_answer,
    read_answer,
    save_answer,
    turn_to,
)
from quizzes.enums import AttemptState
from quizzes.kinds import Response, kind_of
from quizzes.sheets import QuestionSheet, fields_of
from quizzes.summaries import response_summary
from quizzes.views.desks import (
    CONFLICT,
    ORDER,
    SUBMITTED,
    TIME,
    Desk,
    Page,
    SignedInRequest,
    closed,
    desk_of,
    own_attempt,
)
from quizzes.views.reviews import told_while_answering

BAD_REQUEST = 400


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, attempt: UUID, number: int) -> HttpResponse:
    """Show one page of questions; a POST saves its answers and goes on."""
    now = timezone.now()
    found = own_attempt(request, attempt, at=now)
    if found.state != AttemptState.IN_PROGRESS:
        late = found.deadline is not None and found.deadline <= now
        return closed(request, found, why=TIME if late else SUBMITTED)
    desk = desk_of(found)
    if not 1 <= number <= len(desk.pages):
        raise Http404
    page = desk.pages[number - 1]
    if desk.is_sequential and number != found.page + 1:
        return _out_of_order(request, desk)
    if request.method == "POST":
        return _save(request, desk, page, now)
    return _page(request, desk, page)


def _page(
    request: HttpRequest,
    desk: Desk,
    page: Page,
    *,
    error: str = "",
    wrong: QuestionSheet | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "desk": desk,
        "here": page,
        "sheet": page.sheets[0],
        "told": told_while_answering(desk.paper, desk.attempt.layout, desk.answers, page.sheets),
        "error": error,
        "wrong": wrong,
        "now": timezone.now(),
    }
    return render(request, "quizzes/question.html", context, status=status)


def _save(request: SignedInRequest, desk: Desk, page: Page, at: dt.datetime) -> HttpResponse:
    """Save each answer of the page. Those that can be saved are, whatever the others say."""
    refused: tuple[QuestionSheet, BadAnswer] | None = None
    newer: tuple[QuestionSheet, Response, NewerAnswer] | None = None
    for sheet in page.sheets:
        if sheet.is_checked:
            continue
        item = desk.paper.item_by_id[sheet.item_id]
        response: Response = None
        try:
            response = read_answer(item, fields_of(request.POST, sheet.prefix))
            save_answer(
                attempt=desk.attempt,
                item_id=item.id,
                response=response,
                actor=request.user,
                at=at,
                seen=_seen(request, sheet),
                sender=_sender(request),
            )
        except BadAnswer as error:
            refused = refused or (sheet, error)
        except NewerAnswer as error:
            newer = newer or (sheet, response, error)
        except OutOfOrder:
            return _out_of_order(request, desk)
        except TimeIsUp:
            return closed(request, own_attempt(request, desk.attempt.uuid, at=at), why=TIME)
        except AttemptClosed:
            return closed(request, desk.attempt)
    if refused:
        return _page(
            request, desk, page, error=str(refused[1]), wrong=refused[0], status=BAD_REQUEST
        )
    if newer:
        return _newer(request, desk, page, newer[0], newer[1], newer[2].stored)
    return _onward(request, desk, page.number, at)


def _seen(request: HttpRequest, sheet: QuestionSheet) -> int:
    """Return the sequence the form was made from; a form that does not say saw nothing."""
    return _number(request.POST.get(f"{sheet.prefix}seen", ""))


def _sender(request: HttpRequest) -> Sender | None:
    """Return which of its own requests this is for the page's script; None without one."""
    try:
        client = UUID(request.POST.get("client", ""))
    except ValueError:
        return None
    return Sender(client, _number(request.POST.get("seq", "")), uuid4())


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < len("1000000000") else 0


def _onward(request: SignedInRequest, desk: Desk, number: int, at: dt.datetime) -> HttpResponse:
    go = request.POST.get("go", "")
    if go.startswith("verify-"):
        return _verify(request, desk, number, go.removeprefix("verify-"), at)
    if go == "stay":
        return redirect("quizzes:question", desk.attempt.uuid, number)
    if desk.is_sequential:
        turn_to(attempt=desk.attempt, page=number, at=at)
        go = "next"
    if go == "check" or (go != "back" and number == len(desk.pages)):
        return redirect("quizzes:check", desk.attempt.uuid)
    target = max(number - 1, 1) if go == "back" else number + 1
    return redirect("quizzes:question", desk.attempt.uuid, target)


def _verify(
    request: SignedInRequest, desk: Desk, number: int, item: str, at: dt.datetime
) -> HttpResponse:
    try:
        check_answer(attempt=desk.attempt, item_id=item, actor=request.user, at=at)
    except BadAnswer as error:
        raise Http404 from error
    return redirect("quizzes:question", desk.attempt.uuid, number)


def _newer(
    request: HttpRequest,
    desk: Desk,
    page: Page,
    sheet: QuestionSheet,
    response: Response,
    stored: StoredAnswer,
) -> HttpResponse:
    """Show both answers and ask which one to keep."""
    item = desk.paper.item_by_id[sheet.item_id]
    context = {
        "desk": desk,
        "here": page,
        "sheet": sheet,
        "go": request.POST.get("go", ""),
        "stored": response_summary(item, stored.response),
        "sent": response_summary(item, response),
        "fields": [
            (f"{sheet.prefix}{name}", value) for name, value in kind_of(item).fields(item, response)
        ],
        "others": _others(request, page, sheet),
        "sequence": stored.sequence,
        "saved_at": stored.saved_at,
    }
    return render(request, "quizzes/newer.html", context, status=CONFLICT)


def _others(request: HttpRequest, page: Page, sheet: QuestionSheet) -> list[tuple[str, str]]:
    """Return what was sent of the page's other questions, so that it is sent again."""
    prefixes = tuple(other.prefix for other in page.sheets if other != sheet)
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if prefixes and name.startswith(prefixes)
    ]


def _out_of_order(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Pages open one after the other: a look goes to the open one, a change gets 409."""
    if request.method == "POST":
        return closed(request, desk.attempt, why=ORDER)
    if desk.is_at_the_end:
        return redirect("quizzes:check", desk.attempt.uuid)
    return redirect("quizzes:question", desk.attempt.uuid, desk.current)
