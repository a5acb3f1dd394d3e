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
    Fault.NO_FULL_ANSWER: _(
        "No answer is worth the whole mark; the best has %(detail)s per cent. Here exactly one "
        "is right, and others can be right in part."
    ),
    Fault.SEVERAL_RIGHT_ANSWERS: _(
        "%(detail)s answers are right, but only one can be chosen. Make it multiple choice, or "
        "leave one right."
    ),
    Fault.BROKEN_GAP: _("A gap cannot be read. %(detail)s"),
    Fault.MIXED_GAPS: _(
        "Some gaps are to be typed and others to be picked; here all of a text are of one form."
    ),
    Fault.CANNOT_BE_HELD: _("There is no place for this kind of question. %(detail)s"),
    Fault.SEVERAL_LANGUAGES: _(
        "The text stands there in several languages. Make a question of each: here one has one "
        "language."
    ),
    Fault.MEDIA: _("It shows something that is no text or picture: %(detail)s."),
    Fault.MISSING_FILE: _("The picture “%(detail)s” is missing."),
    Fault.EXTERNAL_IMAGE: _(
        "A picture is not in the file but elsewhere: %(detail)s. Put it into the question first."
    ),
    Fault.NOT_AN_IMAGE: _(
        "The file “%(detail)s” is no PNG, JPEG, GIF or WebP picture of fair size."
    ),
    Fault.HINT_PICTURE: _("A hint shows a picture. Here hints are words only."),
    Fault.SAME_ID_TWICE: _("The ID number “%(detail)s” stands in this file twice."),
    Fault.NOT_MEANT_SO: _("%(detail)s"),
    Fault.KEPT_CATEGORY: _("Its category is kept to a group that you are not in."),
    Fault.NEGATIVE_SHARE: _("Shares below 0 are taken as 0."),
    Fault.EQUAL_SHARES: _("The right answers have different shares; here each counts the same."),
    Fault.EMPTY_ANSWER: _("An answer without a text is left away, and what is said to it."),
    Fault.NO_MARK: _("It counts for nothing in the file; here it has one mark."),
    Fault.ATTACHMENTS: _("Files can be handed in with the answer in the file; here it is a text."),
    Fault.ALL_LINES: _("The file asks for some of the lines; here all are put in order."),
    Fault.MISSING_ALT: _("Still to do: say in words what the picture “%(detail)s” shows."),
    Fault.EDITED_HERE: _("It has been edited here since this file was imported, and stays so."),
    Fault.STILL_MISSING: _("Before it can be published: %(detail)s"),
    Fault.UNKNOWN_DIMENSION: _("The dimension “%(detail)s” is not known here and is left away."),
}
# What stands in place of the sentence above where the detail is one of these.
_A_NUMBER = _("A gap asks for a number. Here gaps are for words.")
_SEVERAL = _("In a gap several answers are to be picked. Here it is one for each gap.")
_IN_DETAIL: dict[tuple[str, str], Promise] = {
    (Fault.NEGATIVE_SHARE, "proportional_correct"): _(
        "Wrong ticks cost marks in the file. Here one wrong tick earns nothing, and right ones a "
        "share."
    ),
    (Fault.CANNOT_BE_HELD, "attachments"): _("The answer is a file. Here people write a text."),
    (Fault.CANNOT_BE_HELD, "picture"): _("A picture is to be picked. Here it is words only."),
    (Fault.CANNOT_BE_HELD, "*"): _("Every number is right in part. Here a number is needed."),
    **{(Fault.CANNOT_BE_HELD, name): _A_NUMBER for name in ("NUMERICAL", "NM")},
    **{
        (Fault.CANNOT_BE_HELD, f"{name}{form}"): _SEVERAL
        for name in ("MULTIRESPONSE", "MR")
        for form in ("", "_H", "H", "_S", "S", "_HS", "HS")
    },
}


def explain(fault: str, detail: str = "") -> str:
    """Return the reason as a sentence, in the language of the reader."""
    if (fault, detail) in _IN_DETAIL:
        return str(_IN_DETAIL[fault, detail])
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
