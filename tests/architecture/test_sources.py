"""What a reader may count on: short files, short functions, and names that say something."""

import ast
from pathlib import Path

import pytest

from tests.architecture.plan import (
    DOORS,
    ROOT,
    our_files,
    python_files,
    relative,
    room_files,
    tree,
    walk_run_time,
)

MOST_LINES = 400
MOST_LINES_OF_TESTS = 450
MOST_LINES_OF_A_FUNCTION = 40
CLOCKS = {"timezone.now", "timezone.localdate", "dt.datetime.now", "dt.date.today"}
EMPTY_NAMES = {"common", "core", "helpers", "managers", "misc", "services", "utils"}


@pytest.mark.parametrize("path", our_files(), ids=relative)
def test_no_file_is_long(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    assert len(lines) <= (
        MOST_LINES_OF_TESTS if path.is_relative_to(ROOT / "tests") else MOST_LINES
    )


@pytest.mark.parametrize("path", our_files(), ids=relative)
def test_no_function_is_long(path: Path) -> None:
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_no_name_means_everything() -> None:
    names = {relative(path) for path in our_files() if EMPTY_NAMES & {path.stem, path.parent.name}}

    assert names == set()


def clock_readings(path: Path) -> set[str]:
    """Where the clock is read; `as_of or timezone.now()` is a parameter with a default."""
    nodes = list(walk_run_time(tree(path)))
    defaults = {
        id(node.values[-1])
        for node in nodes
        if isinstance(node, ast.BoolOp) and ast.unparse(node.values[0]) in {"as_of", "at"}
    }
    return {
        f"{relative(path)}:{node.lineno}"
        for node in nodes
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in CLOCKS
        and id(node) not in defaults
    }


def test_only_doors_read_the_clock() -> None:
    inside = [
        path for path in room_files() if not DOORS & {path.stem, *path.relative_to(ROOT).parts}
    ]

    assert set().union(*map(clock_readings, inside)) == set()


@pytest.mark.parametrize(
    "path", [path for path in python_files(ROOT) if path.parent == ROOT], ids=relative
)
def test_nothing_but_manage_lies_at_the_top(path: Path) -> None:
    assert path.name == "manage.py"
