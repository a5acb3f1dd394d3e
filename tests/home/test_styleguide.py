"""The styleguide: complete, for those who work in the CMS, and true to the files."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from home.styleguide.examples import GROUPS
from home.styleguide.parts import inventory, uses
from people.models import User
from tests.factories.people import TrainerFactory

COMPONENTS = Path(__file__).resolve().parents[2] / "templates" / "components"
SignIn = Callable[[User], Client]


@pytest.fixture
def trainer(db: None, signed_in: SignIn) -> Client:
    return signed_in(TrainerFactory.create())


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/styleguide/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_every_component_there_is_stands_in_it() -> None:
    shown = [one.template for group in GROUPS for one in group.components if one.is_partial]

    assert sorted(shown) == sorted(f"components/{path.name}" for path in COMPONENTS.iterdir())


def test_every_component_names_the_line_that_brings_it() -> None:
    wrong = [
        one.template
        for group in GROUPS
        for one in group.components
        if one.is_partial and f'{{% include "{one.template}"' not in one.use
    ]

    assert wrong == []


def test_each_is_drawn_or_says_where_it_stands() -> None:
    for group in GROUPS:
        for one in group.components:
            assert one.specimens or one.about, one.template


@pytest.mark.django_db
def test_participants_do_not_find_it(signed_in: SignIn, participant: User) -> None:
    assert signed_in(participant).get("/styleguide/").status_code == 404


def test_all_states_are_drawn(trainer: Client) -> None:
    html = page(trainer)

    for drawn in (
        "badge--overdue",
        "notice--error",
        "ring__part",
        "field--invalid",
        "chart--stacked",
        "chart--radar",
        "error-summary",
        "task-list__item--next",
    ):
        assert drawn in html, drawn
    assert "{% include &quot;components/badge.html&quot;" in html


def test_no_id_comes_twice(trainer: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page(trainer))

    assert sorted(ids) == sorted(set(ids))


def test_tabs_lead_to_sections_that_are_there(trainer: Client) -> None:
    html = page(trainer)
    tabs = re.findall(r'class="tabs__tab" href="#(\w+)"', html)

    assert len(tabs) == len(GROUPS) + 1
    assert all(re.search(rf'<section [^>]*id="{tab}"', html) for tab in tabs)


def test_the_table_is_put_in_order_by_its_heads_and_keeps_the_colours(trainer: Client) -> None:
    html = page(trainer, "?scheme=dark&order=-uses")
    numbers = [int(found) for found in re.findall(r'use it">(\d+)</td>', html)]

    assert numbers == sorted(numbers, reverse=True)
    assert 'aria-sort="descending"' in html
    assert 'href="?scheme=dark&amp;order=uses"' in html
    assert "scheme--dark" in html


def test_a_scheme_that_there_is_not_changes_nothing(trainer: Client) -> None:
    assert "scheme--" not in page(trainer, "?scheme=pink")


def test_uses_are_counted_in_the_templates_themselves() -> None:
    counted = {use.component.template: use.templates for use in inventory(GROUPS, ordering="name")}

    assert counted["components/field_words.html"] == 1
    assert counted["components/notice.html"] > 3
    assert uses()["components/nothing.html"] == 0


def test_who_works_in_the_cms_is_led_to_it(trainer: Client) -> None:
    assert "/styleguide/" in trainer.get("/admin/").content.decode()
