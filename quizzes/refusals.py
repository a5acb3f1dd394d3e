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
    "part_twice": gettext_lazy("One part of the answer came twice. Answer again."),
    "strange_part": gettext_lazy("A part of your answer does not belong to this question."),
    "strange_gap": gettext_lazy("The text has no such gap. Fill the gaps that you see."),
    "strange_place": gettext_lazy("Give each line a place from 1 to %(last)s."),
    "place_twice": gettext_lazy("Two lines have the same place. Give each one its own."),
    "strange_step": gettext_lazy("Choose a step from 1 to %(last)s."),
    "too_long": gettext_lazy("The answer is too long: at most %(longest)s characters."),
    "unreadable_text": gettext_lazy(
        "The answer has characters that cannot be kept. Take them out and save again."
    ),
    "no_number": gettext_lazy("Write a number, such as 12 or 12.5."),
    "other_unit": gettext_lazy("Write the number in %(unit)s."),
    "one_only": gettext_lazy("Choose one option only."),
}


def refusal_words(refused: UnreadableAnswer) -> str:
    """Return the reason as a sentence that says what to do next."""
    words = WORDS.get(refused.code) or _("The answer could not be read. Choose again.")
    return str(words) % refused.params
