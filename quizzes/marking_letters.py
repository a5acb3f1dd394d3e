"""The letter to a participant whose open answers have all been marked."""

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobs.posting import Letter
from people.languages import language_of
from quizzes.models import Attempt


def letter_about(attempt: Attempt, link_to: str) -> Letter:
    """Return the letter in the person's language; each attempt tells its person once."""
    person = attempt.participant
    with (
        translation.override(language_of(person)),
        timezone.override(person.time_zone),
    ):
        context = {
            "attempt": attempt,
            "quiz": attempt.quiz,
            "person": person,
            "link": link_to.format(uuid=attempt.uuid),
        }
        return Letter(
            key=f"marked:{attempt.uuid}",
            to=person.email,
            subject=_("Your answers in “%(quiz)s” have been marked") % {"quiz": attempt.quiz},
            text=render_to_string("quizzes/email/marked.txt", context).strip() + "\n",
        )
