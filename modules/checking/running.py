"""Running the checks over pages: our own, and those of the rooms above.

A room registers the Wagtail hook `authoring_checks`: a function of the examined pages and
a moment (`at=`) that returns findings about them, in a constant number of queries.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils import timezone
from wagtail import hooks
from wagtail.models import Revision

from modules.checking.examined import Examined, examined, examined_draft
from modules.checking.findings import Finding, worst_first
from modules.checking.known import gather
from modules.checking.rules import RULES
from modules.models import ImmersionTaskPage, LessonPage, ModulePage


def findings_on(pages: Sequence[Examined], *, at: dt.datetime) -> dict[int, list[Finding]]:
    """Return what is to be mended on the pages at the moment, by the page's id, worst first."""
    known = gather(pages)
    on = timezone.localtime(at).date()
    found: dict[int, list[Finding]] = defaultdict(list)
    for page in pages:
        for rule in RULES:
            found[page.page_id].extend(rule(page, known, on))
    for told in hooks.get_hooks("authoring_checks"):
        for finding in told(pages, at=at):
            found[finding.page_id].append(finding)
    return {
        page_id: sorted(set(findings), key=worst_first)
        for page_id, findings in found.items()
        if findings
    }


def check_one(page: LessonPage | ModulePage, *, at: dt.datetime) -> list[Finding]:
    """Return what is to be mended on the page as the object has it."""
    return findings_on([examined(page)], at=at).get(page.pk, [])


def check_all(page_ids: Collection[int], *, at: dt.datetime) -> dict[int, list[Finding]]:
    """Return what is to be mended on these pages, each in its newest draft."""
    lessons = LessonPage.objects.filter(pk__in=page_ids, is_task=False).select_related("locale")
    tasks = ImmersionTaskPage.objects.filter(pk__in=page_ids).select_related("locale")
    modules = (
        ModulePage.objects.filter(pk__in=page_ids)
        .select_related("locale")
        .prefetch_related("module_quizzes", "dimensions", "prerequisites")
    )
    pages = [*modules.order_by("path"), *lessons.order_by("path"), *tasks.order_by("path")]
    drafts = _drafts(pages)
    return findings_on(
        [
            examined_draft(page, drafts[page.pk]) if page.pk in drafts else examined(page)
            for page in pages
        ],
        at=at,
    )


def _drafts(pages: Iterable[LessonPage | ModulePage]) -> Mapping[int, dict[str, object]]:
    newest = [page.latest_revision_id for page in pages if page.has_unpublished_changes]
    rows = Revision.objects.filter(pk__in=newest).values_list("object_id", "content")
    return {int(object_id): content for object_id, content in rows}
