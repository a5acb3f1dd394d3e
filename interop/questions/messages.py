"""Says in words why a question is left out, or what is different in it."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from interop.questions.problems import Fault
from quizzes.enums import QuestionKind

# %(detail)s is what the reader found.
_WORDS: dict[str, Promise] = {
    Fault.EMPTY_FILE: _("The file holds no question."),
    Fault.TOO_LARGE: _("The file, or one question in it, is larger than %(detail)s MB."),
    Fault.TOO_MANY_QUESTIONS: _(
        "The file has more than %(detail)s questions. Split it into several files."
    ),
    Fault.UNKNOWN_FORMAT: _(
        "This is neither GIFT nor Moodle XML nor a table of questions. Choose the format yourself."
    ),
    Fault.BROKEN_XML: _("The file is not well-formed XML: %(detail)s."),
    Fault.FORBIDDEN_XML: _(
        "The file defines a document type or entities. Such files can do harm and are not read."
    ),
    Fault.TOO_DEEP: _("The elements of the file are nested more than %(detail)s deep."),
    Fault.NOT_A_QUIZ: _("The file is XML, but not of Moodle: it does not begin with <quiz>."),
    Fault.MISSING_COLUMN: _("The first row does not name these columns: %(detail)s."),
    Fault.DUPLICATE_COLUMN: _("The first row names these columns twice: %(detail)s."),
    Fault.UNCLOSED_BRACE: _("A “{” is not closed by a “}”."),
    Fault.STRAY_BRACE: _("A “}” stands there without a “{”. Write \\} if it belongs to the text."),
    Fault.SEVERAL_BLOCKS: _(
        "There is more than one pair of braces. Write \\{ and \\} where they belong to the text."
    ),
    Fault.BROKEN_ROW: _("A quotation mark stands in the wrong place, or one is missing."),
    Fault.TEXT_TOO_LONG: _("A text has more than %(detail)s characters."),
    Fault.CATEGORY_TOO_LONG: _("The name of the category has more than %(detail)s characters."),
    Fault.NO_TEXT: _("The question has no text."),
    Fault.UNKNOWN_KIND: _("Questions of the kind “%(detail)s” cannot be taken over."),
    Fault.DESCRIPTION: _("This is a text without a question."),
    Fault.TOO_FEW_ANSWERS: _("It needs at least %(detail)s answers."),
    Fault.NOT_A_SHARE: _("“%(detail)s” is no share between -100 and 100 per cent."),
    Fault.NOT_A_NUMBER: _("“%(detail)s” is no number that can be used here."),
    Fault.NOT_A_PAIR: _("“%(detail)s” is no pair: an arrow (->) is missing."),
    Fault.NO_RIGHT_ANSWER: _("No answer is marked as right. %(detail)s"),
    Fault.SEVERAL_RIGHT_ANSWERS: _(
        "%(detail)s answers are right, but only one can be chosen. Make it multiple choice, or "
        "leave one right."
    ),
    Fault.BROKEN_GAP: _("A gap cannot be read. %(detail)s"),
    Fault.MIXED_GAPS: _(
        "Some gaps are to be typed and others to be picked; here all of a text are of one form."
    ),
    Fault.CANNOT_BE_HELD: _("There is no place for this kind of question. %(detail)s"),
    Fault.MEDIA: _("It shows something that is no text or picture: %(detail)s."),
    Fault.MISSING_FILE: _("The picture “%(detail)s” is missing."),
    Fault.EXTERNAL_IMAGE: _(
        "A picture is not in the file but elsewhere: %(detail)s. Put it into the question first."
    ),
    Fault.NOT_AN_IMAGE: _(
        "The file “%(detail)s” is no PNG, JPEG, GIF or WebP picture of fair size."
    ),
    Fault.SAME_ID_TWICE: _("The ID number “%(detail)s” stands in this file twice."),
    Fault.NOT_MEANT_SO: _("%(detail)s"),
    Fault.KEPT_CATEGORY: _("Its category is kept to a group that you are not in."),
    Fault.NEGATIVE_SHARE: _("Shares below 0 are taken as 0."),
    Fault.EQUAL_SHARES: _("The right answers have different shares; here each counts the same."),
    Fault.MISSING_ALT: _("Still to do: say in words what the picture “%(detail)s” shows."),
    Fault.EDITED_HERE: _("It has been edited here since this file was imported, and stays so."),
    Fault.STILL_MISSING: _("Before it can be published: %(detail)s"),
    Fault.UNKNOWN_DIMENSION: _("The dimension “%(detail)s” is not known here and is left away."),
}
_PUNISHED = _(
    "Wrong ticks cost marks in the file. Here one wrong tick earns nothing, and right ones a share."
)


def explain(fault: str, detail: str = "") -> str:
    """Return the reason as a sentence, in the language of the reader."""
    if fault == Fault.NEGATIVE_SHARE and detail == "proportional_correct":
        return str(_PUNISHED)
    words = str(_WORDS[fault])
    return (words % {"detail": detail}).strip() if "%(" in words else words


def explain_all(reasons: list[list[str]]) -> str:
    return " ".join(explain(fault, detail) for fault, detail in reasons)


def kind_words(kind: str) -> str:
    """Return the name of a kind of the bank, or what the file calls it."""
    known = dict(QuestionKind.choices)
    return str(known[kind]) if kind in known else kind


def where(line: int) -> str:
    return _now("line %(number)d") % {"number": line} if line else _now("file")
