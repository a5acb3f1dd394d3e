"""What Wagtail asks of this room."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from modules.models import LessonPage
from people.roles import is_signed_in
from progress.views import open_page, press_button

Serve = Callable[[Page, HttpRequest, Any, Any], HttpResponse]


@hooks.register("on_serve_page", order=100)
def record_reading(serve: Serve) -> Serve:
    """Record what participants do with a published lesson.

    Comes after Wagtail's own check of restrictions. Previews are not served through
    here, and a HEAD request is nobody reading.
    """

    def serve_and_record(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        user = request.user
        if isinstance(page, LessonPage) and is_signed_in(user):
            if request.method == "POST":
                return press_button(request, page, user)
            if request.method == "GET":
                open_page(request, page, user)
        return serve(page, request, args, kwargs)

    return serve_and_record
