"""What a screen reader is told, kept as files that people can read and judge.

SOJOURN_RENEW=1 writes them anew; look at what changed before you keep it.
"""

import os
import re
from pathlib import Path

import pytest

from tests.browser.access.conftest import Open
from tests.browser.access.scenes import CMS, SITE, go, named
from tests.browser.access.world import World

SPOKEN = Path(__file__).parent / "spoken"
SCENES = {
    "question": SITE,
    "check answers": SITE,
    "result, not passed": SITE,
    "my exchange, ready": SITE,
    "placement": CMS,
}
# What differs from one run to the next: keys, days, times, and numbers that tests give in turn.
PASSING = [
    (re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "KEY"),
    (re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"), "WEEKDAY"),
    (re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?=,)"), "WEEKDAY"),
    (re.compile(r"\b\d{1,2} (?:Jan|Feb|March|April|May|June|July|Aug|Sep|Oct|Nov|Dec)\w*\.?"
                r"(?: \d{4})?"), "DAY"),
    (re.compile(r"\b\d+ days\b"), "N days"),
    (re.compile(r"/(module|preparation|workshop|lesson)-\d+/"), r"/\1-N/"),
    (re.compile(r"/(inspect|notes)/\d+/"), r"/\1/N/"),
    (re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?(?: [ap]\.m\.)?|\bnoon\b|\bmidnight\b"), "TIME"),
    (re.compile(r"\b(Module|Lesson|Option|Feedback|Stem|Question|Programme|Room|Given|Family"
                r"|University|Office|person|module|Preparation|Workshop|Requirements)"
                r" ?\d+(?!\d* of)"), r"\1 N"),
]  # fmt: skip


def settled(text: str) -> str:
    for pattern, word in PASSING:
        text = pattern.sub(word, text)
    return text.strip() + "\n"


@pytest.mark.parametrize("name", SCENES)
def test_a_screen_reader_is_told_what_the_file_says(open_as: Open, world: World, name: str) -> None:
    scene = named(SCENES[name])[name]
    page = open_as(scene.who, viewport={"width": 1280, "height": 900})
    go(page, world, scene)
    told = settled(page.get_by_role("main").aria_snapshot())
    file = SPOKEN / f"{name.replace(',', '').replace(' ', '_')}.yaml"
    if os.environ.get("SOJOURN_RENEW"):
        file.write_text(told, encoding="utf-8")

    assert told == file.read_text(encoding="utf-8")
