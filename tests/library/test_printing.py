"""Typesetting: tagged, and deaf to everything but our own static files."""

import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from weasyprint.urls import URLFetchingError, fetch

from library import printing
from library.typesetting import PICTURES, STATIC, StaticFetcher
from tests.pdfs import facts_of, text_of, unpacked

MEDIA = PICTURES.removesuffix("images/")


class Listener:
    """A server on this machine that counts who calls."""

    def __init__(self) -> None:
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}/it.css"
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        while True:
            try:
                caller, _address = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.socket.close()


def page(head: str = "", body: str = "<h1>Hello</h1>") -> str:
    return f'<!doctype html><html lang="en"><head><title>T</title>{head}</head><body>{body}</body>'


def test_a_page_becomes_a_tagged_pdf_with_its_title() -> None:
    made = printing.to_pdf(page(body="<h1>Hello</h1><p>World</p>"))
    facts = facts_of(made)

    assert (facts["Title"], facts["Tagged"], facts["Pages"]) == ("T", "yes", "1")
    assert b'pdfuaid:part="1"' in unpacked(made)
    assert b"/Title (Hello)" in unpacked(made)  # a bookmark
    assert text_of(made) == "Hello World"


def test_static_files_are_read_by_their_names() -> None:
    with fetch(StaticFetcher(), f"{STATIC}css/tokens.css") as found:
        assert found.content_type == "text/css"
        assert b"--ink" in found.read()


def test_rendered_pictures_are_read_and_no_other_file_of_the_media() -> None:
    for folder in ("images", "documents", "original_images"):
        default_storage.save(f"{folder}/secret.png", ContentFile(b"a picture"))
    with fetch(StaticFetcher(), f"{PICTURES}secret.png") as found:
        assert (found.content_type, found.read()) == ("image/png", b"a picture")
    for folder in ("documents", "original_images"):
        with pytest.raises(URLFetchingError), fetch(StaticFetcher(), f"{MEDIA}{folder}/secret.png"):
            pass


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        Path(__file__).as_uri(),
        f"{STATIC}../manage.py",
        f"{STATIC}%2e%2e/manage.py",
        f"{STATIC}/etc/hostname",
        f"{STATIC}%2Fetc/hostname",
        f"{STATIC}css/missing.css",
        f"{STATIC}css",
        f"{PICTURES}missing.png",
        f"{PICTURES}../documents/secret.png",
        f"{PICTURES}%2e%2e/documents/secret.png",
        f"{PICTURES}.hidden.png",
        f"{PICTURES}secret.pdf",
        "data:text/plain,hello",
        "http://static.invalid/css/tokens.css",
        "https://static.invalid.example/css/tokens.css",
    ],
)
def test_nothing_else_is_read(address: str) -> None:
    with pytest.raises(URLFetchingError), fetch(StaticFetcher(), address):
        pass


def test_no_tag_reaches_a_file_or_the_network(tmp_path: Path, listener: Listener) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text('h1::after { content: "leaked" }')
    addresses = [listener.address, secret.as_uri()]
    head = "".join(
        f'<link rel="stylesheet" href="{one}"><link rel="attachment" href="{one}">'
        f'<style>@import "{one}"; body {{ background: url("{one}") }} '
        f'@font-face {{ font-family: X; src: url("{one}") }}</style>'
        for one in addresses
    )
    tags = "".join(
        f'<img src="{one}" alt="a"><object data="{one}"></object><embed src="{one}">'
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{one}"/><use href="{one}"/></svg>'
        for one in addresses
    )
    made = printing.to_pdf(page(head, f"<h1>Hello</h1>{tags}"))

    assert listener.calls == 0
    assert "leaked" not in text_of(made)
    assert b"EmbeddedFile" not in unpacked(made)


def test_a_server_without_pango_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Without:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "library.typesetting":
                raise OSError("cannot load library 'libpango-1.0-0'")

    printing._typesetter.cache_clear()
    monkeypatch.delitem(sys.modules, "library.typesetting", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Without(), *sys.meta_path])
    with pytest.raises(printing.PrintingUnavailableError):
        printing.to_pdf(page())
