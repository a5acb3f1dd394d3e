"""Reads a framework from the readable file that Sojourn ships it in."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.apps.registry import Apps

DATA = Path(__file__).resolve().parent / "data"
HOUSE_FRAMEWORK = DATA / "house_framework.json"


def read_framework(path: Path) -> dict[str, Any]:
    """Return the file's content: the framework's texts, its levels and its dimensions."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def load_framework(apps: "Apps", content: dict[str, Any], *, in_use: bool) -> None:
    """Write a framework with dimensions, levels and crosswalk; never over an existing one.

    Takes the registry of models, so that a migration can hand in its historical one.
    """
    Framework = apps.get_model("competence", "Framework")
    Dimension = apps.get_model("competence", "Dimension")
    Level = apps.get_model("competence", "Level")
    Correspondence = apps.get_model("competence", "Correspondence")

    texts = ("name", "version", "description", "credit", "licence_note")
    framework, is_new = Framework.objects.get_or_create(
        code=content["code"],
        defaults={**{text: content[text] for text in texts}, "is_default": in_use},
    )
    if not is_new:
        return
    for order, level in enumerate(content["levels"]):
        Level.objects.create(framework=framework, sort_order=order, **level)
    for order, entry in enumerate(content["dimensions"]):
        dimension = Dimension.objects.create(
            framework=framework,
            sort_order=order,
            code=entry["code"],
            name=entry["name"],
            description=entry["description"],
        )
        Correspondence.objects.bulk_create(
            Correspondence(dimension=dimension, source=source, name=name)
            for source, names in entry["crosswalk"].items()
            for name in names
        )
