"""From the bytes of a file to text, whatever program wrote them. Plain Python.

Recognised: UTF-8 with and without a byte order mark, UTF-16, Windows-1252, Latin-1.
"""

import codecs
import io
from typing import BinaryIO

BROKEN_BYTES = range(0xDC80, 0xDD00)
CHUNK = 64 * 1024
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Bytes that are broken in a file which is otherwise UTF-8 stay in the text as lone
    surrogates, so that the cells they stand in can be named.
    """
    if content.startswith(UTF_16_MARKS):
        return content.decode("utf-16", "replace"), "utf-16"
    encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
    text = content.decode(encoding, "surrogateescape")
    if text.isascii():
        return text, encoding
    broken = sum(ord(character) in BROKEN_BYTES for character in text)
    sound = sum(not character.isascii() for character in text) - broken
    if sound > broken or encoding == "utf-8-sig" or not broken:
        return text, encoding
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "latin-1"


def encoding_of(file: BinaryIO) -> str:
    """Return the encoding of a file of any size, reading it once in small pieces."""
    file.seek(0)
    start = file.read(CHUNK)
    if start.startswith(UTF_16_MARKS):
        return "utf-16"
    if b"\0" in start[:4]:
        return "utf-16-be" if start.startswith(b"\0") else "utf-16-le"
    if _fits(file, "utf-8"):
        return "utf-8-sig"
    return "cp1252" if _fits(file, "cp1252") else "latin-1"


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


def open_text(file: BinaryIO) -> io.TextIOWrapper:
    """Return the file as text from its start; every line ending reads as a line feed."""
    encoding = encoding_of(file)
    file.seek(0)
    return io.TextIOWrapper(file, encoding, errors="replace")
