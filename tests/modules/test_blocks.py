import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import escape
from wagtail import blocks

from modules.blocks import LessonBlock
from modules.blocks.comparing import ComparisonBlock
from modules.blocks.illustrating import DIRECTED, DRAWINGS, IllustrationBlock
from modules.blocks.incidents import CriticalIncidentBlock
from modules.blocks.sources import SourceBlock

NEED_A_RECORD = {"audio", "download", "figure", "glossary_term", "knowledge_check", "video"}
TEACHING = sorted(set(LessonBlock().child_blocks) - NEED_A_RECORD)


def drawn(name: str, value: Any) -> str:
    block = LessonBlock().child_blocks[name]
    return block.render(block.normalize(value), context={"anchor": "part-1"})


@pytest.mark.parametrize("name", TEACHING)
def test_every_block_shows_and_describes_itself_to_the_author(name: str) -> None:
    block = LessonBlock().child_blocks[name]

    assert block.is_previewable
    assert block.get_description()
    assert str(block.label)
    assert block.meta.icon != "placeholder"
    assert block.render(block.get_preview_value(), context={"anchor": "part-1"}).strip()


@pytest.mark.parametrize("name", TEACHING)
def test_what_the_preview_shows_would_be_accepted(name: str) -> None:
    block = LessonBlock().child_blocks[name]

    block.clean(block.get_preview_value())


@pytest.mark.parametrize("name", ["France", "Students in south korea debate"])
def test_a_comparison_of_countries_is_refused(name: str) -> None:
    block = ComparisonBlock()
    value = block.get_preview_value()
    value["left_name"] = name

    with pytest.raises(blocks.StructBlockValidationError) as refused:
        block.clean(value)

    (message,) = refused.value.block_errors["left_name"].messages
    assert "is a country" in message
    assert "Compare ways of doing things" in message


def test_the_sense_of_two_practices_stands_below_them() -> None:
    html = drawn("comparison", ComparisonBlock().get_preview_value())

    assert html.index("Debate is expected") < html.index("May be read as thinking")
    assert html.index("May be read as thinking") < html.index("Both want the group to learn")


def test_an_incident_needs_two_sides() -> None:
    block = CriticalIncidentBlock()
    value = block.get_preview_value()
    value["perspectives"].pop()

    with pytest.raises(blocks.StructBlockValidationError) as refused:
        block.clean(value)

    assert list(refused.value.block_errors) == ["perspectives"]


def test_an_unfinished_incident_may_be_kept_as_a_draft() -> None:
    block = CriticalIncidentBlock()

    block.clean_deferred(block.to_python({"title": "Not yet written"}))


def test_the_sides_of_an_incident_stay_closed_until_opened() -> None:
    html = drawn("critical_incident", CriticalIncidentBlock().get_preview_value())

    before, _summary, after = html.partition("<details")
    assert "What could explain this" in before
    assert "office hour" not in before
    assert "office hour" in after


def test_a_source_cannot_have_been_read_in_the_future() -> None:
    block = SourceBlock()
    value = block.get_preview_value()
    value["consulted_on"] = dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=2)

    with pytest.raises(blocks.StructBlockValidationError) as refused:
        block.clean(value)

    assert "still to come" in str(refused.value.block_errors["consulted_on"].messages[0])


def test_an_unfinished_source_may_be_kept_as_a_draft() -> None:
    block = SourceBlock()

    assert block.clean_deferred(block.to_python({"title": "Law"}))["consulted_on"] is None


def test_too_many_key_points_are_too_many_to_remember() -> None:
    block = LessonBlock().child_blocks["key_points"]

    with pytest.raises(ValidationError):
        block.clean(block.normalize({"points": ["One point"] * 8}))


@pytest.mark.parametrize(
    ("tone", "word"), [("note", "Good to know"), ("try", "Try it"), ("care", "Take care")]
)
def test_a_callout_says_what_it_is(tone: str, word: str) -> None:
    html = drawn("callout", {"tone": tone, "text": "<p>Ask first.</p>"})

    assert word in html
    assert "Ask first." in html


def test_a_checklist_says_where_to_find_out() -> None:
    html = drawn(
        "checklist",
        {
            "title": "Before you go",
            "tasks": [{"text": "Call", "note": "Ask the office."}, {"text": "Pack", "note": ""}],
        },
    )

    assert html.count("<li>") == 2
    assert "Ask the office." in html


def test_an_author_s_words_cannot_become_markup() -> None:
    assert "<script>" not in drawn("reflection", {"prompt": "<script>", "minutes": 1})


def test_a_source_gives_link_and_day() -> None:
    html = drawn("source", SourceBlock().get_preview_value())

    assert 'href="https://example.org/advice"' in html
    assert "2026" in html


@pytest.mark.parametrize(
    ("name", "lines"),
    [("critical_incident", "perspectives"), ("checklist", "tasks"), ("key_points", "points")],
)
def test_a_new_block_has_as_many_lines_as_it_needs(name: str, lines: str) -> None:
    block = LessonBlock().child_blocks[name]

    assert len(block.get_default()[lines]) == block.child_blocks[lines].meta.min_num


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("branching_scenario", "scenes"),
        ("checklist", "tasks"),
        ("critical_incident", "perspectives"),
    ],
)
def test_the_items_of_a_new_block_have_the_defaults_of_their_fields(name: str, items: str) -> None:
    block = LessonBlock().child_blocks[name]
    begun = block.get_default()[items]

    fields = block.child_blocks[items].child_block.child_blocks
    assert [set(item) for item in begun] == [set(fields)] * 2


def test_every_drawing_is_there_and_says_what_it_shows() -> None:
    files = {path.stem for path in (settings.BASE_DIR / "static/img/course").glob("*.svg")}

    assert files == set(DRAWINGS)
    assert set(DRAWINGS) > DIRECTED
    block = IllustrationBlock()
    for name, (_label, shows) in DRAWINGS.items():
        page = block.render(block.to_python({"drawing": name, "caption": "A caption"}))
        assert f'alt="{escape(shows)}"' in page
        assert "A caption" in page
        assert ("figure--directed" in page) == (name in DIRECTED)
