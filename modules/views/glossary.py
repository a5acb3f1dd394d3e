"""The glossary for whoever has signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from modules.glossary.finding import by_letter, entries_of, matching, published_terms
from people.requests import SignedInRequest

LONGEST_QUERY = 200


@login_required
@require_GET
def glossary(request: SignedInRequest) -> HttpResponse:
    """Show every term from A to Z, or those that have the words of `?query=`, best first."""
    query = request.GET.get("query", "").strip()[:LONGEST_QUERY]
    terms = published_terms()
    shown = entries_of(terms, matching(terms, query) if query else terms)
    context = {
        "query": query,
        "found": shown if query else [],
        "letters": [] if query else by_letter(shown),
    }
    return render(request, "modules/glossary/glossary.html", context)
