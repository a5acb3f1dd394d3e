"""The shared parts of pages: what they show, and that each says it in words, too."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from readiness.verdicts import VerdictStatus

ROOT = Path(__file__).resolve().parents[2]
ICONS = ROOT / "static" / "img" / "icons.svg"
OURS = [
    path
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if not path.is_relative_to(ROOT / "templates" / "wagtailadmin")
]


class TravelForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the passport.")
    way = forms.ChoiceField(
        label="Way", choices=[("train", "Train"), ("ship", "Ship")], widget=forms.RadioSelect
    )
    insured = forms.BooleanField(label="I am insured")
    token = forms.CharField(widget=forms.HiddenInput, initial="t")

    def clean(self) -> dict[str, object]:
        raise forms.ValidationError("The ship does not sail.")


def field(form: forms.Form, name: str) -> str:
    return render_to_string("components/field.html", {"field": form[name]})


def icon_names() -> set[str]:
    root = ET.parse(ICONS).getroot()  # noqa: S314  our own file.
    return {str(symbol.get("id")) for symbol in root}


@pytest.mark.parametrize("status", list(VerdictStatus))
def test_a_status_has_icon_word_and_colour(status: VerdictStatus) -> None:
    html = render_to_string("components/badge.html", {"status": status.value, "label": "Word"})

    assert f"badge--{status.value}" in html
    assert f"icons.svg#{status.value}" in html
    assert 'aria-hidden="true"' in html
    assert "Word</span>" in html.replace("\n", "")
    assert status.value in icon_names()
    css = (ROOT / "static" / "css" / "status.css").read_text(encoding="utf-8")
    assert f"badge--{status.value}" in css or status == VerdictStatus.PENDING


def test_progress_is_said_in_words() -> None:
    html = render_to_string("components/progress.html", {"value": 0, "max": 3, "label": "Steps"})

    assert "0 / 3" in html
    assert 'value="0" max="3" aria-label="Steps"' in html


def test_a_ring_says_its_share_in_words() -> None:
    ring = {"value": 2, "max": 1200, "words": "2 of 1200"}

    html = render_to_string("components/ring.html", ring)
    assert 'pathLength="1200" stroke-dasharray="2 1200"' in html
    assert "<span>2 of 1200</span>" in html
    assert "ring__part" not in render_to_string("components/ring.html", ring | {"value": 0})


def test_a_dialog_is_a_link_to_the_page_that_asks() -> None:
    asked = {"id": "ask", "link": "/ask/", "label": "Ask", "title": "Sure?", "text": "It is final."}

    html = render_to_string("components/dialog.html", asked | {"yes": "Yes", "no": "No"})
    assert '<a href="/ask/">Ask</a>' in html
    assert '<form class="stack" method="post" action="/ask/">' in html
    assert 'aria-labelledby="ask-title" aria-describedby="ask-text"' in html
    assert 'formmethod="dialog">No</button>' in html


@pytest.mark.parametrize("way", ["ascending", "none"])
def test_a_head_to_sort_by_says_how_the_table_is_sorted(way: str) -> None:
    one = {"way": way, "url": "?order=name", "label": "Name"}

    html = render_to_string("components/order_head.html", {"one": one})
    assert f'aria-sort="{way}"' in html
    assert 'href="?order=name">Name</a>' in html
    bare = {"one": {"label": "Name"}}
    assert (
        render_to_string("components/order_head.html", bare).strip() == '<th scope="col">Name</th>'
    )


def test_a_status_is_read_out_politely() -> None:
    html = render_to_string("components/status.html", {"text": "Saved", "name": "saved"})

    assert '<p class="muted" role="status" data-saved>Saved</p>' in html


def test_a_field_ties_its_help_and_its_error_to_the_input() -> None:
    html = field(TravelForm({"name": ""}), "name")

    assert '<label for="id_name">Name</label>' in html
    assert 'id="id_name_helptext">As in the passport.' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_radios_stand_in_a_fieldset_each_with_a_big_target() -> None:
    html = field(TravelForm(), "way")

    assert "<legend>Way</legend>" in html
    assert html.count('<label class="choice"') == 2


def test_a_checkbox_is_one_target_with_its_words() -> None:
    html = field(TravelForm(), "insured")

    assert re.search(r'<label class="choice" for="id_insured"><input .*I am insured', html)


def test_a_hidden_field_shows_nothing() -> None:
    html = field(TravelForm(), "token")

    assert "label" not in html
    assert 'type="hidden"' in html


def test_the_error_summary_leads_to_each_field() -> None:
    html = render_to_string("components/error_summary.html", {"form": TravelForm({"name": ""})})

    assert "Something needs your attention" in html
    assert "The ship does not sail." in html
    assert 'href="#id_name"' in html
    assert 'href="#id_way' in html


def test_without_errors_there_is_no_summary() -> None:
    assert not render_to_string("components/error_summary.html", {"form": TravelForm()}).strip()


@pytest.mark.parametrize(
    ("kind", "icon"),
    [("success", "met"), ("warning", "overdue"), ("error", "failed"), ("info", "info")],
)
def test_a_notice_has_an_icon_of_its_kind(kind: str, icon: str) -> None:
    html = render_to_string("components/notice.html", {"kind": kind, "text": "Saved."})

    assert f"notice--{kind}" in html
    assert f"icons.svg#{icon}" in html


def test_what_is_empty_says_what_to_do() -> None:
    whole = {"title": "Nothing", "text": "Do this.", "link": "/there/", "label": "There"}

    html = render_to_string("components/empty.html", whole)
    assert '<a class="button" href="/there/">There</a>' in html
    assert "<a" not in render_to_string("components/empty.html", {"title": "Nothing"})


def test_pages_keep_what_was_asked() -> None:
    request = RequestFactory().get("/search/", {"query": "a b", "page": "2"})
    page = Paginator(range(30), 10).page(2)

    html = render_to_string("components/pagination.html", {"page": page}, request)

    assert 'href="?query=a+b&amp;page=1"' in html
    assert 'href="?query=a+b&amp;page=3"' in html
    assert "Page 2 of 3" in html


def test_breadcrumbs_end_where_one_is() -> None:
    crumbs = [{"title": "Learn", "url": "/learn/"}, {"title": "Silence", "url": ""}]

    html = render_to_string("components/breadcrumbs.html", {"crumbs": crumbs})

    assert '<a href="/learn/">Learn</a>' in html
    assert '<span aria-current="page">Silence</span>' in html


def test_messages_are_announced() -> None:
    template = Template('{% include "components/messages.html" %}')

    html = template.render(Context({"messages": [{"level_tag": "success"}]}))

    assert 'role="status"' in html


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_hold_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", text)


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_name_icons_that_exist(path: Path) -> None:
    named = re.findall(r'components/icon\.html" with name="([a-z]+)"', path.read_text("utf-8"))

    assert set(named) <= icon_names()
