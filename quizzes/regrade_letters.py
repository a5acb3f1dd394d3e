"""The letter to a participant whose result a regrade has changed."""

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobs.posting import Letter
from people.languages import language_of
from quizzes.models import RegradeLine


def letter_about(line: RegradeLine, link_to: str) -> Letter:
    """Return the letter in the person's language; each regrade tells a person once."""
    attempt, regrade = line.attempt, line.regrade
    person = attempt.participant
    with (
        translation.override(language_of(person)),
        timezone.override(person.time_zone),
    ):
        context = {
            "line": line,
            "attempt": attempt,
            "quiz": regrade.quiz,
            "regrade": regrade,
            "person": person,
            "link": link_to.format(uuid=attempt.uuid),
        }
        return Letter(
            key=f"regrade:{regrade.uuid}:{attempt.uuid}",
            to=person.email,
            subject=_("Your result in “%(quiz)s” has been corrected") % {"quiz": regrade.quiz},
            text=render_to_string("quizzes/email/regraded.txt", context).strip() + "\n",
        )
