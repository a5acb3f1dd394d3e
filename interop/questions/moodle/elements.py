"""Reads a Moodle XML file one `<question>` at a time, however long it is.

defusedxml refuses document types, entities and references to other files; depth and size
are bounded here. What is no XML but often stands in such files (named entities of HTML,
control characters, space before the first line) is mended on the way.
"""

import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from interop.encodings import open_text
from interop.questions.problems import Fault
from interop.questions.records import UnreadableFileError

ROOT = "quiz"
PIECE = 64 * 1024
DEEPEST = 40
QUESTION_DEPTH = 2
MOST_CHARACTERS = 24 * 1024 * 1024  # of one question, its pictures included
LONGEST_ENTITY = 40
LONGEST_DECLARATION = 200

_DECLARED = re.compile(rb"""\s*<\?xml\b[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]*);")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_OPEN_END = re.compile(r"&[A-Za-z0-9#]*$")


@dataclass(frozen=True, slots=True)
class Found:
    """One question as XML, and the line where it begins."""

    line: int
    element: Element


class _TooDeepError(Exception):
    pass


class _TooLongError(Exception):
    pass


class _NoQuizError(Exception):
    pass


class _Collector(ContentHandler):
    """Builds the element of each question, and forgets it once it is taken."""

    def __init__(self, locator: Any) -> None:
        super().__init__()
        self.locator = locator
        self.found: list[Found] = []
        self.depth = 0
        self.characters_seen = 0
        self.line = 0
        self.builder: TreeBuilder | None = None

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        self.depth += 1
        if self.depth > DEEPEST:
            raise _TooDeepError
        if self.depth == 1 and name != ROOT:
            raise _NoQuizError
        if self.depth == QUESTION_DEPTH and name == "question":
            self.builder = TreeBuilder()
            self.characters_seen = 0
            self.line = self.locator.getLineNumber()
        if self.builder is not None:
            self.builder.start(name, dict(attrs))

    def characters(self, content: str) -> None:
        if self.builder is not None:
            self.characters_seen += len(content)
            if self.characters_seen > MOST_CHARACTERS:
                raise _TooLongError
            self.builder.data(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        if self.builder is not None:
            self.builder.end(name)
            if self.depth == QUESTION_DEPTH:
                self.found.append(Found(self.line, self.builder.close()))
                self.builder = None
        self.depth -= 1

    def taken(self) -> list[Found]:
        found, self.found = self.found, []
        return found


def elements(file: BinaryIO) -> Iterator[Found]:
    """Yield every question of the file.

    Raises:
        UnreadableFileError: it is no XML of questions, or XML that could do harm.
    """
    parser = make_parser()
    collector = _Collector(parser)
    parser.forbid_dtd = True
    parser.setContentHandler(collector)
    try:
        for piece in _pieces(file):
            parser.feed(piece)
            yield from collector.taken()
        parser.close()
    except DefusedXmlException as error:
        raise UnreadableFileError(Fault.FORBIDDEN_XML, line=_line(collector)) from error
    except _TooDeepError as error:
        line = _line(collector)
        raise UnreadableFileError(Fault.TOO_DEEP, line=line, detail=str(DEEPEST)) from error
    except _TooLongError as error:
        detail = str(MOST_CHARACTERS // 1024 // 1024)
        raise UnreadableFileError(Fault.TOO_LARGE, line=collector.line, detail=detail) from error
    except _NoQuizError as error:
        raise UnreadableFileError(Fault.NOT_A_QUIZ, line=_line(collector)) from error
    except SAXParseException as error:
        line = error.getLineNumber() or 0
        raise UnreadableFileError(Fault.BROKEN_XML, line=line, detail=error.getMessage()) from error
    yield from collector.taken()


def _line(collector: _Collector) -> int:
    return collector.locator.getLineNumber() or 0


def _pieces(file: BinaryIO) -> Iterator[str]:
    file.seek(0)
    declared = _DECLARED.match(file.read(LONGEST_DECLARATION))
    text = open_text(file, declared[1].decode() if declared else "")
    rest = text.read(PIECE).lstrip("\ufeff \t\r\n")
    try:
        while piece := text.read(PIECE):
            whole = rest + piece
            cut = _OPEN_END.search(whole[-LONGEST_ENTITY:])
            end = len(whole) - (LONGEST_ENTITY - cut.start() if cut else 0)
            yield _mended(whole[:end])
            rest = whole[end:]
        yield _mended(rest)
    finally:
        text.detach()


def _mended(text: str) -> str:
    return _ENTITY.sub(_character, _CONTROL.sub("", text))


def _character(found: re.Match[str]) -> str:
    return html.entities.html5.get(f"{found[1]};", found[0])
