from interop.modules.models import ModuleUpload
from interop.questions.models import ImportedQuestion, QuestionUpload, QuestionUploadLine
from interop.roster.models import RosterTrace, RosterUpload

__all__ = [
    "ImportedQuestion",
    "ModuleUpload",
    "QuestionUpload",
    "QuestionUploadLine",
    "RosterTrace",
    "RosterUpload",
]
