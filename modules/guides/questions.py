"""What every guide is asked: the same questions in each layer, so that layers can be merged."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    ARRIVAL = "arrival", _("Arriving and staying")
    MONEY = "money", _("Money")
    HOUSING = "housing", _("Housing")
    STUDY = "study", _("Studying, teaching, research")
    SAFETY = "safety", _("Safety and law")
    HEALTH = "health", _("Health")
    EVERYDAY = "everyday", _("Everyday life")
    LANGUAGE = "language", _("Language")
    CONTACTS = "contacts", _("People to ask")


class Question(models.TextChoices):
    """Put to a guide; a new one comes without a migration, as blocks stay out of those."""

    PAPERS = "papers", _("Which papers do I need to enter and to stay?")
    REGISTERING = "registering", _("What do I register after I arrive, and by when?")
    WORKING = "working", _("May I work beside my studies?")
    COSTS = "costs", _("What does a month cost?")
    PAYING = "paying", _("How do people pay, and will my card work?")
    ROOM = "room", _("How do I find a room, and what is in the contract?")
    CALENDAR = "calendar", _("When do I have to be where?")
    MARKS = "marks", _("How are marks given?")
    RESEARCH = "research", _("What do teaching and research need?")
    EMERGENCY = "emergency", _("Whom do I call in an emergency?")
    DANGERS = "dangers", _("Which dangers of nature are there, and who warns me?")
    LAWS = "laws", _("Which rules may differ from those at home?")
    DOCTOR = "doctor", _("How do I see a doctor, and who pays?")
    INSURANCE = "insurance", _("Which insurance do I need?")
    MEDICINES = "medicines", _("May I bring my medicines?")
    GETTING_ABOUT = "getting_about", _("How do I get about, also at night?")
    WEATHER = "weather", _("What will the weather be like?")
    OUTDOORS = "outdoors", _("What may I do outdoors, and how do I prepare?")
    EVERY_DAY = "every_day", _("What is done in another way in the house and in the street?")
    LANGUAGES = "languages", _("Which language is used when?")
    WHO_HELPS = "who_helps", _("Who is there for me?")


TOPIC_OF: Mapping[str, Topic] = {
    **dict.fromkeys(("papers", "registering", "working"), Topic.ARRIVAL),
    **dict.fromkeys(("costs", "paying"), Topic.MONEY),
    "room": Topic.HOUSING,
    **dict.fromkeys(("calendar", "marks", "research"), Topic.STUDY),
    **dict.fromkeys(("emergency", "dangers", "laws"), Topic.SAFETY),
    **dict.fromkeys(("doctor", "insurance", "medicines"), Topic.HEALTH),
    **dict.fromkeys(("getting_about", "weather", "outdoors", "every_day"), Topic.EVERYDAY),
    "languages": Topic.LANGUAGE,
    "who_helps": Topic.CONTACTS,
}


def grouped_choices() -> list[tuple[object, list[tuple[str, object]]]]:
    """Return the questions by topic, as a select of the editor shows them."""
    return [
        (topic.label, [(one.value, one.label) for one in Question if TOPIC_OF[one.value] == topic])
        for topic in Topic
    ]
