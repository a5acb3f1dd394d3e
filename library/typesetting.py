"""WeasyPrint, kept to our own static files. Only `library.printing` loads it."""

from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC = "https://static.invalid/"
"""Where relative addresses in a page lead: to no server."""


class StaticFetcher(URLFetcher):
    """Answers what is asked below `STATIC` with a static file, and nothing else at all."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(STATIC):
            raise ValueError(f"not a static file: {url}")
        name = unquote(url.removeprefix(STATIC))
        found = finders.find(name)
        if not isinstance(found, str):
            raise FileNotFoundError(name)
        kind = guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})


def typeset(html: str) -> bytes:
    page = HTML(string=html, base_url=STATIC, url_fetcher=StaticFetcher())
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made
