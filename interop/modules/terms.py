"""Terms of the glossary that lessons explain, on their way out and in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from wagtail.models import Locale

from interop.modules.faults import Fault, Problem, shown
from interop.modules.richtext import OWN_LINKS, Rewrite, cleaned
from interop.modules.shapes import ModuleFile, TermEntry
from interop.modules.streams import Find
from interop.modules.validity import invalid
from interop.modules.wording import features_of
from modules.models import GlossaryTerm
from people.models import User

CHECKED = {"term", "definition", "source_title", "source_link", "consulted_on"}


def defined(text: str, find: Rewrite, own_hosts: Iterable[str] = OWN_LINKS) -> str:
    return cleaned(
        text,
        features=features_of(GlossaryTerm, "definition"),
        rewrite=find,
        own_hosts=list(own_hosts),
    )


def term_entry(term: GlossaryTerm, find: Rewrite, own_hosts: Iterable[str]) -> TermEntry:
    return TermEntry(
        key=term.translation_key,
        language=term.locale.language_code,
        term=term.term,
        definition=defined(term.definition, find, own_hosts),
        source_title=term.source_title,
        source_link=term.source_link,
        consulted_on=term.consulted_on,
    )


def check_terms(file: ModuleFile, find: Find) -> Iterator[Problem]:
    """Yield what the glossary would not take."""
    seen = set()
    for entry in file.terms.values():
        term = _term(entry, find)
        wrong = list(invalid(term, entry.term, CHECKED))
        yield from wrong or _against_constraints(term)
        if (entry.term.lower(), entry.language) in seen:
            yield str(Fault.WRONG_VALUE), shown(entry.term)
        seen.add((entry.term.lower(), entry.language))


def _against_constraints(term: GlossaryTerm) -> Iterator[Problem]:
    try:
        term.validate_constraints(exclude={"locale"})
    except ValidationError as error:
        yield str(Fault.WRONG_VALUE), shown(f"{term.term}: {' '.join(error.messages)}")


def _term(entry: TermEntry, find: Find) -> GlossaryTerm:
    return GlossaryTerm(
        translation_key=entry.key,
        term=entry.term,
        definition=defined(entry.definition, find),
        source_title=entry.source_title,
        source_link=entry.source_link,
        consulted_on=entry.consulted_on,
        live=False,
        has_unpublished_changes=True,
    )


@dataclass(frozen=True)
class Terms:
    """The terms of a file that are here by key, or else by their word in that language."""

    here: Mapping[str, GlossaryTerm]

    def has_same(self, name: str, entry: TermEntry) -> bool:
        """Whether the term here says what the file says."""
        here = self.here[name].get_latest_revision_as_object()
        return (here.term, plain_words(here.definition)) == (
            entry.term,
            plain_words(entry.definition),
        )


def plain_words(text: str) -> str:
    return defined(text, lambda _kind, _name: None)


def looked_up(entries: Mapping[str, TermEntry]) -> Terms:
    """Find the terms of a file in the glossary, in one query."""
    wanted = Q(translation_key__in=[one.key for one in entries.values()])
    for one in entries.values():
        wanted |= Q(term__iexact=one.term, locale__language_code=one.language)
    found = list(GlossaryTerm.objects.filter(wanted).order_by("pk")) if entries else []
    here = {}
    for name, entry in entries.items():
        candidates = [one for one in found if one.translation_key == entry.key] or [
            one for one in found if one.term.lower() == entry.term.lower()
        ]
        candidates.sort(key=lambda one: one.locale.language_code != entry.language)
        if candidates:
            here[name] = candidates[0]
    return Terms(here)


def write(entry: TermEntry, find: Find, *, locale: Locale, by: User | None) -> GlossaryTerm:
    """Add a term to the glossary, as a draft; in its own language if the site has that."""
    term = _term(entry, find)
    term.locale = Locale.objects.filter(language_code=entry.language).first() or locale
    term.save()
    term.save_revision(user=by)
    return term
