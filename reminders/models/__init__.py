"""The records of reminders: plans, pauses and words of offices, wishes, and what was written."""

from reminders.models.messages import Message, Reminder
from reminders.models.plans import OfficePlan, Pause
from reminders.models.texts import LetterText
from reminders.models.wishes import LetterWishes

__all__ = ["LetterText", "LetterWishes", "Message", "OfficePlan", "Pause", "Reminder"]
