"""The documents keep up with the house: links lead somewhere, settings are explained."""

import re
from pathlib import Path

import pytest

from tests.architecture.plan import ROOT, floors, relative

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_links_lead_somewhere(path: Path) -> None:
    targets = LINK.findall(path.read_text(encoding="utf-8"))

    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_the_architecture_is_read_in_one_go_and_names_every_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 120
    assert [room for room in floors() if f"**{room}/**" not in text] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


def test_every_setting_of_the_environment_is_explained() -> None:
    files = [*ROOT.glob("training/**/*.py"), ROOT / "scripts" / "prepare.py"]
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    names = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", source))
    names |= set(re.findall(r"environ\.get\([\"']([A-Z_]+)[\"']", source))
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")

    names -= {"DJANGO_SETTINGS_MODULE"}
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []
    assert len(names) > 10
