from modules.models.catalogue import CataloguePage
from modules.models.changes import MaterialChange
from modules.models.glossary import GlossaryTerm
from modules.models.guides import (
    CountryGuidePage,
    GuidePage,
    GuidesPage,
    InstitutionGuidePage,
    RegionCountry,
    RegionGuidePage,
)
from modules.models.immersion import ImmersionTaskPage
from modules.models.kinds import (
    ImmersionPreparationPage,
    TrainingSessionPage,
    WorkshopPage,
    WorkshopSession,
)
from modules.models.lessons import LessonPage
from modules.models.modules import (
    ModuleDestination,
    ModulePage,
    ModulePrerequisite,
    ModuleQuiz,
)

__all__ = [
    "CataloguePage",
    "CountryGuidePage",
    "GlossaryTerm",
    "GuidePage",
    "GuidesPage",
    "ImmersionPreparationPage",
    "ImmersionTaskPage",
    "InstitutionGuidePage",
    "LessonPage",
    "MaterialChange",
    "ModuleDestination",
    "ModulePage",
    "ModulePrerequisite",
    "ModuleQuiz",
    "RegionCountry",
    "RegionGuidePage",
    "TrainingSessionPage",
    "WorkshopPage",
    "WorkshopSession",
]
