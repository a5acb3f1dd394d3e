"""A branching scenario for its author and for its reader."""

from typing import Any

import pytest
from wagtail import blocks

from modules.blocks.branching import BranchingScenarioBlock
from modules.blocks.observing import ObservationExerciseBlock


def scene(name: str, *leads_to: str) -> dict[str, Any]:
    choices = [
        {"text": "Do so", "for_you": "Well.", "for_them": "Well.", "goes_to": goes_to}
        for goes_to in leads_to
    ]
    return {"name": name, "text": "<p>It happens.</p>", "choices": choices}


def cleaned(*scenes: dict[str, Any]) -> Any:
    block = BranchingScenarioBlock()
    value = block.get_preview_value()
    value["scenes"] = block.child_blocks["scenes"].normalize(list(scenes))
    return block.clean(value)


def refusal(*scenes: dict[str, Any]) -> Any:
    """What is wrong with the scenes, by place and field, as the editor gets it."""
    with pytest.raises(blocks.StructBlockValidationError) as refused:
        cleaned(*scenes)
    return refused.value.as_json_data()["blockErrors"]["scenes"]["blockErrors"]


def test_a_choice_that_goes_to_no_scene_says_which_name_is_missing() -> None:
    errors = refusal(scene("start", "", "lost"))

    [message] = errors[0]["blockErrors"]["choices"]["blockErrors"][1]["blockErrors"]["goes_to"][
        "messages"
    ]
    assert message.startswith("No scene is called “lost”.")


def test_a_scene_that_nobody_reaches_is_named() -> None:
    errors = refusal(scene("start", "", ""), scene("island"))

    assert "No path from the first scene" in errors[1]["blockErrors"]["name"]["messages"][0]


def test_a_loop_is_refused_at_the_choices_that_make_it() -> None:
    errors = refusal(scene("start", "next", ""), scene("next", "start", ""))

    for place in (0, 1):
        choices = errors[place]["blockErrors"]["choices"]["blockErrors"]
        assert "would never end" in choices[0]["blockErrors"]["goes_to"]["messages"][0]


def test_one_choice_is_none() -> None:
    errors = refusal(scene("start", "end"), scene("end"))

    assert "nothing to choose" in errors[0]["blockErrors"]["choices"]["messages"][0]


def test_two_scenes_of_one_name_and_a_name_that_is_none() -> None:
    errors = refusal(scene("start", "end", ""), scene("end"), scene("end"))
    assert "Another scene has this name" in errors[2]["blockErrors"]["name"]["messages"][0]

    errors = refusal(scene("The start!"))
    assert "small letters" in errors[0]["blockErrors"]["name"]["messages"][0]


def test_five_choices_are_too_many() -> None:
    errors = refusal(scene("start", "", "", "", "", ""))

    assert "maximum" in errors[0]["blockErrors"]["choices"]["messages"][0]


def test_an_unfinished_story_may_be_kept_as_a_draft() -> None:
    block = BranchingScenarioBlock()

    draft = block.clean_deferred(block.to_python({"scenes": [scene("start", "not-written-yet")]}))

    assert draft["scenes"][0]["name"] == "start"


def test_each_choice_shows_both_sides_and_leads_on_by_an_address_of_the_page() -> None:
    value = cleaned(scene("start", "later", ""), scene("later"))

    html = BranchingScenarioBlock().render(value, context={"anchor": "part-1"})

    assert html.count("For you") == html.count("For them") == 2
    assert html.count('href="#part-1-later"') == html.count('id="part-1-later"') == 1
    assert html.count("Here this way ends.") == 1
    assert html.count("How it ends") == 1
    assert 'href="#part-1-start"' in html


def test_describing_interpreting_and_finding_out_open_one_after_another() -> None:
    block = ObservationExerciseBlock()

    html = block.render(block.get_preview_value(), context={"anchor": "part-1"})

    assert html.count("<details") == 3
    assert html.index("She stamped the form.") < html.index("She is unfriendly.")
    assert html.index("She is unfriendly.") < html.index("Is there anything else")


def test_one_reading_is_not_enough() -> None:
    block = ObservationExerciseBlock()
    value = block.get_preview_value()
    value["interpretations"].pop()

    with pytest.raises(blocks.StructBlockValidationError) as refused:
        block.clean(value)

    assert list(refused.value.block_errors) == ["interpretations"]
