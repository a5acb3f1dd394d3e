from interop.questions.models import ImportedQuestion, QuestionUpload, QuestionUploadLine
from interop.roster.models import RosterUpload

__all__ = ["ImportedQuestion", "QuestionUpload", "QuestionUploadLine", "RosterUpload"]
