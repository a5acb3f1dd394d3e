"""Makes a PDF of a page. What typesets it is loaded when the first one is made."""

from functools import cache
from importlib import import_module
from typing import Any


class PrintingUnavailableError(Exception):
    """This server lacks the libraries that typesetting needs, such as Pango."""


def to_pdf(html: str) -> bytes:
    """Typeset the page as tagged PDF (PDF/UA-1), with bookmarks from its headings.

    Its stylesheets and drawings are addressed by their names among the static files, such
    as `css/tokens.css`, and rendered pictures as on the site; nothing else is read, neither
    from this machine nor from a network.

    Raises:
        PrintingUnavailableError: if this server cannot typeset.
    """
    made: bytes = _typesetter().typeset(html)
    return made


@cache
def _typesetter() -> Any:
    try:
        return import_module("library.typesetting")
    except OSError as error:
        raise PrintingUnavailableError from error
