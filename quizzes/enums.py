from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    SITUATIONAL = "situational", _("Situational judgement")
    TRUE_FALSE = "true_false", _("True or false")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", _("Ordering")
    SHORT = "short", _("Short text")
    NUMERIC = "numeric", _("Number")
    GAPS = "gaps", _("Text with gaps")
    OPEN = "open", _("Open text (marked by a trainer)")
    LIKERT = "likert", _("Set of statements (no right answer)")
    RATING = "rating", _("Rating (no right answer)")


class QuestionStatus(models.TextChoices):
    """Only ready questions go into a quiz that is published."""

    DRAFT = "draft", _("Draft")
    READY = "ready", _("Ready")
    HIDDEN = "hidden", _("Hidden")


class AnswerForm(models.TextChoices):
    """The other form that a kind can have."""

    USUAL = "", _("Choose one option; write into the gaps")
    RATE = "rate", _("Rate each option (situational judgement)")
    SELECT = "select", _("Choose from a list (text with gaps)")


class Scoring(models.TextChoices):
    """How the parts of an answer make a fraction: ticks, pairs, gaps or an order."""

    ALL_OR_NOTHING = "all_or_nothing", _("All or nothing")
    PROPORTIONAL = "proportional", _("A share for each right part")
    PROPORTIONAL_CORRECT = (
        "proportional_correct",
        _("A share for each right part, none if one is wrong"),
    )


class Purpose(models.TextChoices):
    GRADED = "graded", _("Graded")
    PRACTICE = "practice", _("Practice")
    SELF_ASSESSMENT = "self_assessment", _("Self-assessment")
    MEASURE = "measure", _("Before and after")


class GradingMethod(models.TextChoices):
    """Which of several attempts counts."""

    HIGHEST = "highest", _("Highest attempt")
    LAST = "last", _("Last attempt")
    AVERAGE = "average", _("Average of the attempts")
    FIRST = "first", _("First attempt")


class AttemptState(models.TextChoices):
    """Where an attempt stands. Its result counts when it is finished, never before.

    `SUBMITTED` has nothing of its result yet, or it is held back until the quiz closes;
    `PARTLY_GRADED` waits for somebody to mark the rest.
    """

    IN_PROGRESS = "in_progress", _("In progress")
    OVERDUE = "overdue", _("Overdue")
    SUBMITTED = "submitted", _("Handed in")
    PARTLY_GRADED = "partly_graded", _("Partly graded")
    FINISHED = "finished", _("Finished")
    ABANDONED = "abandoned", _("Not handed in")


OPEN_STATES = frozenset({AttemptState.IN_PROGRESS, AttemptState.OVERDUE})
"""The participant can still do something."""
WAITING_STATES = frozenset({AttemptState.SUBMITTED, AttemptState.PARTLY_GRADED})
"""Handed in, and the result is still to come."""
HANDED_IN_STATES = WAITING_STATES | {AttemptState.FINISHED}


class AtDeadline(models.TextChoices):
    """What becomes of an open attempt when its time is over."""

    SUBMIT = "submit", _("It is handed in with the answers saved so far")
    GRACE = "grace", _("It can be handed in late; no answer changes any more")
    ABANDON = "abandon", _("It is not counted as handed in")


class ExchangeEvent(models.TextChoices):
    DEPARTS = "departs", _("the day of departure")
    STARTS = "starts", _("the first day of the stay")
    ENDS = "ends", _("the last day of the stay")


class ReviewMoment(models.TextChoices):
    """From when on something of an attempt may be seen."""

    DURING = "during", _("While answering, once an answer is checked")
    SUBMITTED = "submitted", _("Right after handing in")
    CLOSED = "closed", _("After the quiz has closed")
    NEVER = "never", _("Never")


class Paging(models.TextChoices):
    """What stands on one page of an attempt."""

    QUESTION = "question", _("One question a page")
    SECTION = "section", _("One section a page")


class StepKind(models.TextChoices):
    SAVED = "saved", _("Answer saved")
    CHECKED = "checked", _("Answer checked")
    GRADED = "graded", _("Graded")
    MARKED = "marked", _("Marked by a person")
    REGRADED = "regraded", _("Graded again")


FRACTION_KINDS = frozenset({StepKind.GRADED, StepKind.MARKED, StepKind.REGRADED})
"""Steps that say what an answer is worth; the last of them holds."""
OVERRIDING_KINDS = frozenset({StepKind.MARKED, StepKind.REGRADED})
"""Steps whose fraction holds against what the paper alone would give."""


class MarkStage(models.TextChoices):
    """What a person's mark of an open answer is for."""

    FIRST = "first", _("First mark")
    SECOND = "second", _("Second mark")
    DECISION = "decision", _("Decision between two marks")
    CORRECTION = "correction", _("Correction")


class WhichAttempts(models.TextChoices):
    """Whose attempts an analysis looks at where people have several."""

    FIRST = "first", _("Each person's first attempt")
    LAST = "last", _("Each person's last attempt")
    HIGHEST = "highest", _("Each person's highest attempt")
    ALL = "all", _("All attempts")


class RegradeKind(models.TextChoices):
    NEW_KEY = "new_key", _("By the key of the live version")
    ACCEPT_ANY = "accept_any", _("Any answer is right")
    DISREGARD = "disregard", _("The question counts for nobody")


class RegradeState(models.TextChoices):
    PLANNED = "planned", _("Tried out")
    RUNNING = "running", _("Being carried out")
    DONE = "done", _("Done")
