"""Keeps a file between its dry run and its confirmation, and what became of it."""

import datetime as dt
import io
from typing import Any, BinaryIO

from django.db import transaction

from interop.modules.applying import SiteChangedError, apply
from interop.modules.faults import Fault, RefusedError, refused
from interop.modules.models import ModuleUpload
from interop.modules.planning import Plan, make_plan
from interop.modules.reading import read
from modules.models import CataloguePage, ModulePage
from people.models import User

FILENAME_LENGTH = 255
KEPT_FOR = dt.timedelta(days=7)


def keep(
    *, filename: str, content: bytes, catalogue: CataloguePage, by: User | None, at: dt.datetime
) -> ModuleUpload:
    """Keep a file with its dry run; nothing is imported yet.

    Files that nobody has confirmed for a week are deleted here.

    Raises:
        RefusedError: the file cannot be imported here by this person; nothing is kept.
    """
    package = read(io.BytesIO(content))
    plan = make_plan(package, catalogue=catalogue, by=by)
    if plan.problems:
        raise RefusedError(plan.problems)
    with transaction.atomic():
        ModuleUpload.objects.filter(applied_at=None, uploaded_at__lt=at - KEPT_FOR).delete()
        upload = ModuleUpload(
            filename=filename[-FILENAME_LENGTH:],
            title=package.file.module.title[:FILENAME_LENGTH],
            content=content,
            catalogue=catalogue,
            uploaded_by=by,
            uploaded_at=at,
        )
        _note(upload, plan)
        upload.save()
    return upload


def confirm(
    upload: ModuleUpload, *, expected: str, as_copy: bool, at: dt.datetime
) -> ModulePage | None:
    """Import a kept file for the person who uploaded it; the file is not kept on.

    Returns:
        The module, or None where it is here already and no copy is wanted.

    Raises:
        RefusedError: it cannot be imported any more.
        SiteChangedError: something has changed since the dry run, or the file has been
            imported already. Nothing is imported; the lines show what would happen now.
    """
    if upload.catalogue is None:
        raise refused(Fault.NO_CATALOGUE)
    shown = ModuleUpload.objects.defer("content").get(pk=upload.pk)

    def note(module: ModulePage) -> None:
        kept = ModuleUpload.objects.select_for_update().get(pk=upload.pk)
        if kept.applied_at is not None:
            raise refused(Fault.IMPORTED_ALREADY)
        kept.applied_at, kept.module, kept.content = at, module, b""
        kept.save(update_fields=["applied_at", "module", "content"])

    try:
        return apply(
            read(io.BytesIO(bytes(upload.content))),
            catalogue=upload.catalogue,
            expected=expected,
            by=upload.uploaded_by,
            at=at,
            as_copy=as_copy,
            then=note,
        )
    except SiteChangedError as error:
        _note(shown, error.plan)
        shown.save(update_fields=["expected", "lines", "is_here", "module"])
        raise


def import_at_once(
    file: BinaryIO,
    *,
    filename: str,
    catalogue: CataloguePage,
    plan: Plan,
    as_copy: bool,
    at: dt.datetime,
) -> ModulePage | None:
    """Import a file from the command line, as the plan says, and record that it was done.

    Raises:
        SiteChangedError: something has changed since the plan was made.
    """
    package = read(file)

    def note(module: ModulePage) -> None:
        record = ModuleUpload(
            filename=filename[-FILENAME_LENGTH:],
            title=package.file.module.title[:FILENAME_LENGTH],
            content=b"",
            catalogue=catalogue,
            uploaded_at=at,
            applied_at=at,
        )
        _note(record, plan)
        record.module = module
        record.save()

    return apply(
        package,
        catalogue=catalogue,
        expected=plan.fingerprint,
        by=None,
        at=at,
        as_copy=as_copy,
        then=note,
    )


def _note(upload: ModuleUpload, plan: Plan) -> None:
    upload.expected = plan.fingerprint
    upload.lines = lines_as_json(plan)
    upload.is_here = plan.is_here
    upload.module_id = plan.module_pk


def lines_as_json(plan: Plan) -> list[dict[str, Any]]:
    """Return the lines of a plan as they are stored and reported."""
    return [
        {
            "part": str(line.part),
            "name": line.name,
            "outcome": str(line.outcome),
            "notes": [[str(code), detail] for code, detail in line.notes],
        }
        for line in plan.lines
    ]
