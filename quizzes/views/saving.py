"""Saving from a page's own script: one answer a request, told in JSON (docs/quizzes.md)."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.formats import time_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.models import User
from people.roles import is_signed_in
from quizzes.attempts import (
    AnswerChecked,
    AttemptClosed,
    BadAnswer,
    NewerAnswer,
    OutOfOrder,
    Sender,
    StoredAnswer,
    TimeIsUp,
    read_answer,
    save_answer,
)
from quizzes.kinds import Fields, kind_of
from quizzes.models import Attempt
from quizzes.papers import Item
from quizzes.sitting.reading import item_of, paper_for
from quizzes.summaries import response_summary
from quizzes.views.desks import desk_of

LARGEST_BODY = 200_000
MOST_FIELDS = 1_000
LARGEST_NUMBER = 2**53

OK, BAD_REQUEST, SIGNED_OUT, NOT_FOUND, CONFLICT, TOO_LARGE = 200, 400, 401, 404, 409, 413

CLOSED_BY: Mapping[type[Exception], str] = {
    AnswerChecked: "checked",
    OutOfOrder: "out_of_order",
    TimeIsUp: "closed",
    AttemptClosed: "closed",
}


class Unreadable(ValueError):
    """The request is not one that our own script would send."""


@dataclass(frozen=True)
class Sent:
    fields: Fields
    seen: int
    sender: Sender


@never_cache
@require_http_methods(["PUT"])
def answer(request: HttpRequest, attempt: UUID, item: UUID) -> JsonResponse:
    """Save one answer. 200 is said only after it is stored, with what is stored then."""
    now = timezone.now()
    found = _own(request, attempt)
    if found is None or not is_signed_in(request.user):
        return _not_there(request)
    try:
        question = item_of(paper_for(found), item)
        stored = _save(found, question, _read(request), actor=request.user, at=now)
    except Unreadable as error:
        return _told(TOO_LARGE if str(error) == "too_large" else BAD_REQUEST, str(error))
    except BadAnswer as error:
        return _told(BAD_REQUEST, "bad_answer", words=str(error))
    except NewerAnswer as newer:
        return _told(CONFLICT, "newer", **_stored(question, newer.stored))
    except (AnswerChecked, OutOfOrder, AttemptClosed) as refused:
        return _told(CONFLICT, CLOSED_BY[type(refused)])
    return JsonResponse({**_stored(question, stored), **_time(found, now)})


def _save(
    attempt: Attempt, item: Item, sent: Sent, *, actor: User, at: dt.datetime
) -> StoredAnswer:
    return save_answer(
        attempt=attempt,
        item_id=item.id,
        response=read_answer(item, sent.fields),
        actor=actor,
        at=at,
        seen=sent.seen,
        sender=sent.sender,
    )


@never_cache
@require_http_methods(["GET"])
def state(request: HttpRequest, attempt: UUID) -> JsonResponse:
    """Say where an attempt stands, what time it is, and the token that a save has to carry.

    A page asks after its session had ended and somebody signed in again elsewhere.
    """
    found = _own(request, attempt)
    if found is None:
        return _not_there(request)
    return JsonResponse(
        {
            "state": found.state,
            "token": get_token(request),
            "answered": desk_of(found).answered,
            **_time(found, timezone.now()),
        }
    )


def _own(request: HttpRequest, attempt: UUID) -> Attempt | None:
    if not is_signed_in(request.user):
        return None
    visible = Attempt.objects.visible_to(request.user).select_related("version")
    return visible.filter(uuid=attempt).first()


def _not_there(request: HttpRequest) -> JsonResponse:
    """Say that the session has ended, or that the person has no such attempt."""
    if is_signed_in(request.user):
        return _told(NOT_FOUND, "not_found")
    return _told(SIGNED_OUT, "signed_out")


def _read(request: HttpRequest) -> Sent:
    """Return what was sent, if it is what our script sends."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BODY:
        raise Unreadable("too_large")
    try:
        data = json.loads(request.body)
        sender = Sender(UUID(data["client"]), _number(data["seq"]), UUID(data["key"]))
        return Sent(_fields(data["fields"]), _number(data["seen"]), sender)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("unreadable") from error


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < LARGEST_NUMBER:
        raise Unreadable("unreadable")
    return value


def _fields(pairs: Any) -> Fields:
    """Return the fields of a form, sent as a list of names and values."""
    if not isinstance(pairs, list) or len(pairs) > MOST_FIELDS:
        raise Unreadable("unreadable")
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        if not isinstance(name, str) or not isinstance(value, str):
            raise Unreadable("unreadable")
        fields.setdefault(name, []).append(value)
    return fields


def _stored(item: Item, stored: StoredAnswer) -> Mapping[str, Any]:
    at = stored.saved_at
    return {
        "sequence": stored.sequence,
        "value": kind_of(item).fields(item, stored.response) if stored.sequence else [],
        "words": response_summary(item, stored.response),
        "is_answered": not kind_of(item).is_empty(stored.response),
        "saved_at": at.isoformat() if at else None,
        "saved_words": time_format(timezone.localtime(at), "H:i:s") if at else "",
    }


def _time(attempt: Attempt, now: Any) -> Mapping[str, Any]:
    deadline = attempt.deadline
    return {"deadline": deadline.isoformat() if deadline else None, "now": now.isoformat()}


def _told(status: int, error: str, **more: Any) -> JsonResponse:
    return JsonResponse({"error": error, **more}, status=status)
