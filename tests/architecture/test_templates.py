"""Every template compiles, and no page of ours carries inline code that the policy forbids."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.backends.django import DjangoTemplates

from tests.architecture.plan import ROOT, relative

TEMPLATES = sorted(
    path for path in ROOT.glob("**/templates/**/*.html") if ".venv" not in path.parts
)
# Wagtail's own admin pages are under another policy.
OF_THE_ADMIN = re.compile(r"""\{%\s*extends\s+["']wagtail""")
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/json")   # a script's own text
      | <style\b                                               # a style's own text
      | <[a-z][^>]*\sstyle=                                    # a style attribute
      | <[a-z][^>]*\son[a-z]+=                                 # an event handler
      | javascript:""",
    re.VERBOSE | re.IGNORECASE,
)
# Wagtail sizes an icon in a button only where it is told of it; else it hides the words.
BUTTON_WITH_ICON = re.compile(
    r"""<(?:a|button)\s(?:[^>{]|\{\{.*?\}\}|\{%.*?%\})*>\{%\sicon\s""", re.VERBOSE
)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)


def is_for_the_admin(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return "admin" in path.relative_to(ROOT).parts or bool(OF_THE_ADMIN.search(text))


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_every_template_compiles(path: Path) -> None:
    django = engines["django"]
    assert isinstance(django, DjangoTemplates)
    django.from_string(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if not is_for_the_admin(path)], ids=relative
)
def test_no_page_carries_inline_code(path: Path) -> None:
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))

    assert INLINE.findall(text) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<script type='module'>run()</script>",
        "<style>p { color: red }</style>",
        '<p class="x" style="color: red">',
        '<button onclick="run()">',
        '<a href="javascript:run()">',
    ],
)
def test_inline_code_would_be_found(markup: str) -> None:
    assert INLINE.search(markup)


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="/static/js/a.js" defer></script>',
        '<script type="application/json" id="data">{}</script>',
        '<p data-once="only">one on=</p>',
    ],
)
def test_what_the_policy_allows_is_not_taken_for_it(markup: str) -> None:
    assert not INLINE.search(markup)


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_an_icon_in_a_button_of_the_admin_has_a_size(path: Path) -> None:
    buttons = BUTTON_WITH_ICON.findall(path.read_text(encoding="utf-8"))
    own = [one for one in buttons if re.search(r'class="button[ "]', one)]

    assert [one for one in own if "button--icon" not in one] == []
