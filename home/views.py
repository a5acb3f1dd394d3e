"""Where people come in, and the pages about themselves."""

import datetime as dt
import uuid
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from exchanges.models import Office
from home import dashboards
from home.searching import module_titles, search_pages, search_terms
from modules.excerpts import excerpt_of
from modules.languages import put_titles_into_words
from modules.models import CataloguePage
from modules.readable import readable_pages
from people.forms.profile import AccessNeedsForm, LocaleForm, NameForm
from people.languages import keep_on_device
from people.requests import SignedInRequest
from people.roles import works_in_cms
from reminders.forms import LettersForm

RESULTS_ON_A_PAGE = 10
# The day on which the statement on accessibility was last held against the tests.
ACCESSIBILITY_TESTED_ON = dt.date(2026, 11, 29)
PROFILE_SECTIONS: dict[str, Any] = {
    "name": NameForm,
    "time": LocaleForm,
    "access": AccessNeedsForm,
    "letters": LettersForm,
}
PROFILE_SAVED = {
    "name": gettext_lazy("Saved: how you are called."),
    "time": gettext_lazy("Saved: your time zone and language."),
    "access": gettext_lazy("Saved: what you need in quizzes."),
    "letters": gettext_lazy("Saved: which letters you get."),
}


@login_required
@require_GET
def start(request: SignedInRequest) -> HttpResponse:
    """Lead on after sign-in: those who work in the CMS there, everybody else home."""
    return redirect("wagtailadmin_home" if works_in_cms(request.user) else "home:my")


@login_required
@require_GET
def learning(request: SignedInRequest) -> HttpResponse:
    """Lead on to the catalogue of modules; without one, say so."""
    catalogue = readable_pages(request).type(CataloguePage).first()
    if catalogue is None:
        return render(request, "home/no_catalogue.html")
    return redirect(catalogue.get_url(request))


@login_required
@never_cache
@require_GET
def my(request: SignedInRequest) -> HttpResponse:
    """Show a person the own exchanges: the next one in full, the others in short."""
    as_of = timezone.now()
    exchanges = dashboards.my_exchanges(request.user, as_of=as_of)
    if not exchanges:
        return render(request, "home/no_exchange.html")
    first, *others = exchanges
    return render(request, "home/my.html", {**_shown(request, first, as_of), "others": others})


@login_required
@never_cache
@require_GET
def my_exchange(request: SignedInRequest, omobility_id: uuid.UUID) -> HttpResponse:
    """Show one of a person's own exchanges; another's looks as if it did not exist."""
    as_of = timezone.now()
    exchange = dashboards.my_exchange(request.user, omobility_id, as_of=as_of)
    if exchange is None:
        raise Http404
    return render(request, "home/my_exchange.html", _shown(request, exchange, as_of))


def _shown(
    request: SignedInRequest, exchange: dashboards.MyExchange, as_of: dt.datetime
) -> dict[str, object]:
    return {
        "exchange": exchange,
        "next_step": dashboards.next_step(exchange, request.user, as_of=as_of),
        "more": dashboards.more_to_learn(request, exchange.placement),
    }


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """One page about oneself; each section has its own form and its own word when it is saved."""
    posted = request.POST.get("section", "time") if request.method == "POST" else ""
    forms = {
        name: form(request.POST if name == posted else None, instance=request.user)
        for name, form in PROFILE_SECTIONS.items()
    }
    form = forms.get(posted)
    if form is not None and form.is_valid():
        form.save()
        messages.success(request, PROFILE_SAVED[posted])
        response = redirect("home:profile")
        keep_on_device(response, request.user.language)
        return response
    if request.method == "POST":
        # The refused form has changed the record in memory; the rest of the page shows what is.
        request.user.refresh_from_db()
    offices = Office.objects.filter(placements__participant=request.user).distinct()
    context = {
        "forms": forms,
        "offices": offices.values_list("name", flat=True),
        "now": timezone.now(),
        "has_two_steps": is_mfa_enabled(request.user),
        "devices": UserSession.objects.filter(user=request.user).count(),
    }
    return render(request, "home/profile.html", context)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("query", "").strip()
    results = None
    if words:
        found = search_pages(request, words)
        results = Paginator(found, RESULTS_ON_A_PAGE).get_page(request.GET.get("page"))
        pages = list(results.object_list)
        put_titles_into_words(pages)
        modules = module_titles(pages)
        results.object_list = [
            (page, modules.get(page.pk, ""), excerpt_of(page, words)) for page in pages
        ]
    context = {"words": words, "results": results, "terms": search_terms(request, words)}
    return render(request, "home/search.html", context)


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """State what everybody can rely on, how it was tested, and what does not work yet."""
    context = {"tested_on": ACCESSIBILITY_TESTED_ON, "contact": settings.ACCESSIBILITY_CONTACT}
    return render(request, "home/accessibility.html", context)
