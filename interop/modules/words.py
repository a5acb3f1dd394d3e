"""Says in words what is wrong with a file, and what would happen to each part of it."""

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interop.modules.faults import Fault, Note
from interop.modules.planning import Outcome, Part

# %(detail)s is what the reader found.
_FAULTS: dict[str, Promise] = {
    Fault.NOT_A_ZIP: _("This is not a .zip file, or it is damaged."),
    Fault.TOO_LARGE: _("The file is too large: at most %(detail)s MB can be imported."),
    Fault.TOO_MANY_ENTRIES: _("The file holds more than %(detail)s files."),
    Fault.ENTRY_TOO_LARGE: _("“%(detail)s” in the file is too large."),
    Fault.PACKED_TOO_TIGHT: _(
        "“%(detail)s” is packed so tightly that it could fill the disk. Such files are not read."
    ),
    Fault.UNSAFE_NAME: _("The file holds a name that could do harm: “%(detail)s”."),
    Fault.ENCRYPTED: _("“%(detail)s” in the file has a password. Export the module again."),
    Fault.UNKNOWN_ENTRY: _("The file holds something that does not belong to it: “%(detail)s”."),
    Fault.MISSING_ENTRY: _("“%(detail)s” is missing in the file."),
    Fault.BROKEN_ENTRY: _("“%(detail)s” in the file is damaged."),
    Fault.NOT_UTF8: _("The text of the file is not UTF-8: %(detail)s."),
    Fault.NOT_JSON: _("The description in the file is not well-formed JSON: %(detail)s."),
    Fault.NOT_A_MODULE: _("This file does not hold a module."),
    Fault.NEWER: _(
        "The file has version %(detail)s of the format. This site is too old for it: update the "
        "site first, or ask for an export from an older one."
    ),
    Fault.WRONG_SHAPE: _("The description has another form than it should: %(detail)s."),
    Fault.UNKNOWN_BLOCK: _("A sort of content that this site does not know: %(detail)s."),
    Fault.UNKNOWN_FIELD: _("A field that this site does not know: %(detail)s."),
    Fault.WRONG_VALUE: _("A value that cannot be here: %(detail)s."),
    Fault.UNKNOWN_REFERENCE: _("The file speaks of something that it does not hold: %(detail)s."),
    Fault.NOT_AN_IMAGE: _("An image that cannot be taken: %(detail)s"),
    Fault.NOT_A_DOCUMENT: _("A document that cannot be taken: %(detail)s"),
    Fault.BROKEN_QUESTION: _("A question that cannot be taken: %(detail)s"),
    Fault.BROKEN_QUIZ: _("A quiz that cannot be taken: %(detail)s"),
    Fault.NOT_PUBLISHED: _(
        "“%(detail)s” is not published. Only what is published can be exported."
    ),
    Fault.DRAWS_CHANGED: _(
        "The random draws of the quiz “%(detail)s” have changed since it was published. Publish "
        "the quiz again first."
    ),
    Fault.LOST_FILE: _("The file of “%(detail)s” is gone. Upload it again, or take it out."),
    Fault.MAY_NOT_ADD_PAGES: _("You may not add pages below “%(detail)s”."),
    Fault.MAY_NOT_ADD_IMAGES: _("The module brings new images, and you may not add images."),
    Fault.MAY_NOT_ADD_DOCUMENTS: _(
        "The module brings new documents, and you may not add documents."
    ),
    Fault.MAY_NOT_ADD_TERMS: _(
        "The module brings new terms of the glossary, and you may not add terms."
    ),
    Fault.MAY_NOT_ADD_QUIZZES: _(
        "The module brings new quizzes, and you may not write quizzes and questions."
    ),
    Fault.NO_CATALOGUE: _("The catalogue is gone. Choose another one and upload the file again."),
    Fault.IMPORTED_ALREADY: _("This file has been imported already, and only once."),
    Fault.KIND_NOT_ALLOWED: _("A task stands only in an immersion preparation: %(detail)s."),
}

_NOTES: dict[str, Promise] = {
    Note.DIFFERENT: _("Different here: %(detail)s. What is here stays."),
    Note.NO_SESSIONS: _("The dates of sessions do not travel. Add your own."),
    Note.OTHER_LANGUAGE: _("The module is written in another language than the catalogue."),
    Note.KEY_TAKEN: _("A page with its key is here elsewhere. This one gets a key of its own."),
    Note.SLUG_TAKEN: _("The address “%(detail)s” is taken. The module gets another one."),
    Note.PUBLISH_FIRST: _("Publish it before the pages that ask it."),
    Note.STAYS_AS_IT_IS: _("Here it says something else. What is here stays, and is used."),
}

# Why something of the file is left out, by what it is.
_NOT_HERE: dict[str, Promise] = {
    Part.STEP: _("The module is here without it, and stays so."),
    Part.LINK: _("This site has no such page. The words of the link stay."),
    Part.NEEDED: _("This site does not have the module that is needed first."),
    Part.DIMENSION: _("No competence framework of this site has this dimension."),
}
_NOT_EXPORTED: dict[str, Promise] = {
    "date": _("Fixed dates do not travel. Set your own."),
    "quiz-not-published": _("A quiz that is not published stayed behind."),
    "page-not-published": _("A link to a page that is not published stayed behind."),
    "term-not-published": _("A term of the glossary that is not published stayed behind."),
    "image-not-published": _("An image that is gone stayed behind."),
    "document-not-published": _("A document that is gone stayed behind."),
}

PARTS: dict[str, Promise] = {
    Part.MODULE: _("Module"),
    Part.STEP: _("Lesson or task"),
    Part.IMAGE: _("Image"),
    Part.DOCUMENT: _("Document"),
    Part.QUIZ: _("Quiz"),
    Part.QUESTION: _("Question"),
    Part.TERM: _("Term of the glossary"),
    Part.LINK: _("Link to a page"),
    Part.NEEDED: _("Needed first"),
    Part.DIMENSION: _("Competence dimension"),
    Part.LEFT_OUT: _("Left out by the export"),
}
OUTCOMES: dict[str, Promise] = {
    Outcome.NEW: _("New"),
    Outcome.HERE: _("Here already"),
    Outcome.DIFFERENT: _("Here already, and different"),
    Outcome.LEFT_OUT: _("Left out"),
}


def explain(code: str, detail: str) -> str:
    """Return why a file is refused, as one or two sentences."""
    return str(_FAULTS[code]) % {"detail": detail}


def explain_left_out(code: str) -> str:
    """Return why an export leaves something out."""
    return str(_NOT_EXPORTED.get(code, code))


def explain_note(part: str, code: str, detail: str) -> str:
    if code == Note.NOT_HERE:
        return str(_NOT_HERE.get(part, ""))
    if code == Note.NOT_EXPORTED:
        return explain_left_out(detail)
    return str(_NOTES[code]) % {"detail": detail}


def explain_notes(part: str, notes: Iterable[Sequence[str]]) -> str:
    return " ".join(explain_note(part, code, detail) for code, detail in notes)
