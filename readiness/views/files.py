"""Files to print, as answers to a request, or why there is none."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from library.printing import PrintingUnavailableError
from readiness import exports, files
from readiness.exchange_people import People
from readiness.shapes import PlacementReadiness
from readiness.views.coordinating import AsOfMixin

PDF = "application/pdf"


def exchange_file(
    request: HttpRequest,
    people: People,
    chosen: Sequence[int],
    *,
    chosen_by: Sequence[str],
    back: str,
) -> HttpResponse:
    """The file of those people; with too many of them the page again, saying so."""
    if len(chosen) > files.MOST_PEOPLE:
        messages.warning(
            request,
            _(
                "A PDF holds at most %(number)s people. Choose a state, or what is missing, "
                "or tick people. CSV and XLSX hold everybody."
            )
            % {"number": files.MOST_PEOPLE},
        )
        return HttpResponseRedirect(back)
    shown = people.shown(chosen)
    try:
        made = files.exchange_pdf(shown, chosen_by=chosen_by)
    except PrintingUnavailableError:
        return _unavailable(request, back)
    return _answer(made, exports.file_name(shown, "pdf"))


def placement_file(view: AsOfMixin, one: PlacementReadiness) -> HttpResponse:
    as_of = view.as_of_form.moment
    try:
        made = files.placement_pdf(one, as_of=as_of)
    except PrintingUnavailableError:
        return _unavailable(view.request, view.address(export=""))
    return _answer(made, files.placement_file_name(one, as_of=as_of))


def _unavailable(request: HttpRequest, back: str) -> HttpResponse:
    messages.error(
        request,
        _(
            "This server cannot make PDFs: it lacks a library named Pango. Print the page from "
            "your browser instead, and tell whoever runs the server."
        ),
    )
    return HttpResponseRedirect(back)


def _answer(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type=PDF)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
