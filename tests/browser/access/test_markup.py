"""Pages are written in valid HTML: the parser of the standard finds nothing to mend.

html-validate and Nu need node or Java, which no machine that runs these tests must have;
tinyhtml5 comes with the maker of our PDFs and reports every parse error of the standard.
What the grammar cannot tell, such as names used twice, is asked here.
"""

from collections import Counter

import pytest
from django.test import Client
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

from tests.browser.access.conftest import VISITOR
from tests.browser.access.scenes import SITE, named
from tests.browser.access.world import World

NAMES_OTHERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list")
# Attributes that HTML had once.
OBSOLETE = {"align", "bgcolor", "border", "cellpadding", "cellspacing", "valign", "nowrap"}


def problems(text: str) -> list[str]:
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(text)
    found = [f"line {place[0]}: {code} {words}" for place, code, words in parser.errors]
    everything = [one for one in root.iter() if isinstance(one.tag, str)]
    ids = Counter(one.get("id") for one in everything if one.get("id") is not None)
    found += [f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1]
    for one in everything:
        for attribute in NAMES_OTHERS:
            named_here = (one.get(attribute) or "").split()
            found += [f"{one.tag} {attribute}={name!r}" for name in named_here if name not in ids]
        found += [f"{one.tag} {old}" for old in OBSOLETE & set(one.attrib)]
        if one.get("style") is not None:
            found.append(f"{one.tag} has a style of its own")
    return found


@pytest.mark.parametrize("name", named(SITE))
def test_a_page_is_valid_html(world: World, name: str) -> None:
    scene = named(SITE)[name]
    client = Client()
    if scene.who != VISITOR:
        backend = "django.contrib.auth.backends.ModelBackend"
        client.force_login(world.people[scene.who], backend=backend)
    response = client.get(world.address(scene.address), follow=True)

    assert problems(response.content.decode()) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("<!doctype html><title>x</title><p><div></p>", "unexpected-end-tag"),
        ("<!doctype html><title>x</title><p id=a><p id=a>", "stands 2 times"),
        ("<!doctype html><title>x</title><label for=a>x</label>", "for='a'"),
        ("<!doctype html><title>x</title><p align=left>x", "p align"),
    ],
)
def test_what_is_wrong_is_found(text: str, wrong: str) -> None:
    assert any(wrong in one for one in problems(text))
