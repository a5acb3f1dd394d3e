"""Which modules are needed before others: what is published, without circles."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from modules.circles import without_circles
from modules.languages import originals, put_titles_into_words
from modules.models import ModulePage, ModulePrerequisite


@dataclass(frozen=True, slots=True)
class Need:
    """A module to complete first, by the key that all its translations share."""

    key: UUID
    title: str
    url: str


def needs_of(module_keys: Collection[UUID]) -> dict[UUID, tuple[Need, ...]]:
    """Return what is needed before each of the modules that needs anything.

    One query, and one for readers of another language than the site's where one is. A
    module that is not published is needed by nobody, and of modules that wait for each
    other none does: nobody is kept out for ever.
    """
    links = list(
        ModulePrerequisite.objects.filter(
            module__live=True, needed__in=originals(ModulePage.objects.live())
        )
        .select_related("module", "needed")
        .order_by("module_id", "sort_order", "pk")
    )
    pages: dict[UUID, ModulePage] = {}
    for link in links:
        pages.setdefault(link.needed.translation_key, link.needed)
    put_titles_into_words(pages.values())
    pairs = dict.fromkeys(
        (link.module.translation_key, link.needed.translation_key) for link in links
    )
    found: dict[UUID, tuple[Need, ...]] = {}
    for module, needed in without_circles(pairs):
        if module in module_keys:
            page = pages[needed]
            found[module] = (*found.get(module, ()), Need(needed, page.title, page.url or ""))
    return found
