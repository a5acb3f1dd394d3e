"""Gaps in a text, as Moodle's embedded answers ("cloze") write them. Plain Python.

Read: `{1:SHORTANSWER:=word#well~%50%nearly}` and its short names, typed or picked. A gap for
a number, for several answers, or one that is broken refuses the question.
"""

import html
import re
from collections.abc import Iterable
from decimal import Decimal

from interop.questions.problems import Fault, shown
from interop.questions.records import Answer, CannotReadError, Gap, number
from interop.questions.shares import from_percent, percent
from interop.questions.texts import clean, from_plain, picked

TYPED = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"})
CASE_SENSITIVE = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
PICKED = frozenset(
    f"{name}{shuffled}"
    for name in ("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH")
    for shuffled in ("", "_S", "S")
)
NAMED = re.compile(r"\[\[(\d+)\]\]")

_GAP = re.compile(r"(?<!\\)\{(\d*):([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
_NUMBERED = re.compile(r"&#x?[0-9a-fA-F]+;")
_ANSWER = re.compile(r"(?<!\\)~")
_SHARE = re.compile(r"\s*(?:(=)|%(-?[0-9.,]+)%)")
_FEEDBACK = re.compile(r"(?<!\\)#")
_ESCAPE = re.compile(r"\\(.)")
_SPECIAL = re.compile(r"[\\}#~]")


def read(stem: str) -> tuple[str, tuple[Gap, ...], bool]:
    """Return the stem with `[[1]]` for the first gap, the gaps, and whether case counts.

    The stem is as it stands in the file: feedback of gaps is HTML of its own, inside it.
    """
    gaps: list[Gap] = []
    kinds: set[str] = set()

    def take(found: re.Match[str]) -> str:
        kinds.add(found[2])
        gaps.append(_gap(found[1], found[2], found[3]))
        return f"[[{len(gaps)}]]"

    if NAMED.search(stem):
        raise CannotReadError(Fault.BROKEN_GAP, "[[1]]")
    text = _GAP.sub(take, _NUMBERED.sub(_unless_special, stem))
    if not gaps or re.search(r"(?<!\\)\{\d*:", text):
        raise CannotReadError(Fault.BROKEN_GAP)
    return text, tuple(gaps), bool(kinds & CASE_SENSITIVE)


def _unless_special(found: re.Match[str]) -> str:
    """A numbered entity holds a `#` that is no feedback; a mark of HTML stays an entity."""
    character = html.unescape(found[0])
    return html.escape(character, quote=False)


def _gap(mark: str, kind: str, text: str) -> Gap:
    if kind not in TYPED | PICKED:
        raise CannotReadError(Fault.CANNOT_BE_HELD, kind)
    answers = tuple(_answer(piece) for piece in _ANSWER.split(text) if piece.strip())
    if not any(answer.share > 0 for answer in answers):
        raise CannotReadError(Fault.NO_RIGHT_ANSWER)
    return Gap(answers, is_typed=kind in TYPED, mark=Decimal(mark or 1))


def _answer(text: str) -> Answer:
    found = _SHARE.match(text)
    share = Decimal(0)
    if found:
        share = Decimal(1) if found[1] else from_percent(found[2])
        text = text[found.end() :]
    answer, *feedback = _FEEDBACK.split(text, maxsplit=1)
    said = clean(_ESCAPE.sub(r"\1", feedback[0])) if feedback else ""
    return Answer(picked(_ESCAPE.sub(r"\1", answer)), share, said)


def written(stem: str, gaps: tuple[Gap, ...], *, is_case_sensitive: bool) -> str:
    """Return the stem with each `[[n]]` as Moodle writes its gap."""

    def put(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if not 0 <= place < len(gaps):
            return found[0]
        return _written(gaps[place], is_case_sensitive=is_case_sensitive)

    return NAMED.sub(put, stem)


def _written(gap: Gap, *, is_case_sensitive: bool) -> str:
    kind = "MULTICHOICE"
    if gap.is_typed:
        kind = "SHORTANSWER_C" if is_case_sensitive else "SHORTANSWER"
    answers = "~".join(_written_answer(answer) for answer in gap.answers)
    return f"{{{number(gap.mark)}:{kind}:{answers}}}"


def _written_answer(answer: Answer) -> str:
    start = "" if answer.share == 0 else f"%{percent(answer.share)}%"
    if answer.share == 1:
        start = "="
    text = _escaped(from_plain(answer.text))
    if not start and text.startswith(("=", "%")):
        start = "%0%"
    feedback = f"#{_escaped(answer.feedback)}" if answer.feedback else ""
    return f"{start}{text}{feedback}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def from_choices(stem: str, choices: Iterable[tuple[str, str]]) -> tuple[Gap, ...]:
    """Return the gaps of a stem with `[[n]]`: the nth choice is right, others of its group wrong.

    Args:
        choices: text and group of each, in their order.
    """
    all_choices = list(choices)
    gaps = []
    for found in NAMED.finditer(stem):
        place = int(found[1]) - 1
        if not 0 <= place < len(all_choices):
            raise CannotReadError(Fault.BROKEN_GAP, shown(found[0]))
        right, group = all_choices[place]
        texts = dict.fromkeys(text for text, other in all_choices if other == group)
        gaps.append(Gap(tuple(Answer(text, Decimal(text == right)) for text in texts)))
    if not gaps:
        raise CannotReadError(Fault.BROKEN_GAP)
    return tuple(gaps)


def renumbered(stem: str) -> str:
    """Return the stem with its gaps numbered from 1 in the order of reading."""
    numbers = iter(range(1, len(stem)))
    return NAMED.sub(lambda _found: f"[[{next(numbers)}]]", stem)
