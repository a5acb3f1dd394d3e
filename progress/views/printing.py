"""A module as a file to keep and to print: what is open to the reader of it."""

from http import HTTPStatus
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.query import PageQuerySet

from library.printing import PrintingUnavailableError
from modules import printed
from modules.languages import originals
from modules.models import ModulePage
from modules.readable import readable_pages
from people.requests import SignedInRequest
from progress.next_steps import ways_through
from progress.opening import Bar, First, gated
from progress.steps import Way


@login_required
@never_cache
@require_safe
def module_file(request: SignedInRequest, module_key: UUID) -> HttpResponse:
    """Answer with the module as PDF; made anew only if something in it has changed."""
    readable = readable_pages(request)
    named = originals(ModulePage.objects.live()).filter(translation_key=module_key)
    module = named.filter(pk__in=readable.values("pk")).order_by("pk").first()
    if module is None:
        raise Http404
    now = timezone.now()
    ways = ways_through(request.user, [module], as_of=now).values()
    [so_far] = gated(request.user, ways, as_of=now)
    if so_far.first:
        return _not_yet(request, module, so_far)
    copy = _copy(module, so_far, readable)
    made = printed.kept(copy)
    if made is None:
        limited = ratelimit.consume_or_429(request, action="module_file", limit_get=True)
        if limited:
            return limited
        try:
            made = printed.make(copy, root_url=request.build_absolute_uri("/"))
        except PrintingUnavailableError:
            return _unavailable(request, module)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=copy.file_name
    )
    return response


def _copy(module: ModulePage, so_far: Way, readable: PageQuerySet) -> printed.Copy:
    may_open = set(readable.child_of(module).values_list("pk", flat=True))
    closed = {state.step.key for state in so_far.states if state.after}
    lessons = [page for page in printed.lessons_of(module) if page.pk in may_open]
    return printed.Copy(
        module=module,
        steps=so_far.outline.steps,
        lessons=[page for page in lessons if str(page.translation_key) not in closed],
        closed=[page.title for page in lessons if str(page.translation_key) in closed],
        minutes=so_far.outline.minutes,
        extra_minutes=so_far.outline.extra_minutes,
    )


def _not_yet(request: HttpRequest, module: ModulePage, so_far: Way) -> HttpResponse:
    needed = tuple(First(need.title, need.url) for need in so_far.first)
    bar = Bar(module.title, so_far.outline.url, modules=needed)
    context = {"bar": bar, "lesson": module}
    return render(request, "progress/not_yet.html", context, status=HTTPStatus.FORBIDDEN)


def _unavailable(request: HttpRequest, module: ModulePage) -> HttpResponse:
    messages.error(
        request,
        _(
            "This server cannot make PDFs: it lacks a library named Pango. Print the lessons from "
            "your browser instead, and tell whoever runs the server."
        ),
    )
    return HttpResponseRedirect(module.get_url(request))
