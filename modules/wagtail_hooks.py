"""What Wagtail asks of this room."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page
from wagtail.wagtail_hooks import require_wagtail_login

from modules.models.access import SignedInPage
from people.roles import is_signed_in


@hooks.register("before_serve_page")
def keep_visitors_out(
    page: Page, request: HttpRequest, _args: Any, _kwargs: Any
) -> HttpResponse | None:
    """Send visitors to the sign-in, even where the catalogue's restriction is missing."""
    if isinstance(page, SignedInPage) and not is_signed_in(request.user):
        return require_wagtail_login(next=request.get_full_path())
    return None
