"""What the styleguide is made of, and how often the site uses each part."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

Words = str | Promise
INCLUDED = re.compile(r"""\{%\s*include\s+["'](components/[\w/]+\.html)["']""")


class Specimen(NamedTuple):
    """One state of a component: its name, and what its template is given."""

    state: Words
    context: Mapping[str, Any]


class Component(NamedTuple):
    """`use` is the line or class that brings it onto a page.

    Without a specimen it stands on the page already, where `about` says. `is_english`
    holds for specimens whose words are data.
    """

    name: Words
    template: str
    use: str
    specimens: Sequence[Specimen] = ()
    about: Words = ""
    is_english: bool = False

    @property
    def is_partial(self) -> bool:
        return self.template.startswith("components/")


class Group(NamedTuple):
    id: str
    label: Words
    components: Sequence[Component]


class Shown(NamedTuple):
    """A component with its specimens drawn."""

    component: Component
    drawn: Sequence[tuple[Words, SafeString]]


class Use(NamedTuple):
    component: Component
    templates: int


def draw(component: Component, request: HttpRequest) -> Shown:
    return Shown(
        component,
        [
            (one.state, render_to_string(component.template, dict(one.context), request))
            for one in component.specimens
        ],
    )


@cache
def uses() -> Counter[str]:
    """How many templates include each component; the files do not change while we run."""
    ours: Path = settings.BASE_DIR / "templates"
    return Counter(
        name
        for path in ours.rglob("*.html")
        for name in set(INCLUDED.findall(path.read_text(encoding="utf-8")))
    )


def inventory(groups: Sequence[Group], *, ordering: str) -> list[Use]:
    """All partials, by name or by use; a minus turns the order around."""
    found = [
        Use(one, uses()[one.template])
        for group in groups
        for one in group.components
        if one.is_partial
    ]
    found.sort(key=lambda use: str(use.component.name).casefold())
    if ordering.removeprefix("-") == "uses":
        found.sort(key=lambda use: use.templates)
    return found[::-1] if ordering.startswith("-") else found
