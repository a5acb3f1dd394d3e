"""The .zip file itself: written the same at every export, and read with distrust. Plain Python."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from interop.modules.faults import Fault, refused

MODULE, QUESTIONS, MEDIA = "module.json", "quizzes/questions.xml", "media/"

MEGABYTE = 1024 * 1024
MOST_BYTES = 64 * MEGABYTE
"""How large a file may be, packed."""
MOST_UNPACKED = 128 * MEGABYTE
MOST_OF_ENTRY = 16 * MEGABYTE
MOST_ENTRIES = 1_000
MOST_RATIO = 100
"""Text packs to a twentieth; what packs much tighter is made to fill a disk."""
SMALL = 64 * 1024
"""Below this size nothing is made of how tight an entry is packed."""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = (stat.S_IFREG | 0o644) << 16
_ENCRYPTED = 0x1
_MEDIA_NAME = re.compile(r"media/[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds; `media` by name within `media/`."""

    module: bytes
    questions: bytes
    media: Mapping[str, bytes]


def write(file: BinaryIO, entries: Iterable[tuple[str, bytes]]) -> None:
    """Write the entries in their order; equal entries give an equal file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries:
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.external_attr = _PLAIN_FILE
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, content)


def read(file: BinaryIO) -> Contents:
    """Return what stands in the file, all of it looked at before anything is unpacked.

    Raises:
        RefusedError: it is no such file, or one that could do harm.
    """
    if file.seek(0, 2) > MOST_BYTES:
        raise refused(Fault.TOO_LARGE, str(MOST_BYTES // MEGABYTE))
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            infos = packed.infolist()
            _look_at_all(infos)
            found = dict(_unpacked(packed, infos))
    except (zipfile.BadZipFile, NotImplementedError, OverflowError, ValueError) as error:
        raise refused(Fault.NOT_A_ZIP) from error
    if MODULE not in found:
        raise refused(Fault.MISSING_ENTRY, MODULE)
    media = {
        name.removeprefix(MEDIA): content
        for name, content in found.items()
        if name.startswith(MEDIA)
    }
    return Contents(found[MODULE], found.get(QUESTIONS, b""), media)


def _look_at_all(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_ENTRIES:
        raise refused(Fault.TOO_MANY_ENTRIES, str(MOST_ENTRIES))
    seen = set()
    for info in infos:
        _look_at(info)
        if info.filename.lower() in seen:
            raise refused(Fault.UNSAFE_NAME, info.filename)
        seen.add(info.filename.lower())
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise refused(Fault.TOO_LARGE, str(MOST_UNPACKED // MEGABYTE))


def _look_at(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    if _leads_out(name) or stat.S_ISLNK(info.external_attr >> 16):
        raise refused(Fault.UNSAFE_NAME, name)
    if name not in (MODULE, QUESTIONS) and not _MEDIA_NAME.fullmatch(name):
        raise refused(Fault.UNKNOWN_ENTRY, name)
    if info.flag_bits & _ENCRYPTED:
        raise refused(Fault.ENCRYPTED, name)
    if info.compress_type not in _PACKINGS:
        raise refused(Fault.BROKEN_ENTRY, name)
    if info.file_size > MOST_OF_ENTRY:
        raise refused(Fault.ENTRY_TOO_LARGE, name)
    if info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        raise refused(Fault.PACKED_TOO_TIGHT, name)


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return (
        "\\" in name
        or "\0" in name
        or ":" in name
        or name.startswith("/")
        or ".." in parts
        or "." in parts
    )


def _unpacked(
    packed: zipfile.ZipFile, infos: Iterable[zipfile.ZipInfo]
) -> Iterator[tuple[str, bytes]]:
    """Yield each entry; what its head says of its size is a limit, whatever follows."""
    for info in infos:
        try:
            with packed.open(info) as entry:
                content = entry.read(MOST_OF_ENTRY + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
            raise refused(Fault.BROKEN_ENTRY, info.filename) from error
        if len(content) != info.file_size:
            raise refused(Fault.BROKEN_ENTRY, info.filename)
        yield info.filename, content
