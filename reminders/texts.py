"""The words of each kind of letter: an office's own, else those that Sojourn brings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_lazy

from exchanges.models import Office
from reminders.enums import LetterKind
from reminders.models import LetterText
from reminders.planning import upward

Words = Callable[[Office, str, str], tuple[str, str]]
"""Gives subject and text for an office, a kind and a language."""

SUBJECTS: Mapping[str, object] = {
    LetterKind.REMINDER.value: gettext_lazy("Still open before you leave"),
    LetterKind.ASKED.value: gettext_lazy(
        "Still open before you leave: a word from your exchange office"
    ),
    LetterKind.SIGNING.value: gettext_lazy("Sign-offs that wait for you"),
}
TEXTS: Mapping[str, object] = {
    LetterKind.REMINDER.value: gettext_lazy(
        "Hello {name},\n\n"
        "this is still open before you leave:\n\n"
        "{list}\n\n"
        "Sign in to go on, or to ask for more time:\n"
        "{link}\n\n"
        "{office}"
    ),
    LetterKind.ASKED.value: gettext_lazy(
        "Hello {name},\n\n"
        "we would like to remind you of what is still open before you leave:\n\n"
        "{list}\n\n"
        "Sign in to go on, or to ask for more time:\n"
        "{link}\n\n"
        "{sender}\n"
        "{office}"
    ),
    LetterKind.SIGNING.value: gettext_lazy(
        "Hello {name},\n\n"
        "this waits for your sign-off, the longest wait first:\n\n"
        "{list}\n\n"
        "Sign off here, one by one or several at once:\n"
        "{link}\n\n"
        "You get this letter once a week at most, and only if something waits. You can switch "
        "it off in your profile.\n\n"
        "{office}"
    ),
}


def ours(_office: Office | None, kind: str, language: str) -> tuple[str, str]:
    """The words that Sojourn brings."""
    with translation.override(language):
        return str(SUBJECTS[kind]), str(TEXTS[kind])


@dataclass(frozen=True)
class OwnWords:
    """All offices' words, read once; the nearest office above speaks for one without."""

    own: Mapping[tuple[str, str, str], tuple[str, str]]

    def __call__(self, office: Office, kind: str, language: str) -> tuple[str, str]:
        for path in upward(office.path):
            if found := self.own.get((path, str(kind), language)):
                return found
        return ours(office, kind, language)


def words_of_offices() -> OwnWords:
    """One query."""
    rows = LetterText.objects.values_list("office__path", "kind", "language", "subject", "text")
    return OwnWords(
        {(path, kind, language): (subject, text) for path, kind, language, subject, text in rows}
    )
