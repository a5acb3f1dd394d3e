from interop.questions.models import ImportedQuestion, QuestionUpload, QuestionUploadLine
from interop.roster.models import RosterTrace, RosterUpload

__all__ = [
    "ImportedQuestion",
    "QuestionUpload",
    "QuestionUploadLine",
    "RosterTrace",
    "RosterUpload",
]
