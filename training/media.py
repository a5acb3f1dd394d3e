"""Serves pictures in their rendered sizes, and nothing else of the media folder.

Originals stay unseen, and documents go through Wagtail's own view, which asks
who is asking.
"""

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

CONTENT_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
YEAR = 365 * 24 * 60 * 60


@require_safe
@cache_control(public=True, immutable=True, max_age=YEAR)
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """The rendered picture of that name; 404 for any other file, without saying why."""
    content_type = CONTENT_TYPES.get(PurePosixPath(name).suffix.lower())
    path = f"images/{name}"
    if content_type is None or name.startswith(".") or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path), content_type=content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
