"""A participant's tasks: what there is to do, what was handed in, and what trainers said."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from modules.models import ImmersionTaskPage
from people.models import User
from people.requests import SignedInRequest
from progress.immersion.forms import HandInForm
from progress.immersion.handing_in import NotToHandIn, hand_in
from progress.immersion.reading import (
    latest_decision,
    newest_of_each,
    submissions_of,
    task_page,
)
from progress.reading import look_at
from progress.recording import is_recorded
from progress.views.drafts import kept_draft, sign_in_and_keep
from progress.views.lessons import refuse
from progress.views.task_shown import shown


@login_required
@never_cache
@require_safe
def tasks(request: SignedInRequest) -> HttpResponse:
    """List what the person has handed in, and where it stands."""
    found = newest_of_each(request.user)
    context = {
        "tasks": [(one, latest_decision(one)) for one in found],
        "crumbs": [
            {"title": _("My exchange"), "url": reverse("home:my")},
            {"title": _("My tasks")},
        ],
    }
    return render(request, "progress/tasks/list.html", context)


@sign_in_and_keep
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: SignedInRequest, task_key: UUID) -> HttpResponse:
    """Hand in; the form stands below the task and, if refused, here."""
    user = request.user
    page = task_page(task_key)
    earlier = submissions_of(user, task_key)
    if page is None or not (earlier or is_recorded(user)):
        raise Http404
    if request.method == "POST" and not earlier:
        bar = look_at(participant=user, lesson=page, at=timezone.now()).bar
        if bar:
            return refuse(request, page, bar)
    found = shown(page, earlier, user=user, is_recorded=is_recorded(user))
    form = _form(request, page, user, {"text": found.text, "link": found.link})
    if request.method == "POST" and form.is_valid():
        return _hand_in(request, page, user, form)
    context = {
        "page": page,
        "desk": found,
        "form": form,
        "crumbs": [
            {"title": _("My exchange"), "url": reverse("home:my")},
            {"title": _("My tasks"), "url": reverse("tasks:list")},
            {"title": page.title},
        ],
    }
    return render(request, "progress/tasks/task.html", context)


def _form(
    request: SignedInRequest, page: ImmersionTaskPage, user: User, initial: dict[str, str]
) -> HandInForm:
    if request.method == "GET":
        initial |= kept_draft(request, user)
    return HandInForm(request.POST or None, task=page, user=user, initial=initial)


def _hand_in(
    request: SignedInRequest, page: ImmersionTaskPage, user: User, form: HandInForm
) -> HttpResponse:
    if not is_recorded(user):
        raise Http404
    try:
        hand_in(participant=user, task=page, at=timezone.now(), **form.handed_in)
    except NotToHandIn:
        messages.info(request, _("This task is accepted already: there is nothing more to do."))
    else:
        messages.success(request, _("Handed in. A trainer reads it, and you get a letter."))
    return redirect("tasks:task", page.translation_key)
