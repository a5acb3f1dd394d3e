"""Cells of a spreadsheet file that no spreadsheet program takes for a formula.

A cell that starts with one of these characters, also behind spaces, can run as a
formula when somebody opens the file. An apostrophe before it makes it text; reading
the file again takes the apostrophe away.
"""

import re
from typing import Any

# The four in the middle are the full-width forms of = + - @, which count as well.
RISKY_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "|",
    "%",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
    "\t",
    "\r",
    "\n",
)

# What XLSX cannot hold. Text pasted from elsewhere brings it along, such as a soft line break.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def neutralise(text: str) -> str:
    """Return the text as it may stand in a CSV cell; `restore` gives the original back."""
    return f"'{text}" if _is_risky(text) else text


def disarmed(value: Any) -> Any:
    """Return a text neutralised and with spaces for what XLSX cannot hold, all else as it is."""
    return neutralise(_UNWRITABLE.sub(" ", value)) if isinstance(value, str) else value


def restore(text: str) -> str:
    """Return what stood in the cell before `neutralise`; any other text comes back as it is."""
    return text[1:] if text.startswith("'") and _is_risky(text) else text


# How Wagtail's reports write what a function of theirs shows.
AS_TEXT = {"csv": disarmed, "xlsx": disarmed}


def _is_risky(text: str) -> bool:
    return text.lstrip("' ").startswith(RISKY_STARTS)
