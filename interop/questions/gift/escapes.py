"""GIFT's own characters, and how a text that holds them is written. Plain Python.

While a question is read, escaped characters are noncharacters of Unicode: whatever
splits at `=` or `~` does not see them. `restored` gives them back.
"""

import re

ESCAPED = "~=#{}:\\n"
HELD_BY = {mark: chr(0xFDD8 + place) for place, mark in enumerate(ESCAPED)}
BACK = {ord(held): "\n" if mark == "n" else mark for mark, held in HELD_BY.items()}
RESERVED = re.compile(r"[\\~=#{}:\n]")

_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_STRAY = re.compile("[\ufdd8-\ufdef]")


def held(text: str) -> str:
    """Return the text with each escaped character held by its stand-in."""
    return _ESCAPE.sub(lambda found: HELD_BY[found[1]], _STRAY.sub("", text))


def restored(text: str) -> str:
    return text.translate(BACK)


def escaped(text: str) -> str:
    """Return the text as it may stand in a GIFT file, on one line."""
    plain = text.replace("\r", "")
    return RESERVED.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", plain)
