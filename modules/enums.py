from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    BEFORE = "before", _("Before the stay")
    DURING = "during", _("During the stay")
    AFTER = "after", _("After the return")


class ModuleKind(models.TextChoices):
    TRAINING_SESSION = "training_session", _("Training session")
    WORKSHOP = "workshop", _("Workshop")
    IMMERSION = "immersion", _("Immersion preparation")


class StepKind(models.TextChoices):
    """What a participant does at one step of a module's outline."""

    LESSON = "lesson", _("Lesson")
    TASK = "task", _("Task")
    QUIZ = "quiz", _("Quiz")
    ATTENDANCE = "attendance", _("Workshop session")


class GuideLayer(models.TextChoices):
    """Whom a guide is for: the nearest first, each falling back to the next."""

    INSTITUTION = "institution", _("Host institution")
    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    GENERAL = "general", _("General")


class StepRule(models.TextChoices):
    """When a step counts as done; the server decides it."""

    READ = "read", _("Read to its end")
    ANSWERED = "answered", _("Its knowledge checks are answered")
    PASSED = "passed", _("Its knowledge checks are passed")
    TICKED = "ticked", _("Every point of its checklists is ticked")
    REFLECTED = "reflected", _("Every question to reflect on is answered in the journal")
    ACCEPTED = "accepted", _("A trainer accepts what is handed in")
    TAKEN = "taken", _("The quiz is passed")
    ATTENDED = "attended", _("Somebody leading it wrote you down as present")


# What an author may choose from for a lesson; other steps have a rule of their own.
LESSON_RULES = (
    StepRule.READ,
    StepRule.ANSWERED,
    StepRule.PASSED,
    StepRule.TICKED,
    StepRule.REFLECTED,
)
RULES_OF_CHECKS = frozenset({StepRule.ANSWERED, StepRule.PASSED})


class TaskKind(models.TextChoices):
    OBSERVATION = "observation", _("Local observation")
    INTERVIEW = "interview", _("Interview with a host")
    WEEKLY_LOG = "weekly_log", _("Weekly log")
    INCIDENT = "incident", _("Critical incident")
    COMMUNITY = "community", _("Community activity")
    BUDDY = "buddy", _("Buddy meeting")


class TaskEvidence(models.TextChoices):
    """What is handed in for a task. Never a file: nobody else is to be seen on it."""

    TEXT = "text", _("A text")
    LINK = "link", _("A link")
    EITHER = "either", _("A text, a link, or both")


class ChangeKind(models.TextChoices):
    """What a change of a published page means for people who have completed it."""

    MINOR = "minor", _("Minor: better words, a mended mistake")
    MATERIAL = "material", _("Material: people who completed it should know")


class Severity(models.TextChoices):
    """How much a finding matters: the worst first."""

    ERROR = "error", _("Stops people")
    WARNING = "warning", _("Worth a look")


class Problem(models.TextChoices):
    """What can be wrong with a page, as the report's filter names it."""

    NO_STEPS = "no_steps", _("Nothing to complete")
    UNREACHABLE = "unreachable", _("Step that nobody reaches")
    NO_CONTENT = "no_content", _("Lesson without content")
    QUIZ = "quiz", _("Quiz that cannot be taken")
    REVIEW_QUIZ = "review_quiz", _("Short review that cannot be taken")
    RULE = "rule", _("Rule that asks for nothing")
    NEEDED_FIRST = "needed_first", _("Module that is needed first")
    DIMENSION = "dimension", _("Dimension that is not in use")
    DEAD_LINK = "dead_link", _("Link to a page that is not there")
    TERM = "term", _("Glossary term that is gone")
    LOST_FILE = "lost_file", _("Image or file that is gone")
    CAPTIONS = "captions", _("Recording without captions")
    ALT_TEXT = "alt_text", _("Image without alternative text")
    MINUTES = "minutes", _("Minutes missing or too few")
    READING_LEVEL = "reading_level", _("Hard to read")
    TRANSLATION = "translation", _("Translation that is behind")
    REVIEW = "review", _("Review is due")
