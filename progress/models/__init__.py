from progress.models.handed_in import TaskDecision, TaskSubmission
from progress.models.journal import (
    JournalEntry,
    JournalReply,
    JournalSharing,
    JournalVersion,
)
from progress.models.notes import LessonNote
from progress.models.records import Attendance, ChangeRead, LessonRecord, ModuleRecord
from progress.models.reviews import ReviewSkip

__all__ = [
    "Attendance",
    "ChangeRead",
    "JournalEntry",
    "JournalReply",
    "JournalSharing",
    "JournalVersion",
    "LessonNote",
    "LessonRecord",
    "ModuleRecord",
    "ReviewSkip",
    "TaskDecision",
    "TaskSubmission",
]
