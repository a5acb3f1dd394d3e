"""The columns of a table of choice questions. Plain Python."""

import re

MOST_OPTIONS = 10
OPTIONS = tuple(f"option_{place}" for place in range(1, MOST_OPTIONS + 1))
FEEDBACKS = tuple(f"feedback_{place}" for place in range(1, MOST_OPTIONS + 1))
NAMES = (
    "id",
    "category",
    "name",
    "kind",
    "question",
    "right",
    *(name for both in zip(OPTIONS, FEEDBACKS, strict=True) for name in both),
    "feedback",
    "mark",
    "tags",
    "more",
)
REQUIRED = ("question", "right", "option_1", "option_2")

_ALIASES = {
    "idnumber": "id",
    "title": "name",
    "question_name": "name",
    "type": "kind",
    "question_type": "kind",
    "stem": "question",
    "text": "question",
    "question_text": "question",
    "correct": "right",
    "correct_answer": "right",
    "correct_answers": "right",
    "correct_answer(s)": "right",
    "right_answer": "right",
    "key": "right",
    "explanation": "feedback",
    "general_feedback": "feedback",
    "marks": "mark",
    "points": "mark",
    "topic": "category",
}
_OPTION = re.compile(r"(?:option|answer|choice)_?(?:(\d+)|([a-j]))")
_NUMBERED = re.compile(r"\w+ - (?:\d+|[A-Ja-j])")
_FEEDBACK = re.compile(r"(?:feedback|comment)_?(?:(\d+)|([a-j]))")


def known(heading: str) -> str | None:
    """Return the column that a heading names, in whichever way it is written."""
    heading = heading.strip("\ufeff \t")
    said = heading if _NUMBERED.fullmatch(heading) else heading.partition(" - ")[0]
    name = re.sub(r"[\s\-_]+", "_", said.casefold())
    name = _ALIASES.get(name, name)
    for pattern, columns in ((_OPTION, OPTIONS), (_FEEDBACK, FEEDBACKS)):
        found = pattern.fullmatch(name)
        if found:
            place = int(found[1]) if found[1] else letter(found[2])
            return columns[place - 1] if 1 <= place <= MOST_OPTIONS else None
    return name if name in NAMES else None


def letter(mark: str) -> int:
    """Return 1 for a, 2 for b."""
    return ord(mark.casefold()) - ord("a") + 1
