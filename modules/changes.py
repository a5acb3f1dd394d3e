"""Material changes of published pages: whom they concern, and putting them on record.

Modules do not know placements or progress. A room that knows whom a change concerns
registers the Wagtail hook `people_affected_by_change`: a function of the page's key and a
moment (`at=`) that returns the ids of people.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail import hooks
from wagtail.log_actions import log
from wagtail.models import Revision

from modules.enums import ChangeKind
from modules.models import MaterialChange
from modules.models.reviewing import ReviewedPage

ACTION = "sojourn.material_change"


def people_affected(page_key: UUID, *, at: dt.datetime) -> int:
    """Return how many people completed the page and would be asked to read what changed."""
    told = [set(fn(page_key, at=at)) for fn in hooks.get_hooks("people_affected_by_change")]
    return len(set().union(*told))


@transaction.atomic
def record(*, page: ReviewedPage, revision: Revision, at: dt.datetime) -> MaterialChange | None:
    """Write down a material change that has just been published, once for each revision.

    The page begins its next round of changes as minor. Nothing happens for a minor change,
    and for a note that is missing because no form asked for it.
    """
    if page.change_kind != ChangeKind.MATERIAL or not page.change_note.strip():
        return None
    change, is_new = MaterialChange.objects.get_or_create(
        revision_id=revision.pk,
        defaults={
            "page_key": page.translation_key,
            "title": page.title,
            "note": page.change_note.strip(),
            "language": page.locale.language_code,
            "published_at": at,
            "written_by_id": revision.user_id,
        },
    )
    type(page)._default_manager.filter(pk=page.pk).update(
        change_kind=ChangeKind.MINOR, change_note=""
    )
    if is_new:
        log(page, ACTION, user=revision.user, revision=revision, data={"note": change.note})
    return change


def hear_publishing(
    *, instance: Any, revision: Revision | None, alias: bool = False, **_signal: Any
) -> None:
    """Receive Wagtail's `page_published`: by hand, from a workflow, or by the clock."""
    if isinstance(instance, ReviewedPage) and revision is not None and not alias:
        record(page=instance, revision=revision, at=instance.last_published_at)
