"""The living page of the design: /styleguide/."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET

from home.styleguide.examples import GROUPS
from home.styleguide.parts import draw, inventory
from people.requests import SignedInRequest
from people.roles import works_in_cms

SCHEMES = {
    "": gettext_lazy("As on your device"),
    "light": gettext_lazy("Light"),
    "dark": gettext_lazy("Dark"),
}
ORDERS = {"name": gettext_lazy("Component"), "uses": gettext_lazy("Templates that use it")}


@login_required
@require_GET
def styleguide(request: SignedInRequest) -> HttpResponse:
    """Show those who work in the CMS every component in all its states."""
    if not works_in_cms(request.user):
        raise Http404
    ordering, scheme = request.GET.get("order", "name"), request.GET.get("scheme", "")
    tabs = [{"id": "all", "label": gettext("All components")}]
    context = {
        "groups": [(group, [draw(one, request) for one in group.components]) for group in GROUPS],
        "inventory": inventory(GROUPS, ordering=ordering),
        "orders": [
            {
                "label": label,
                "url": _with(request, order=f"-{name}" if ordering == name else name),
                "way": {name: "ascending", f"-{name}": "descending"}.get(ordering, "none"),
            }
            for name, label in ORDERS.items()
        ],
        "scheme": scheme if scheme in SCHEMES else "",
        "schemes": [
            {"value": value, "label": label, "is_chosen": value == scheme}
            for value, label in SCHEMES.items()
        ],
        "tabs": [*tabs, *({"id": group.id, "label": group.label} for group in GROUPS)],
    }
    return render(request, "home/styleguide/page.html", context)


def _with(request: HttpRequest, **asked: str) -> str:
    """This address with something else asked."""
    query = request.GET.copy()
    for name, value in asked.items():
        query[name] = value
    return f"?{query.urlencode()}"
