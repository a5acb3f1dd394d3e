"""A published module as a file."""

from typing import BinaryIO
from uuid import UUID

from interop.modules import archive
from interop.modules.describing import Described, published
from interop.modules.faults import Fault, refused
from interop.modules.media import contents_of
from modules.models import ModulePage
from quizzes.papers import from_json


def described(module: ModulePage) -> Described:
    """Return what a file of the module would say, and what it leaves out.

    Raises:
        RefusedError: the module is not published, or a quiz of it cannot be told.
    """
    if not module.live:
        raise refused(Fault.NOT_PUBLISHED, module.title)
    return published(module)


def write(found: Described, file: BinaryIO) -> None:
    """Write the file; the same module gives the same file.

    Raises:
        RefusedError: an image or a document is gone from the storage, or there is more than
            an import takes.
    """
    records = [*found.luggage.of("image").values(), *found.luggage.of("document").values()]
    if sum(record.get_file_size() or 0 for record in records) > archive.MOST_BYTES:
        raise refused(Fault.TOO_LARGE, str(archive.MOST_BYTES // archive.MEGABYTE))
    text = found.file.model_dump_json(indent=1)
    questions = [(archive.QUESTIONS, found.questions.encode())] if found.questions else []
    archive.write(file, [(archive.MODULE, f"{text}\n".encode()), *questions, *contents_of(records)])


def questions_of(found: Described) -> set[UUID]:
    """Return the questions whose keys the file would hold."""
    return {
        item.id
        for quiz in found.luggage.of("quiz").values()
        if quiz.live_version
        for item in from_json(quiz.live_version.paper).items
    }
