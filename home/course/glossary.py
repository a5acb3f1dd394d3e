"""The terms of the glossary."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Locale

from home.course.ledger import Ledger
from home.course.prose import rich_text
from home.course.reading import ContentError, Entry, key, terms
from modules.models import GlossaryTerm
from people.models import User


def load_glossary(ledger: Ledger, *, author: User | None) -> None:
    """Make and publish the terms that are missing; name those that were edited.

    A term that somebody wrote by hand under the same word is left alone and named.

    Raises:
        ContentError: a term leads to one that the file does not have.
    """
    entries = list(terms())
    known = {entry.name for entry in entries}
    made = []
    for entry in entries:
        unknown = set(entry.data.get("see", ())) - known
        if unknown:
            raise ContentError(f"glossary/{entry.name}: there is no term {min(unknown)}.")
        if loaded(entry.name) is None and not _is_written(entry):
            made.append((entry, _make(entry)))
    for entry, term in made:
        _publish(term, entry, author)
        ledger.made.append(f"term “{term}”")
    for entry in entries:
        if not _says(loaded(entry.name), entry):
            ledger.left_alone.append(f"term “{entry.data['term']}”")


def loaded(name: str) -> GlossaryTerm | None:
    """Return the term of this name as it was loaded, in the site's own language."""
    own = GlossaryTerm.objects.originals().filter(translation_key=key("term", name))
    return own.order_by("pk").first()


def translated_terms(language: str) -> Iterator[tuple[GlossaryTerm, dict[str, Any]]]:
    """Yield each term that the files translate, with its words in the other language."""
    for entry in terms(language):
        term = loaded(entry.name)
        if term:
            definition = rich_text(entry.data["definition"])
            yield term, {"term": entry.data["term"], "definition": definition}


def _is_written(entry: Entry) -> bool:
    """Whether somebody has written a term of this word."""
    written = GlossaryTerm.objects.filter(locale=Locale.get_default())
    return written.filter(term__iexact=entry.data["term"]).exists()


def _says(term: GlossaryTerm | None, entry: Entry) -> bool:
    """Whether the term is out and says what its file says, of others what is there."""
    if term is None or term.has_unpublished_changes or not term.live:
        return False
    seen = {other.translation_key for other in term.see_also.all()}
    there = {key("term", name) for name in entry.data.get("see", ()) if loaded(name)}
    fields = _fields(entry)
    return {name: getattr(term, name) for name in fields} == fields and seen == there


def _fields(entry: Entry) -> dict[str, Any]:
    source = entry.data.get("source", {})
    return {
        "term": entry.data["term"],
        "definition": rich_text(entry.data["definition"]),
        "source_title": source.get("title", ""),
        "source_link": source.get("link", ""),
        "consulted_on": source.get("consulted_on"),
    }


def _make(entry: Entry) -> GlossaryTerm:
    return GlossaryTerm.objects.create(translation_key=key("term", entry.name), **_fields(entry))


def _publish(term: GlossaryTerm, entry: Entry, author: User | None) -> None:
    found = [loaded(name) for name in entry.data.get("see", ())]
    term.see_also = [other for other in found if other]
    revision = term.save_revision(user=author)
    revision.publish(user=author, skip_permission_checks=True)
