"""From the bytes of a file to text, whatever program wrote them. Plain Python.

Recognised: UTF-8 with and without a byte order mark, UTF-16, Windows-1252, Latin-1.
"""

import codecs
import io
import re
from typing import BinaryIO

BROKEN_BYTES = range(0xDC80, 0xDD00)
CHUNK = 64 * 1024
_BROKEN = re.compile("[\udc80-\udcff]")
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def guess(content: bytes) -> tuple[str, str]:
    """Return the encoding of a file, and what to do with bytes that do not fit it.

    Bytes that are broken in a file which is otherwise UTF-8 stay in the text as lone
    surrogates, so that the cells they stand in can be named.
    """
    if content.startswith(UTF_16_MARKS):
        return "utf-16", "replace"
    encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
    broken = sound = 0
    with io.TextIOWrapper(io.BytesIO(content), encoding, "surrogateescape", newline="") as text:
        while piece := text.read(CHUNK):
            if not piece.isascii():
                wrong = len(_BROKEN.findall(piece))
                broken += wrong
                sound += len(piece) - len(piece.encode("ascii", "ignore")) - wrong
    if sound > broken or encoding == "utf-8-sig" or not broken:
        return encoding, "surrogateescape"
    return ("cp1252" if _fits(io.BytesIO(content), "cp1252") else "latin-1"), "strict"


def encoding_of(file: BinaryIO, declared: str = "") -> str:
    """Return the encoding of a file of any size, reading it once in small pieces.

    Args:
        declared: what the file says itself; taken where it fits and UTF-8 does not.
    """
    file.seek(0)
    start = file.read(CHUNK)
    if start.startswith(UTF_16_MARKS):
        return "utf-16"
    if b"\0" in start[:4]:
        return "utf-16-be" if start.startswith(b"\0") else "utf-16-le"
    if _fits(file, "utf-8"):
        return "utf-8-sig"
    if _is_of_text(declared) and _fits(file, declared):
        return declared
    return "cp1252" if _fits(file, "cp1252") else "latin-1"


def _is_of_text(encoding: str) -> bool:
    """Whether it is the name of an encoding: some codecs are none, such as zlib."""
    try:
        return isinstance(b" ".decode(encoding), str)
    except (LookupError, UnicodeError):
        return False


def _fits(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while piece := file.read(CHUNK):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def open_text(file: BinaryIO, declared: str = "") -> io.TextIOWrapper:
    """Return the file as text from its start; every line ending reads as a line feed."""
    encoding = encoding_of(file, declared)
    file.seek(0)
    return io.TextIOWrapper(file, encoding, errors="replace")
