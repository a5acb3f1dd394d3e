"""No words of ours that translators never see: in a language that marks whatever is translated.

The marks come from Django's own catalogue class, so that they hold for every string that is
marked in the source, translated or not yet, ours or of a package. What remains without a
mark is what people wrote into the site, a name, or a string that was forgotten.
"""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core import serializers
from django.core.cache import cache
from django.utils.html import strip_tags
from django.utils.translation.trans_real import CONTEXT_SEPARATOR, DjangoTranslation

from exchanges import country_names
from tests.browser.access.conftest import Open
from tests.browser.access.scenes import SITE, go, named
from tests.browser.access.world import World

BEGINS, ENDS = "⟦", "⟧"
# Whose rows are words of people.
ROOMS = {
    "exchanges",
    "home",
    "library",
    "modules",
    "people",
    "progress",
    "quizzes",
    "readiness",
    "wagtailcore",
}
# Names, and what stands for itself in every language.
NAMES = {"sojourn", "europe", "asia", "utc", "stockholm", "madrid", "tokyo", "english", "español",
         "العربية", "passkey"}  # fmt: skip
WORD = re.compile(r"[^\W\d_]{2,}")

# Visible words in the order of reading, names for screen readers among them.
WORDS = """
() => {
  const found = []
  const walk = node => {
    if (node.nodeType === Node.TEXT_NODE) { found.push(node.textContent); return }
    if (node.nodeType !== Node.ELEMENT_NODE) return
    if (node.matches('script, style, noscript, [lang], textarea') && node !== document.body) return
    if (node.matches('select[name=time_zone]')) return
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
      if (node.getAttribute(name)) found.push(node.getAttribute(name))
    }
    node.childNodes.forEach(walk)
  }
  walk(document.body)
  return found
}
"""


def marked(message: str) -> str:
    return f"{BEGINS}{message.rpartition(CONTEXT_SEPARATOR)[2]}{ENDS}"


@pytest.fixture
def marking(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever is translated stands in brackets; what was kept without them is forgotten."""
    forget()
    monkeypatch.setattr(DjangoTranslation, "gettext", lambda self, message: marked(message))
    monkeypatch.setattr(
        DjangoTranslation,
        "ngettext",
        lambda self, one, many, number: marked(one if number == 1 else many),
    )
    yield
    forget()


def forget() -> None:
    """Let go of drawn lessons and of names of countries."""
    cache.clear()
    country_names._named.cache_clear()


def unmarked(pieces: list[str]) -> Iterator[str]:
    """What stands outside of all brackets; they may open in one piece and close in another."""
    depth = 0
    for piece in pieces:
        text = ""
        for letter in piece:
            depth += (letter == BEGINS) - (letter == ENDS)
            text += letter if depth == 0 and letter != ENDS else " "
        if text.strip():
            yield " ".join(text.split())


def written() -> str:
    """Everything that people wrote into the site."""
    written_in = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    rows = [row for model in written_in for row in model._default_manager.all()]
    return " ".join(strip_tags(serializers.serialize("json", rows, ensure_ascii=False)).split())


def forgotten(pieces: list[str], data: str) -> list[str]:
    return [
        text
        for text in unmarked(pieces)
        if text not in data
        and any(word not in data and word.lower() not in NAMES for word in WORD.findall(text))
    ]


@pytest.mark.usefixtures("marking")
@pytest.mark.parametrize("name", named(SITE))
def test_every_word_of_ours_can_be_translated(open_as: Open, world: World, name: str) -> None:
    scene = named(SITE)[name]
    page = open_as(scene.who)
    go(page, world, scene)
    pieces = [page.title(), *page.evaluate(WORDS)]

    assert any(BEGINS in piece for piece in pieces)
    found = forgotten(pieces, written())
    assert not found, "\n".join(found)


def test_a_forgotten_word_is_found() -> None:
    pieces = [f"{BEGINS}Marked ", "by a link", f" here{ENDS} Ana", "Forgotten", "12:30"]

    assert forgotten(pieces, "Ana") == ["Forgotten"]
