"""What can keep a question of a file out of the bank: plain facts, without wording.

`interop.questions.messages` says each in words, and docs/question-files.md lists them.
"""

from enum import StrEnum

SHOWN_LENGTH = 80


class Fault(StrEnum):
    # The file as a whole.
    EMPTY_FILE = "empty-file"
    TOO_LARGE = "too-large"
    TOO_MANY_QUESTIONS = "too-many-questions"
    UNKNOWN_FORMAT = "unknown-format"
    BROKEN_XML = "broken-xml"
    FORBIDDEN_XML = "forbidden-xml"
    TOO_DEEP = "too-deep"
    NOT_A_QUIZ = "not-a-quiz"
    MISSING_COLUMN = "missing-column"
    DUPLICATE_COLUMN = "duplicate-column"
    # The form of a question.
    UNCLOSED_BRACE = "unclosed-brace"
    STRAY_BRACE = "stray-brace"
    SEVERAL_BLOCKS = "several-blocks"
    BROKEN_ROW = "broken-row"
    TEXT_TOO_LONG = "text-too-long"
    CATEGORY_TOO_LONG = "category-too-long"
    NO_TEXT = "no-text"
    # Its kind and its answers.
    UNKNOWN_KIND = "unknown-kind"
    DESCRIPTION = "description"
    TOO_FEW_ANSWERS = "too-few-answers"
    NOT_A_SHARE = "not-a-share"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_PAIR = "not-a-pair"
    NO_RIGHT_ANSWER = "no-right-answer"
    NO_FULL_ANSWER = "no-full-answer"
    SEVERAL_RIGHT_ANSWERS = "several-right-answers"
    BROKEN_GAP = "broken-gap"
    MIXED_GAPS = "mixed-gaps"
    CANNOT_BE_HELD = "cannot-be-held"
    SEVERAL_LANGUAGES = "several-languages"
    # Its pictures and media.
    MEDIA = "media"
    MISSING_FILE = "missing-file"
    EXTERNAL_IMAGE = "external-image"
    NOT_AN_IMAGE = "not-an-image"
    HINT_PICTURE = "hint-picture"
    # Against the rest of the file and the bank.
    SAME_ID_TWICE = "same-id-twice"
    NOT_MEANT_SO = "not-meant-so"
    KEPT_CATEGORY = "kept-category"
    # Remarks: the question is taken over, and this is different from the file.
    NEGATIVE_SHARE = "negative-share"
    EQUAL_SHARES = "equal-shares"
    EMPTY_ANSWER = "empty-answer"
    NO_MARK = "no-mark"
    ATTACHMENTS = "attachments"
    ALL_LINES = "all-lines"
    MISSING_ALT = "missing-alt"
    EDITED_HERE = "edited-here"
    STILL_MISSING = "still-missing"
    UNKNOWN_DIMENSION = "unknown-dimension"


# The question is well written, and there is no place for it here.
NOT_MAPPED = frozenset(
    {
        Fault.UNKNOWN_KIND,
        Fault.DESCRIPTION,
        Fault.CANNOT_BE_HELD,
        Fault.MIXED_GAPS,
        Fault.SEVERAL_LANGUAGES,
        Fault.HINT_PICTURE,
        Fault.MEDIA,
        Fault.EXTERNAL_IMAGE,
    }
)


def shown(value: str) -> str:
    """Return the value as a message can show it: on one line, printable, not too long."""
    text = "".join(character if character.isprintable() else " " for character in value)
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_LENGTH else f"{text[: SHOWN_LENGTH - 1]}…"
