"""The order inside a room: enums, models, deeds, forms, views, urls; and the pure parts."""

from pathlib import Path

import pytest

from tests.architecture.plan import (
    DOORS,
    ROOT,
    floors,
    imports,
    imports_at_any_depth,
    module_file,
    relative,
    room_files,
)

PURE = [
    "charts.examples", "progress.review", "quizzes.grading", "quizzes.papers",
    "readiness.verdicts", "readiness.dates",
    "readiness.rules", "readiness.rules.facts", "readiness.rules.findings",
    "readiness.rules.changes", "readiness.rules.judging", "readiness.rules.scopes",
    "readiness.rules.versions", "reminders.timing",
]  # fmt: skip


def own(names: frozenset[str]) -> set[str]:
    return {name for name in names if name.split(".")[0] in floors()}


def doors_among(names: set[str]) -> set[str]:
    return {name for name in names if DOORS & set(name.split("."))}


def is_model(path: Path) -> bool:
    return "models" in (path.stem, path.parent.name)


def is_door(path: Path) -> bool:
    return bool(DOORS & {path.stem, *path.relative_to(ROOT).parts}) or path.stem == "apps"


MODELS = [path for path in room_files() if is_model(path)]
DEEDS = [path for path in room_files() if not is_model(path) and not is_door(path)]


@pytest.mark.parametrize("path", MODELS, ids=relative)
def test_models_know_no_doors(path: Path) -> None:
    assert doors_among(own(imports(path))) == set()


@pytest.mark.parametrize(
    "path", [path for path in DEEDS if not relative(path).startswith("training/")], ids=relative
)
def test_deeds_know_no_doors(path: Path) -> None:
    assert doors_among(own(imports(path))) == set()


@pytest.mark.parametrize("name", PURE)
def test_the_heart_is_plain_python(name: str) -> None:
    path = module_file(name)
    assert path is not None

    frameworks = {"django", "wagtail", "modelcluster"}
    used = {found.split(".")[0] for found in imports_at_any_depth(path)}

    assert used & frameworks == set()


def test_every_room_is_on_a_floor() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/apps.py")}

    assert rooms == set(floors())
