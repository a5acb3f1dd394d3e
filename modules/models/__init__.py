from modules.models.catalogue import CataloguePage
from modules.models.changes import MaterialChange
from modules.models.kinds import (
    ImmersionPreparationPage,
    TrainingSessionPage,
    WorkshopPage,
    WorkshopSession,
)
from modules.models.lessons import LessonPage
from modules.models.modules import ModuleDestination, ModulePage, ModuleQuiz

__all__ = [
    "CataloguePage",
    "ImmersionPreparationPage",
    "LessonPage",
    "MaterialChange",
    "ModuleDestination",
    "ModulePage",
    "ModuleQuiz",
    "TrainingSessionPage",
    "WorkshopPage",
    "WorkshopSession",
]
