"""Reads the content files: TOML, one file for each lesson, module and quiz. Plain Python.

A thing is known for ever by the name of its file or folder, without the number that
orders it: `modules/3-safety-law-and-ethics` is `safety-law-and-ethics`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

CONTENT = Path(__file__).parent / "content"
TRANSLATIONS = CONTENT / "translations"
NAMESPACE = UUID("d2f0a2cc-53c5-5d0e-9d43-5b1ddf0f7c11")
ORDER = re.compile(r"^\d+-")


class ContentError(Exception):
    """A content file says something that cannot be loaded; the message names the file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One content file: the name it is known by, and what it says."""

    name: str
    data: dict[str, Any]


def key(*names: str) -> UUID:
    """Return the identity of a loaded thing: the same on every site and every day."""
    return uuid5(NAMESPACE, "/".join(names))


def name_of(path: Path) -> str:
    return ORDER.sub("", path.stem if path.suffix == ".toml" else path.name)


def read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"{path.relative_to(path.parents[1])}: {error}") from error


def site(language: str = "") -> dict[str, Any]:
    """Return what the front door and the catalogue say, in the original or another language."""
    return read((TRANSLATIONS / language if language else CONTENT) / "site.toml")


def modules() -> Iterator[tuple[Entry, list[Entry]]]:
    """Yield each module with its lessons, in order."""
    return _modules_in(CONTENT / "modules")


def translations() -> Iterator[tuple[str, Iterator[tuple[Entry, list[Entry]]]]]:
    """Yield each language with the modules that are translated into it."""
    for folder in sorted(path for path in TRANSLATIONS.iterdir() if path.is_dir()):
        yield folder.name, _modules_in(folder)


def _modules_in(place: Path) -> Iterator[tuple[Entry, list[Entry]]]:
    for folder in sorted(path for path in place.iterdir() if path.is_dir()):
        files = sorted(path for path in folder.glob("*.toml") if path.name != "module.toml")
        lessons = [Entry(name_of(path), read(path)) for path in files]
        yield Entry(name_of(folder), read(folder / "module.toml")), lessons


def quizzes() -> Iterator[Entry]:
    for path in sorted((CONTENT / "quizzes").glob("*.toml")):
        yield Entry(name_of(path), read(path))


def guides() -> Iterator[Entry]:
    """Yield each guide, the general one first."""
    for path in sorted((CONTENT / "guides").glob("*.toml")):
        yield Entry(name_of(path), read(path))


def terms(language: str = "") -> Iterator[Entry]:
    """Yield the glossary's terms, in the original or what is translated into a language."""
    path = (TRANSLATIONS / language if language else CONTENT) / "glossary.toml"
    if path.exists():
        for data in read(path)["terms"]:
            yield Entry(data["name"], data)
