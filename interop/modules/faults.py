"""What can be wrong with a file, and what may be said about a part of it: plain facts.

`interop.modules.words` says each in words, and docs/sharing-modules.md lists them.
"""

from collections.abc import Sequence
from enum import StrEnum

SHOWN_LENGTH = 160


class Fault(StrEnum):
    # The file as a whole.
    NOT_A_ZIP = "not-a-zip"
    TOO_LARGE = "too-large"
    TOO_MANY_ENTRIES = "too-many-entries"
    ENTRY_TOO_LARGE = "entry-too-large"
    PACKED_TOO_TIGHT = "packed-too-tight"
    UNSAFE_NAME = "unsafe-name"
    ENCRYPTED = "encrypted"
    UNKNOWN_ENTRY = "unknown-entry"
    MISSING_ENTRY = "missing-entry"
    BROKEN_ENTRY = "broken-entry"
    NOT_UTF8 = "not-utf8"
    NOT_JSON = "not-json"
    NOT_A_MODULE = "not-a-module"
    NEWER = "newer"
    WRONG_SHAPE = "wrong-shape"
    # What it says.
    UNKNOWN_BLOCK = "unknown-block"
    UNKNOWN_FIELD = "unknown-field"
    WRONG_VALUE = "wrong-value"
    UNKNOWN_REFERENCE = "unknown-reference"
    NOT_AN_IMAGE = "not-an-image"
    NOT_A_DOCUMENT = "not-a-document"
    BROKEN_QUESTION = "broken-question"
    BROKEN_QUIZ = "broken-quiz"
    # An export.
    NOT_PUBLISHED = "not-published"
    DRAWS_CHANGED = "draws-changed"
    LOST_FILE = "lost-file"
    # Who imports.
    MAY_NOT_ADD_PAGES = "may-not-add-pages"
    MAY_NOT_ADD_IMAGES = "may-not-add-images"
    MAY_NOT_ADD_DOCUMENTS = "may-not-add-documents"
    MAY_NOT_ADD_TERMS = "may-not-add-terms"
    MAY_NOT_ADD_QUIZZES = "may-not-add-quizzes"
    KIND_NOT_ALLOWED = "kind-not-allowed"
    NO_CATALOGUE = "no-catalogue"
    IMPORTED_ALREADY = "imported-already"


class Note(StrEnum):
    """What is different from the file, or what somebody has to do; nothing is refused."""

    NOT_HERE = "not-here"
    DIFFERENT = "different"
    NO_SESSIONS = "no-sessions"
    OTHER_LANGUAGE = "other-language"
    KEY_TAKEN = "key-taken"
    SLUG_TAKEN = "slug-taken"
    NOT_EXPORTED = "not-exported"
    PUBLISH_FIRST = "publish-first"
    STAYS_AS_IT_IS = "stays-as-it-is"


Problem = tuple[str, str]
"""The code of a fault and a detail, as the file has it."""


class RefusedError(Exception):
    """The file is not imported, not even in part; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{code} {detail}" for code, detail in problems))
        self.problems = tuple(problems)


def refused(fault: Fault, detail: str = "") -> RefusedError:
    return RefusedError([(str(fault), shown(detail))])


def shown(value: str) -> str:
    """Return the value as a message can show it: on one line, printable, not too long."""
    text = "".join(character if character.isprintable() else " " for character in value)
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"
