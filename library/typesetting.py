"""WeasyPrint, kept to our own files. Only `library.printing` loads it."""

from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

HERE = "https://static.invalid/"
"""Where relative addresses in a page lead: to no server."""
STATIC = HERE
PICTURES = f"{HERE.rstrip('/')}{settings.MEDIA_URL}images/"
"""Where a rendered picture of the site is asked for, by the name of its file."""
KINDS_OF_PICTURES = {".gif", ".jpeg", ".jpg", ".png", ".webp"}


class StaticFetcher(URLFetcher):
    """Answers with a static file or a rendered picture of the site, and nothing else at all."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(HERE):
            raise ValueError(f"not a file of this site: {url}")
        if url.startswith(PICTURES):
            return self._answer(url, _picture(unquote(url.removeprefix(PICTURES))))
        name = unquote(url.removeprefix(STATIC))
        found = finders.find(name)
        if not isinstance(found, str):
            raise FileNotFoundError(name)
        return self._answer(url, Path(found).read_bytes())

    def _answer(self, url: str, content: bytes) -> URLFetcherResponse:
        kind = guess_type(url)[0] or "application/octet-stream"
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def _picture(name: str) -> bytes:
    """The rendered picture of that name, as the site itself serves it to everybody."""
    is_plain = name == PurePosixPath(name).name and not name.startswith(".")
    if not is_plain or PurePosixPath(name).suffix.lower() not in KINDS_OF_PICTURES:
        raise FileNotFoundError(name)
    with default_storage.open(f"images/{name}") as file:
        content: bytes = file.read()
    return content


def typeset(html: str) -> bytes:
    page = HTML(string=html, base_url=HERE, url_fetcher=StaticFetcher())
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made
