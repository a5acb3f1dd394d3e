"""Images and documents: written out, looked at as an upload is, and kept once each."""

import hashlib
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.permissions import policy_registry

from interop.modules.archive import MEDIA, Contents
from interop.modules.faults import Fault, Problem, refused, shown
from interop.modules.shapes import DocumentEntry, ImageEntry, ModuleFile
from library.models import CustomDocument, CustomImage
from people.models import User

MODELS: Mapping[str, type[Any]] = {"image": CustomImage, "document": CustomDocument}
FAULTS = {"image": Fault.NOT_AN_IMAGE, "document": Fault.NOT_A_DOCUMENT}
RIGHTS = {"image": Fault.MAY_NOT_ADD_IMAGES, "document": Fault.MAY_NOT_ADD_DOCUMENTS}


def media_name(record: Any) -> str:
    """Return the name of a file by its content, with the ending that says what it is."""
    return f"{record.get_file_hash()}{PurePath(record.filename).suffix.lower()}"


def image_entry(image: CustomImage) -> ImageEntry:
    return ImageEntry(
        file=media_name(image),
        title=image.title,
        description=image.description,
        credit=image.credit,
        focal_point=_focal_point(image),
    )


def _focal_point(image: CustomImage) -> tuple[int, int, int, int] | None:
    names = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
    found = [getattr(image, name) for name in names]
    if found[0] is None or found[1] is None:
        return None
    return found[0], found[1], found[2] or 0, found[3] or 0


def document_entry(document: CustomDocument) -> DocumentEntry:
    return DocumentEntry(file=media_name(document), title=document.title)


def contents_of(records: Iterable[Any]) -> Iterator[tuple[str, bytes]]:
    """Yield the name within the file and the content of each, once each.

    Raises:
        RefusedError: a file is gone.
    """
    for name, record in sorted({media_name(record): record for record in records}.items()):
        try:
            with record.file.storage.open(record.file.name) as stored:
                yield f"{MEDIA}{name}", stored.read()
        except OSError as error:
            raise refused(Fault.LOST_FILE, record.title) from error


@dataclass(frozen=True, slots=True)
class Medium:
    """A file of the import; `digest` is the hash of its content, not the one it claims."""

    kind: str
    name: str
    entry: ImageEntry | DocumentEntry
    content: bytes
    digest: str


def looked_at(file: ModuleFile, contents: Contents) -> tuple[dict[str, Medium], list[Problem]]:
    """Return the files by their local ids, and what is wrong with those that are refused.

    Each goes through the form that checks an upload in the CMS: its sort, size and content.
    """
    entries: list[tuple[str, str, ImageEntry | DocumentEntry]] = [
        *(("image", name, entry) for name, entry in file.images.items()),
        *(("document", name, entry) for name, entry in file.documents.items()),
    ]
    found: dict[str, Medium] = {}
    problems: list[Problem] = []
    for kind, name, entry in entries:
        content = contents.media.get(entry.file)
        if content is None:
            problems.append((str(Fault.MISSING_ENTRY), f"{MEDIA}{entry.file}"))
            continue
        words = _refusal(kind, entry, content)
        if words:
            problems.append((str(FAULTS[kind]), shown(f"{entry.title}: {words}")))
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        found[name] = Medium(kind, name, entry, content, digest)
    told = {entry.file for _kind, _name, entry in entries}
    strange = sorted(contents.media.keys() - told)
    problems += [(str(Fault.UNKNOWN_ENTRY), f"{MEDIA}{name}") for name in strange]
    return found, problems


def _refusal(kind: str, entry: ImageEntry | DocumentEntry, content: bytes) -> str:
    """Return why the CMS's own form would refuse the file; empty if it would not."""
    upload = SimpleUploadedFile(_file_name(entry), content)
    form = get_image_form(CustomImage) if kind == "image" else get_document_form(CustomDocument)
    record = _instance(kind, entry)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            record.file = form.base_fields["file"].clean(upload)
            record.clean_fields(exclude=_unchecked(record))
            record.clean()
    except ValidationError as error:
        return " ".join(error.messages)
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        return str(error) or entry.file
    return ""


def _unchecked(record: Any) -> set[str]:
    """Name what the form does not ask for, and the credit, which older images may lack."""
    checked = {name for name in ("title", "description", "credit") if getattr(record, name, "")}
    return {one.name for one in record._meta.get_fields()} - checked


def _file_name(entry: ImageEntry | DocumentEntry) -> str:
    """Return the name under which readers load the file: its title, with its ending."""
    ending = PurePath(entry.file).suffix
    stem = re.sub(r"[^\w-]+", "-", entry.title.removesuffix(ending)).strip("-")
    return f"{stem[:80] or entry.file.removesuffix(ending)}{ending}"


def _instance(kind: str, entry: ImageEntry | DocumentEntry) -> Any:
    if not isinstance(entry, ImageEntry):
        return CustomDocument(title=entry.title)
    made = CustomImage(title=entry.title, description=entry.description, credit=entry.credit)
    if entry.focal_point:
        made.focal_point_x, made.focal_point_y = entry.focal_point[:2]
        made.focal_point_width, made.focal_point_height = entry.focal_point[2:]
    return made


def already_here(media: Mapping[str, Medium], *, by: User | None) -> dict[str, int]:
    """Return the pks of files that the library has, by local id: what everybody may open."""
    found: dict[str, int] = {}
    closed = _closed_collections()
    for kind, model in MODELS.items():
        digests = {one.digest for one in media.values() if one.kind == kind}
        records = model.objects.filter(file_hash__in=digests).exclude(collection__in=closed)
        if by is not None:
            mine = policy(model).collections_user_has_permission_for(by, "choose")
            records = records.filter(collection__in=mine)
        pks = {record.file_hash: record.pk for record in records.order_by("-pk")}
        found |= {
            name: pks[one.digest]
            for name, one in media.items()
            if one.kind == kind and one.digest in pks
        }
    return found


def _closed_collections() -> list[int]:
    roots = CollectionViewRestriction.objects.select_related("collection")
    below = (root.collection.get_descendants(inclusive=True) for root in roots)
    return [one.pk for found in below for one in found]


def policy(model: type[Any]) -> Any:
    return policy_registry.get_by_type(model)


def collection_for(kind: str, *, by: User | None) -> Collection | None:
    """Return where the person may add files of this kind: the topmost place; None for nowhere."""
    if by is None:
        return Collection.get_first_root_node()
    places = policy(MODELS[kind]).collections_user_has_permission_for(by, "add")
    return places.order_by("path").first()


@contextmanager
def stored(media: Iterable[Medium]) -> Iterator[dict[str, str]]:
    """Write the files and give their stored names by local id; delete them if it fails.

    Nothing is written while a transaction holds the database.
    """
    names: dict[str, str] = {}
    try:
        for one in media:
            field = MODELS[one.kind]._meta.get_field("file")
            name = field.generate_filename(_instance(one.kind, one.entry), _file_name(one.entry))
            names[one.name] = field.storage.save(name, ContentFile(one.content))
        yield names
    except BaseException:
        for one in media:
            if one.name in names:
                MODELS[one.kind]._meta.get_field("file").storage.delete(names[one.name])
        raise


def keep(medium: Medium, stored_name: str, *, collection: Collection, by: User | None) -> int:
    """Record a stored file in the library and return its pk."""
    record = _instance(medium.kind, medium.entry)
    record.file = stored_name
    record.file_size = len(medium.content)
    record.file_hash = medium.digest
    record.collection = collection
    record.uploaded_by_user = by
    record.save()
    return int(record.pk)
