"""The stream of all teaching blocks."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from library.blocks import FigureBlock, TextBlock
from modules.blocks.branching import BranchingScenarioBlock
from modules.blocks.checking import KnowledgeCheckBlock
from modules.blocks.comparing import ComparisonBlock
from modules.blocks.defining import GlossaryTermBlock
from modules.blocks.doing import ChecklistBlock, ReflectionBlock
from modules.blocks.embedding import EmbeddedVideoBlock
from modules.blocks.facilitating import FacilitatorNotesBlock
from modules.blocks.files import AudioBlock, DownloadBlock, VideoBlock
from modules.blocks.illustrating import IllustrationBlock
from modules.blocks.incidents import CriticalIncidentBlock
from modules.blocks.observing import ObservationExerciseBlock
from modules.blocks.pointing import CalloutBlock, KeyPointsBlock
from modules.blocks.scheduling import TimeZonePlannerBlock
from modules.blocks.sources import SourceBlock

FOR_TRAINERS = frozenset({"facilitator_notes"})


class LessonBlock(blocks.StreamBlock):
    text = TextBlock(group=_("Read"))
    figure = FigureBlock(group=_("Read"))
    illustration = IllustrationBlock(group=_("Read"))
    video = VideoBlock(group=_("Read"))
    audio = AudioBlock(group=_("Read"))
    embedded_video = EmbeddedVideoBlock(group=_("Read"))
    callout = CalloutBlock(group=_("Read"))
    glossary_term = GlossaryTermBlock(group=_("Read"))
    comparison = ComparisonBlock(group=_("Think"))
    critical_incident = CriticalIncidentBlock(group=_("Think"))
    branching_scenario = BranchingScenarioBlock(group=_("Think"))
    observation_exercise = ObservationExerciseBlock(group=_("Think"))
    reflection = ReflectionBlock(group=_("Think"))
    checklist = ChecklistBlock(group=_("Do"))
    time_zone_planner = TimeZonePlannerBlock(group=_("Do"))
    knowledge_check = KnowledgeCheckBlock(group=_("Do"))
    download = DownloadBlock(group=_("Do"))
    key_points = KeyPointsBlock(group=_("Remember"))
    source = SourceBlock(group=_("Remember"))
    facilitator_notes = FacilitatorNotesBlock(group=_("Lead"))

    class Meta:
        label = _("Content")
