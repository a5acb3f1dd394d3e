"""The words of each kind of letter, with places for what differs."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy

from exchanges.models import Office
from reminders.enums import LetterKind

Words = Callable[[Office, LetterKind, str], tuple[str, str]]
"""Gives subject and text for an office, a kind and a language."""

SUBJECTS = {
    LetterKind.REMINDER: gettext_lazy("Still open before you leave"),
    LetterKind.ASKED: gettext_lazy("Still open before you leave: a word from your exchange office"),
}
TEXTS = {
    LetterKind.REMINDER: gettext_lazy(
        "Hello {name},\n\n"
        "this is still open before you leave:\n\n"
        "{list}\n\n"
        "Sign in to go on, or to ask for more time:\n"
        "{link}\n\n"
        "{office}"
    ),
    LetterKind.ASKED: gettext_lazy(
        "Hello {name},\n\n"
        "we would like to remind you of what is still open before you leave:\n\n"
        "{list}\n\n"
        "Sign in to go on, or to ask for more time:\n"
        "{link}\n\n"
        "{sender}\n"
        "{office}"
    ),
}


def ours(_office: Office, kind: LetterKind, _language: str) -> tuple[str, str]:
    """The words that Sojourn brings, in the language that is active."""
    return str(SUBJECTS[kind]), str(TEXTS[kind])


def fill(words: str, values: Mapping[str, str]) -> str:
    """Put the values into their places. What a value says is never taken for a place."""
    found, rest = [], words
    while rest:
        before, opened, after = rest.partition("{")
        name, closed, behind = after.partition("}")
        found.append(before)
        if opened and closed and name in values:
            found.append(values[name])
            rest = behind
        else:
            found.append(opened)
            rest = after
    return "".join(found).strip() + "\n" if "\n" in words else "".join(found).strip()
