"""The house as its files show it: rooms, floors, sources and what they import."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

# The names of files and folders through which requests and people come in.
DOORS = {
    "adapters", "admin", "commands", "context_processors", "forms", "management", "menus",
    "middleware", "panels", "tasks", "templatetags", "urls", "views", "viewsets", "wagtail_hooks",
}  # fmt: skip


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def floors() -> dict[str, int]:
    """Each room's floor as the import contract lays them; the roof has the highest number."""
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {
        room.strip(): floor
        for floor, layer in enumerate(reversed(layers))
        for room in layer.split("|")
    }


def python_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


@cache
def room_files() -> tuple[Path, ...]:
    """Every Python file of every room, migrations left out."""
    return tuple(path for room in floors() for path in python_files(ROOT / room))


@cache
def our_files() -> tuple[Path, ...]:
    """The rooms' files and those around them: tests, scripts, benchmarks."""
    around = [ROOT / "tests", ROOT / "scripts", ROOT / "benchmarks"]
    return (*room_files(), *(path for folder in around for path in python_files(folder)))


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def module_name(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def module_file(name: str) -> Path | None:
    path = ROOT.joinpath(*name.split("."))
    candidates = (path.with_suffix(".py"), path / "__init__.py")
    return next((candidate for candidate in candidates if candidate.exists()), None)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def walk_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Every node that is there when the program runs."""
    for child in ast.iter_child_nodes(node):
        if not is_for_types_only(child):
            yield child
            yield from walk_run_time(child)


@cache
def imports(path: Path) -> frozenset[str]:
    """The modules, and the names taken from them, that a file imports at run time."""
    found: set[str] = set()
    for node in walk_run_time(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def imports_at_any_depth(path: Path) -> set[str]:
    """What a file imports, itself or through our own files that it imports."""
    found: set[str] = set()
    files, seen = [path], {path}
    while files:
        for name in imports(files.pop()):
            found.add(name)
            file = module_file(name)
            if file is not None and file not in seen:
                seen.add(file)
                files.append(file)
    return found
