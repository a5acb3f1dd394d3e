"""What a page brings along stays within its budget of bytes, and comes from nowhere else."""

import gzip
import re
from pathlib import Path, PurePosixPath

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.browser.access.conftest import VISITOR
from tests.browser.access.scenes import SITE, Scene, named
from tests.browser.access.world import World

CSS, JS, ALL = 25_000, 12_000, 100_000
STATIC = "/static/"
SHEETS = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
SCRIPTS = re.compile(r'<script[^>]* src="([^"]+)"')
IMPORTS = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
FETCHED = re.compile(
    r'<(?:link|script|img|iframe|video|audio|source)\b[^>]*?(?:src|href)="([^"]+)"'
)


def read(address: str) -> bytes:
    found = finders.find(address.removeprefix(STATIC))
    assert isinstance(found, str), f"{address} is no file of ours"
    return Path(found).read_bytes()


def with_imports(addresses: list[str]) -> set[str]:
    """The scripts and what they import, each once."""
    found: set[str] = set()
    waiting = list(addresses)
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        found.add(address)
        for name in IMPORTS.findall(read(address).decode()):
            waiting.append(str(PurePosixPath(address).parent / name))  # noqa: PERF401  grows as it is read.
    return found


def weight(files: set[str]) -> int:
    return sum(len(gzip.compress(read(one), mtime=0)) for one in files)


def html_of(world: World, scene: Scene) -> str:
    client = Client()
    if scene.who != VISITOR:
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(world.people[scene.who], backend=backend)
    return client.get(world.address(scene.address), follow=True).content.decode()


@pytest.mark.parametrize("name", named(SITE))
def test_a_page_keeps_to_its_budget(world: World, name: str) -> None:
    html = html_of(world, named(SITE)[name])
    css, js = weight(set(SHEETS.findall(html))), weight(with_imports(SCRIPTS.findall(html)))

    assert css > 1_000
    assert css <= CSS
    assert js <= JS
    assert css + js + len(gzip.compress(html.encode(), mtime=0)) <= ALL
    elsewhere = [one for one in FETCHED.findall(html) if one.startswith(("http:", "https:", "//"))]
    assert elsewhere == []


def test_what_a_script_imports_is_weighed_with_it() -> None:
    found = with_imports(["/static/js/quiz/forget.js"])

    assert found == {"/static/js/quiz/forget.js", "/static/js/quiz/outbox.js"}
    assert weight(found) > weight({"/static/js/quiz/forget.js"})
