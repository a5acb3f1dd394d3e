"""The records of reminders: each office's plan, pauses, and what was written to whom."""

from reminders.models.messages import Message, Reminder
from reminders.models.plans import OfficePlan, Pause

__all__ = ["Message", "OfficePlan", "Pause", "Reminder"]
