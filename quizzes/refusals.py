"""Why an answer was not taken, in words for the person who gave it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.kinds import UnreadableAnswer

WORDS: Mapping[str, Any] = {
    "unreadable": gettext_lazy("The answer could not be read. Choose again."),
    "too_much": gettext_lazy("That is more than this question can take. Choose again."),
    "option_twice": gettext_lazy("The same option was chosen twice. Choose again."),
    "strange_option": gettext_lazy("An option that you chose does not belong to this question."),
    "one_only": gettext_lazy("Choose one option only."),
}


def refusal_words(refused: UnreadableAnswer) -> str:
    """Return the reason as a sentence that says what to do next."""
    words = WORDS.get(refused.code) or _("The answer could not be read. Choose again.")
    return str(words) % refused.params
