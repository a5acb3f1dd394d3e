"""The catalogues of translations in locale/: renewed from the source, or compiled for Django.

    .venv/bin/python scripts/messages.py renew       after strings were added or changed
    .venv/bin/python scripts/messages.py compile     .po to .mo; at once when nothing changed

Babel does the work, so that no machine needs GNU gettext. There are no line
numbers, no wrapping and no dates of renewal in a catalogue: what differs between
two versions of it is what differs in words.
"""

import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
NOT_SOURCE = {"tests", "docs", "benchmarks", "scripts", "var", "build", "migrations"}
TEMPLATES = {".html", ".txt"}
PLURALS = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "pgettext_lazy", *PLURALS}
COMMENTS = ["Translators:"]
HEADERS = ("Language:", "Plural-Forms", "MIME-Version", "Content-")


def sources() -> list[Path]:
    """Every Python file and every template of the project, in a fixed order."""
    folders = [
        folder
        for folder in ROOT.iterdir()
        if folder.is_dir() and folder.name not in NOT_SOURCE and not folder.name.startswith(".")
    ]
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if (path.suffix == ".py" or (path.suffix in TEMPLATES and "templates" in path.parts))
        and not NOT_SOURCE & set(path.relative_to(ROOT).parts)
    )


def as_python(path: Path) -> str:
    """The source, or what Django makes of a template for tools that read Python."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    lines = templatize(text, origin=str(path)).splitlines()
    return "\n".join(line.strip() for line in lines)


def messages_of(path: Path) -> Iterator[tuple[tuple[str, ...], str | None, list[str]]]:
    """Message (and its plural), context and comments of each marked string of a file."""
    file = io.BytesIO(as_python(path).encode())
    found: Iterator[Any] = extract_python(file, dict.fromkeys(CALLS), COMMENTS, {})
    for _line, call, arguments, comments in found:
        texts = list(arguments) if isinstance(arguments, list | tuple) else [arguments]
        context = texts.pop(0) if "pgettext" in call else None
        forms = tuple(texts[: 2 if call in PLURALS else 1])
        if all(forms):
            yield forms, context, list(comments)


def template_of(paths: Iterable[Path]) -> Catalog:
    """All messages of the source, without translations."""
    template = Catalog(charset="utf-8")
    for path in paths:
        for message, context, comments in messages_of(path):
            template.add(
                message[0] if len(message) == 1 else message,
                locations=[(str(path.relative_to(ROOT)), 1)],
                auto_comments=comments,
                context=context,
            )
    return template


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def write(path: Path, catalogue: Catalog) -> None:
    """Sorted, each message on one line, and of the headers only those that say something."""
    file = io.BytesIO()
    write_po(file, catalogue, width=0, sort_output=True, include_lineno=False, ignore_obsolete=True)
    head, *rest = file.getvalue().decode().split("\n\n")
    lines = [
        line
        for line in head.splitlines()
        if not line.startswith('"') or line.startswith(tuple(f'"{name}' for name in HEADERS))
    ]
    path.write_text("\n\n".join(["\n".join(lines), *rest]), encoding="utf-8")


def is_translated(message: Message) -> bool:
    forms = [message.string] if isinstance(message.string, str) else message.string or []
    return bool(forms) and all(forms) and not message.fuzzy


def renew() -> None:
    """Bring every catalogue up to the source: what is new comes empty, what is gone goes."""
    template = template_of(sources())
    for path in catalogues():
        catalogue = read(path)
        template.creation_date = catalogue.creation_date
        catalogue.update(template, no_fuzzy_matching=True)
        write(path, catalogue)
        empty = [message for message in catalogue if message.id and not is_translated(message)]
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} messages, {len(empty)} untranslated")


def is_compiled(source: Path, target: Path) -> bool:
    return target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns


def compile_one(source: Path, target: Path) -> None:
    """Write the .mo whole or not at all. What is not translated stays out: it reads in English."""
    catalogue = read(source)
    for message in list(catalogue):
        if message.id and not is_translated(message):
            catalogue.delete(message.id, context=message.context)
    half = target.with_suffix(f".{os.getpid()}")
    with half.open("wb") as file:
        write_mo(file, catalogue)
    half.replace(target)


def compile_all() -> None:
    for source in catalogues():
        target = source.with_suffix(".mo")
        if not is_compiled(source, target):
            compile_one(source, target)


if __name__ == "__main__":
    {"renew": renew, "compile": compile_all}[sys.argv[1]]()
