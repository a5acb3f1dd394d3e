"""Reads PDFs as poppler reads them."""

import re
import subprocess
import zlib


def text_of(pdf: bytes, *, page: int | None = None) -> str:
    """The words in the order of reading, of the whole file or of one page."""
    pages = ["-f", str(page), "-l", str(page)] if page else []
    return " ".join(_asked(["pdftotext", *pages, "-", "-"], pdf).split())


def facts_of(pdf: bytes) -> dict[str, str]:
    """What `pdfinfo` says: Title, Pages, Tagged, Page size, ..."""
    lines = _asked(["pdfinfo", "-"], pdf).splitlines()
    return {name: value.strip() for name, _colon, value in (line.partition(":") for line in lines)}


def places_of(pdf: bytes, word: str) -> list[float]:
    """How far from the left edge that word begins, each time it is there."""
    boxes = _asked(["pdftotext", "-bbox", "-", "-"], pdf)
    found = re.findall(r'<word xMin="([\d.]+)"[^>]*>([^<]*)</word>', boxes)
    return [float(place) for place, text in found if text == word]


def unpacked(pdf: bytes) -> bytes:
    """The objects in the file, out of the streams that they are packed in."""
    packed = rb"/Type /(?:ObjStm|Metadata)[^>]*/Length (\d+)[^>]*>>\s*stream\r?\n"
    found = re.finditer(packed, pdf)
    return pdf + b"".join(
        zlib.decompress(pdf[one.end() : one.end() + int(one[1])]) for one in found
    )


def _asked(command: list[str], pdf: bytes) -> str:
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
