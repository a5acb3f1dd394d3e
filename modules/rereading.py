"""Where to read again what was missed in a quiz: what its author named, else by dimension."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page

from modules.languages import put_into_words, put_titles_into_words
from modules.models import ModulePage
from modules.readable import readable_pages
from quizzes.models import QuestionReading, Quiz
from quizzes.rereading import Missed

MOST_BY_DIMENSION = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """A page to read again: for the questions with these numbers, or about these dimensions."""

    title: str
    url: str
    numbers: tuple[int, ...] = ()
    about: tuple[str, ...] = ()


def to_read_again(missed: Missed, quiz: Quiz, request: HttpRequest) -> list[Reading]:
    """Return the pages that the reader may open and that teach what was missed.

    What the questions' authors chose comes first. For questions without such a page, the
    quiz's own modules follow, and then others about the same dimensions. Where it may not be
    seen which questions were missed, these are the modules about the dimensions that fell
    short. The number of queries does not grow with the number of questions.
    """
    chosen, covered = _chosen(missed, request)
    wanted = set(missed.dimensions)
    if missed.questions:
        uncovered = [one for one in missed.questions if one.number not in covered]
        wanted = {key for one in uncovered for key in one.dimensions}
    return [*chosen, *_by_dimension(missed, wanted, quiz, request)]


def _chosen(missed: Missed, request: HttpRequest) -> tuple[list[Reading], set[int]]:
    """Return the pages that authors chose, and the numbers of the questions that have one."""
    numbers = {one.item_id: one.number for one in missed.questions}
    if not numbers:
        return [], set()
    links = QuestionReading.objects.filter(question__uuid__in=list(numbers))
    lines = list(
        links.order_by("sort_order", "pk").values_list("question__uuid", "page__translation_key")
    )
    pages = _in_readers_language({key for _question, key in lines}, request)
    by_page = defaultdict[Page, set[int]](set)
    for question, key in lines:
        if key in pages:
            by_page[pages[key]].add(numbers[question])
    found = [
        Reading(page.title, page.get_url(request) or "", numbers=tuple(sorted(some)))
        for page, some in by_page.items()
    ]
    found.sort(key=lambda reading: reading.numbers)
    return found, {number for some in by_page.values() for number in some}


def _in_readers_language(keys: Collection[UUID], request: HttpRequest) -> dict[UUID, Page]:
    """Return each page, with its title as the reader reads it."""
    if not keys:
        return {}
    pages = list(readable_pages(request).filter(translation_key__in=keys).order_by("path"))
    put_titles_into_words(pages)
    return {page.translation_key: page for page in pages}


def _by_dimension(
    missed: Missed, wanted: Collection[str], quiz: Quiz, request: HttpRequest
) -> list[Reading]:
    """Return the modules with this quiz, then others about these dimensions, most of them first."""
    if not wanted:
        return []
    named: dict[tuple[str, str], str] = {}
    for key in wanted:
        framework, _dot, code = key.partition(".")
        named[framework, code] = missed.names.get(key, "")
    owners = ModulePage.objects.filter(Q(module_quizzes__quiz=quiz) | Q(review_quiz=quiz))
    own = set(owners.values_list("pk", flat=True))
    modules = (
        ModulePage.objects.filter(pk__in=readable_pages(request).values("pk"))
        .filter(Q(pk__in=own) | Q(dimensions__code__in={code for _framework, code in named}))
        .order_by("path")
        .values_list("pk", "dimensions__framework__code", "dimensions__code")
    )
    about = defaultdict[int, list[str]](list)
    for module, framework, code in modules:
        if (framework, code) in named:
            about[module].append(named[framework, code])
        elif module in own:
            about[module] += []
    most = sorted(about, key=lambda module: (module not in own, -len(about[module])))
    most = most[:MOST_BY_DIMENSION]
    pages = ModulePage.objects.in_bulk(most)
    put_into_words(pages.values())
    return [
        Reading(pages[pk].title, pages[pk].get_url(request) or "", about=tuple(sorted(about[pk])))
        for pk in most
    ]
