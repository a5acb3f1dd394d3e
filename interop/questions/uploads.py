"""Keeps a file of questions between its dry run and its confirmation, and what became of it."""

import datetime as dt
import io
from collections.abc import Mapping
from typing import BinaryIO

from django.db import transaction

from interop.questions.applying import Done, QuestionsChangedError, apply
from interop.questions.models import QuestionUpload, QuestionUploadLine
from interop.questions.planning import Plan, make_plan
from people.models import User

FILENAME_LENGTH = 255
KIND_LENGTH = 80
BATCH = 1_000
MOST_BYTES = 32 * 1024 * 1024
KEPT_FOR = dt.timedelta(days=7)


def keep(
    *,
    filename: str,
    content: bytes,
    format_name: str,
    into: str,
    by: User | None,
    at: dt.datetime,
) -> QuestionUpload:
    """Keep a file with its dry run; nothing is imported yet.

    Files that nobody has confirmed for a week are deleted here.

    Raises:
        UnreadableFileError: the file as a whole cannot be read; nothing is kept.
    """
    plan = make_plan(io.BytesIO(content), format_name=format_name, into=into, by=by)
    with transaction.atomic():
        QuestionUpload.objects.filter(applied_at=None, uploaded_at__lt=at - KEPT_FOR).delete()
        upload = QuestionUpload.objects.create(
            filename=filename[-FILENAME_LENGTH:],
            content=content,
            format=format_name,
            category=into,
            uploaded_by=by,
            uploaded_at=at,
        )
        _note_plan(upload, plan)
    return upload


def confirm(upload: QuestionUpload, *, expected: str, at: dt.datetime) -> Done:
    """Import a kept file on behalf of the person who uploaded it; the file is not kept on.

    Raises:
        QuestionsChangedError: something has changed since the dry run, or the file has been
            imported already. Nothing is imported; the lines show what would happen now.
    """

    def note(done: Done) -> None:
        kept = QuestionUpload.objects.select_for_update().get(pk=upload.pk)
        if kept.applied_at is not None:
            raise QuestionsChangedError(Plan())
        kept.applied_at = at
        kept.content = b""
        kept.save(update_fields=["applied_at", "content"])
        _note_plan(kept, done.plan, done.questions)

    try:
        return apply(
            io.BytesIO(bytes(upload.content)),
            format_name=upload.format,
            into=upload.category,
            expected=expected,
            by=upload.uploaded_by,
            at=at,
            then=note,
        )
    except QuestionsChangedError as error:
        if error.plan.steps:
            with transaction.atomic():
                _note_plan(upload, error.plan)
        raise


def import_at_once(
    file: BinaryIO, *, filename: str, format_name: str, into: str, plan: Plan, at: dt.datetime
) -> Done:
    """Import a file from the command line, as the plan says, and record that it was done.

    Raises:
        QuestionsChangedError: something has changed since the plan was made.
    """

    def note(done: Done) -> None:
        record = QuestionUpload.objects.create(
            filename=filename[-FILENAME_LENGTH:],
            content=b"",
            format=format_name,
            category=into,
            uploaded_at=at,
            applied_at=at,
        )
        _note_plan(record, done.plan, done.questions)

    return apply(
        file,
        format_name=format_name,
        into=into,
        expected=plan.fingerprint,
        by=None,
        at=at,
        then=note,
    )


def _note_plan(
    upload: QuestionUpload, plan: Plan, questions: Mapping[int, int] | None = None
) -> None:
    """Note what would happen, or what has: then `questions` has the question of each step."""
    pks = questions or {}
    upload.expected = plan.fingerprint
    upload.summary = plan.counts
    upload.save(update_fields=["expected", "summary"])
    upload.lines.all().delete()
    QuestionUploadLine.objects.bulk_create(
        (
            QuestionUploadLine(
                upload=upload,
                number=step.line,
                name=step.name[:FILENAME_LENGTH],
                kind=step.kind[:KIND_LENGTH],
                action=step.action,
                reasons=[list(reason) for reason in step.reasons],
                question_id=pks.get(place, step.question_pk),
            )
            for place, step in enumerate(plan.steps)
        ),
        batch_size=BATCH,
    )
