"""Keeps a roster between its dry run and its confirmation, and what became of it."""

import datetime as dt
from dataclasses import asdict

from django.db import transaction

from interop.roster.applying import Outcome, RosterChangedError, carry_out, ready
from interop.roster.mobilities import Defaults
from interop.roster.models import RosterUpload
from interop.roster.parsing import Sheet
from interop.roster.sheets import NO_DEFAULTS, sheet_of
from interop.roster.undoing import forget_old_traces
from people.models import User
from readiness import states

FILENAME_LENGTH = 255
ROWS_AT_ONCE = 1000
"""Rows that are made in the request of the import; a job makes the others right after it."""
KEPT_FOR = dt.timedelta(days=7)


def keep(
    *,
    filename: str,
    content: bytes,
    by: User | None,
    at: dt.datetime,
    defaults: Defaults = NO_DEFAULTS,
) -> RosterUpload:
    """Keep a file for its dry run; nothing is imported yet.

    Files hold personal data: those that nobody has confirmed for a week are deleted here,
    and so are the traces of imports that can no longer be undone.
    """
    forget_old_traces(at=at)
    RosterUpload.objects.filter(applied_at=None, uploaded_at__lt=at - KEPT_FOR).delete()
    return RosterUpload.objects.create(
        filename=filename[-FILENAME_LENGTH:],
        content=content,
        programme=defaults.programme,
        sending_ounit=defaults.sending_ounit,
        uploaded_by=by,
        uploaded_at=at,
    )


def confirm(
    upload: RosterUpload,
    *,
    expected: str,
    at: dt.datetime,
    good_rows_only: bool = False,
    sheet: Sheet | None = None,
) -> Outcome:
    """Import a kept file on behalf of the person who uploaded it; the file is not kept on.

    Args:
        sheet: the parsed file, if it has not been kept.

    Raises:
        RosterChangedError: something has changed since the dry run, or the file has
            been imported already; nothing is imported.
        RosterHasErrorsError: the file has errors; nothing is imported.
    """
    script = ready(
        sheet or sheet_of(bytes(upload.content), defaults=upload.defaults),
        expected=expected,
        actor=upload.uploaded_by,
        good_rows_only=good_rows_only,
        upload=upload,
    )
    with transaction.atomic():
        kept = RosterUpload.objects.defer("content").select_for_update().get(pk=upload.pk)
        if kept.applied_at is not None:
            raise RosterChangedError
        outcome = carry_out(script, upload=kept)
        kept.applied_at = at
        kept.summary = asdict(outcome)
        kept.content = b""
        kept.save(update_fields=["applied_at", "summary", "content"])
    states.keep(at=at, most=ROWS_AT_ONCE)
    return outcome
