"""The glossary in the reader's language: by letter, by words, and what stands beside a term."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import strip_tags

from modules.languages import put_into_words
from modules.models import GlossaryTerm

OTHER = "#"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with the published terms to see as well, in the reader's words."""

    term: GlossaryTerm
    see_also: Sequence[GlossaryTerm] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """The entries below one letter; digits and signs stand below `#`."""

    name: str
    entries: Sequence[Entry]

    @property
    def anchor(self) -> str:
        return "letter-other" if self.name == OTHER else f"letter-{self.name}"


def published_terms() -> list[GlossaryTerm]:
    """Return every published term by the alphabet: two queries at most."""
    terms = list(GlossaryTerm.objects.live().originals())
    put_into_words(terms)
    return sorted(terms, key=lambda one: (plain(one.term), one.pk))


def entries_of(terms: Collection[GlossaryTerm], shown: Iterable[GlossaryTerm]) -> list[Entry]:
    """Return the shown ones of the terms with what stands beside each: one query."""
    by_id = {term.pk: term for term in terms}
    beside: dict[int, list[GlossaryTerm]] = {}
    pairs = GlossaryTerm.see_also.through.objects.filter(from_glossaryterm__in=by_id)
    for one, other in pairs.values_list("from_glossaryterm", "to_glossaryterm"):
        if other in by_id:
            beside.setdefault(one, []).append(by_id[other])
    return [
        Entry(term, sorted(beside.get(term.pk, ()), key=lambda one: plain(one.term)))
        for term in shown
    ]


def by_letter(entries: Iterable[Entry]) -> list[Letter]:
    """Return entries that are in order below their letters; signs and digits come last."""
    ordered = sorted(entries, key=lambda entry: letter_of(entry.term.term) == OTHER)
    grouped = groupby(ordered, key=lambda entry: letter_of(entry.term.term))
    return [Letter(name, tuple(some)) for name, some in grouped]


def matching(terms: Iterable[GlossaryTerm], query: str) -> list[GlossaryTerm]:
    """Return the terms in which each word of the query begins a word; best first.

    Accents and capitals do not matter. Without a word in the query nothing matches.
    """
    words = re.findall(r"\w+", plain(query))
    if not words:
        return []
    found = [
        term for term in terms if _has_all(words, f"{term.term} {strip_tags(term.definition)}")
    ]
    return sorted(found, key=lambda term: not _has_all(words, term.term))


def letter_of(term: str) -> str:
    first = plain(term)[:1].upper()
    return first if first.isalpha() else OTHER


def plain(words: str) -> str:
    """Return the words without accents and capitals, to be compared."""
    parts = unicodedata.normalize("NFD", words)
    return "".join(one for one in parts if not unicodedata.combining(one)).casefold()


def _has_all(words: Iterable[str], text: str) -> bool:
    compared = plain(text)
    return all(re.search(rf"\b{re.escape(word)}", compared) for word in words)
