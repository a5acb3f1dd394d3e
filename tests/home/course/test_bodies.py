import datetime as dt

import pytest
from wagtail import blocks

from home.course.bodies import comparable, stream
from home.course.reading import ContentError


class TaskBlock(blocks.StructBlock):
    text = blocks.CharBlock()
    note = blocks.CharBlock(required=False)


class ListOfTasksBlock(blocks.StructBlock):
    title = blocks.CharBlock()
    tasks = blocks.ListBlock(TaskBlock())


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock()
    todo = ListOfTasksBlock()
    day = blocks.DateBlock()
    inner = blocks.StreamBlock([("text", blocks.RichTextBlock())])


def test_prose_becomes_rich_text_and_one_line_stays_one_line() -> None:
    assert stream(
        BodyBlock(), [{"text": "## Title\n\nText"}, {"todo": {"title": "To\ndo", "tasks": []}}]
    ) == [
        {"type": "text", "value": "<h2>Title</h2><p>Text</p>"},
        {"type": "todo", "value": {"title": "To do", "tasks": []}},
    ]


def test_a_plain_text_is_the_first_field_of_a_block_with_several() -> None:
    tasks = ["First.", {"text": "Second.", "note": "By Friday."}]

    [block] = stream(BodyBlock(), [{"todo": {"title": "To do", "tasks": tasks}}])

    assert block["value"]["tasks"] == [
        {"text": "First."},
        {"text": "Second.", "note": "By Friday."},
    ]


def test_streams_in_streams_and_dates() -> None:
    day = dt.date(2026, 11, 23)

    assert stream(BodyBlock(), [{"inner": [{"text": "In"}]}, {"day": day}]) == [
        {"type": "inner", "value": [{"type": "text", "value": "<p>In</p>"}]},
        {"type": "day", "value": day},
    ]


@pytest.mark.parametrize(
    "item", [{"video": "x"}, {"todo": {"titel": "x"}}, {"inner": [{"todo": "x"}]}]
)
def test_what_does_not_exist_is_named_with_what_does(item: dict[str, object]) -> None:
    with pytest.raises(ContentError, match=r"There is no block or field “.+” among: .+"):
        stream(BodyBlock(), [item])


def test_ids_and_types_of_dates_make_no_difference() -> None:
    stored = [{"id": "a", "type": "day", "value": "2026-11-23"}]
    loaded = [{"id": "b", "type": "day", "value": dt.date(2026, 11, 23)}]

    assert comparable(stored) == comparable(loaded) == [{"type": "day", "value": "2026-11-23"}]
