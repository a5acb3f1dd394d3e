"""What a module refers to, by ids that mean the same on every site: loaded once for all.

A file is known by the hash of its content, a page and a quiz by their own keys.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page, Site

from interop.modules.shapes import LeftOutEntry
from library.models import CustomDocument, CustomImage
from modules.models import GlossaryTerm
from quizzes.models import Quiz

MODELS: Mapping[str, type[Any]] = {
    "image": CustomImage,
    "document": CustomDocument,
    "page": Page,
    "quiz": Quiz,
    "term": GlossaryTerm,
}


@dataclass(slots=True)
class Wanted:
    """Takes down what is referred to, by kind and pk, and finds nothing yet."""

    pks: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def find(self, kind: str, found: Any) -> None:
        if str(found).isdigit():
            self.pks[kind].add(int(found))


@dataclass(slots=True)
class Luggage:
    """Answers with local ids, and keeps what was asked for.

    `where` names the page that asks; what is not there, or a draft where only what is
    published counts, is noted in `left_out`.
    """

    records: Mapping[str, Mapping[int, Any]]
    only_published: bool = True
    where: str = ""
    taken: dict[str, Any] = field(default_factory=dict)
    left_out: list[LeftOutEntry] = field(default_factory=list)

    def find(self, kind: str, pk: Any) -> str | None:
        if not pk:
            return None
        found = self.records[kind].get(int(pk)) if str(pk).isdigit() else None
        if found is None or (self.only_published and not is_published(kind, found)):
            self.left_out.append(LeftOutEntry(where=self.where[:500], what=f"{kind}-not-published"))
            return None
        name = local_id(kind, found)
        self.taken[name] = found
        return name

    def of(self, kind: str) -> dict[str, Any]:
        """Return what was taken of a kind, in a fixed order."""
        names = sorted(name for name in self.taken if name.startswith(f"{kind}-"))
        return {name: self.taken[name] for name in names}


def loaded(wanted: Wanted) -> dict[str, dict[int, Any]]:
    """Return the records that are wanted, in one query for each kind."""
    return {kind: _records(kind, wanted.pks[kind]) for kind in MODELS}


def _records(kind: str, pks: Iterable[int]) -> dict[int, Any]:
    records = MODELS[kind].objects.filter(pk__in=pks)
    if kind == "quiz":
        records = records.select_related("live_version")
    return {one.pk: one for one in records}


def is_published(kind: str, record: Any) -> bool:
    if kind == "quiz":
        return record.live_version_id is not None
    return record.live if kind in ("page", "term") else True


def local_id(kind: str, record: Any) -> str:
    if kind in ("page", "term"):
        return f"{kind}-{record.translation_key}"
    if kind == "quiz":
        return f"quiz-{record.uuid}"
    return f"{kind}-{record.get_file_hash()}"


def own_hosts() -> list[str]:
    """Return how links to this site itself begin; the empty one is for those without a host."""
    roots = [site.root_url.rstrip("/") for site in Site.objects.all()]
    others = [root.replace("http://", "https://") for root in roots]
    return ["", *roots, *others]
