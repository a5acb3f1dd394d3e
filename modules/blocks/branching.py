"""A story in which the reader chooses, sees what follows for both sides, and goes on."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from modules.blocks.beginnings import empty
from modules.blocks.features import TOLD
from modules.blocks.paths import Fault, FaultKind, Scene, faults

IN_THE_AUTHOR_S_WORDS = {
    FaultKind.SAME_NAME: _("Another scene has this name. Give each scene a name of its own."),
    FaultKind.ONE_CHOICE: _(
        "With a single choice there is nothing to choose. Give two to four, or none where the "
        "story ends."
    ),
    FaultKind.LEADS_NOWHERE: _(
        "No scene is called “%(name)s”. Write a scene with this name, or leave the field empty "
        "where the story ends."
    ),
    FaultKind.LEADS_BACK: _(
        "“%(name)s” leads back to this scene, so that the story would never end. Let the choice "
        "lead forward."
    ),
    FaultKind.NEVER_REACHED: _(
        "No path from the first scene comes here. Let a choice lead to it, or take it out."
    ),
}
FIELDS = {FaultKind.SAME_NAME: "name", FaultKind.NEVER_REACHED: "name"}


class SceneNameBlock(blocks.CharBlock):
    """Leads from one scene to another: no words, so translators do not see it."""

    def get_translatable_segments(self, _value: str) -> list[str]:
        return []


class ChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("what one could do"), max_length=200)
    for_you = blocks.TextBlock(label=_("what follows for you"), rows=2)
    for_them = blocks.TextBlock(label=_("what follows for them"), rows=2)
    goes_to = SceneNameBlock(
        label=_("leads to the scene"),
        required=False,
        default="",
        max_length=60,
        help_text=_("The name of a scene. Empty: the story ends here."),
    )


class SceneBlock(blocks.StructBlock):
    name = blocks.RegexBlock(
        label=_("name"),
        regex=r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
        max_length=60,
        error_messages={
            "invalid": _("Use small letters, digits and hyphens, such as “after-the-call”.")
        },
        help_text=_("A word by which choices lead here. Readers do not see it."),
    )
    text = blocks.RichTextBlock(label=_("what happens"), features=TOLD)
    choices = blocks.ListBlock(
        ChoiceBlock(),
        label=_("choices"),
        default=[],
        max_num=4,
        help_text=_("Two to four things that a sensible person might do. None: the story ends."),
    )


class BranchingScenarioBlock(blocks.StructBlock):
    """Scenes with choices. Every path ends, and no choice is a caricature."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    situation = blocks.RichTextBlock(
        label=_("how it comes about"),
        features=TOLD,
        help_text=_("Who is there, and what can be seen and heard."),
    )
    scenes = blocks.ListBlock(
        SceneBlock(),
        label=_("scenes"),
        default=empty(SceneBlock(), times=2),
        min_num=1,
        max_num=20,
        help_text=_("The story begins with the first one."),
    )
    takeaway = blocks.TextBlock(label=_("what to take from it"), rows=2)

    class Meta:
        icon = "breadcrumb-expand"
        label = _("Branching scenario")
        template = "modules/blocks/branching_scenario.html"
        description = _("Readers choose, see what follows for both sides, and go on to an end.")
        preview_value = {
            "title": "The early train",
            "situation": "<p>Imani has planned a trip for both of you. You are very tired.</p>",
            "scenes": [
                {
                    "name": "evening",
                    "text": "<p>“Six o’clock at the station?” she asks. What do you say?</p>",
                    "choices": [
                        {
                            "text": "“I am worn out. Could we take a later train?”",
                            "for_you": "It is out, and you can sleep.",
                            "for_them": "She has to change a plan that she was proud of.",
                            "goes_to": "later",
                        },
                        {
                            "text": "“Six it is.”",
                            "for_you": "You set two alarms and hope.",
                            "for_them": "She is glad, and knows nothing of how you feel.",
                            "goes_to": "",
                        },
                    ],
                },
                {
                    "name": "later",
                    "text": "<p>She thinks. “The eight o’clock stops at the lake as well.”</p>",
                    "choices": [],
                },
            ],
            "takeaway": "Saying what you need gives the other person something to work with.",
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            _refuse_faults(cleaned["scenes"])
        return cleaned


def _refuse_faults(scenes: blocks.list_block.ListValue) -> None:
    """Say at each scene and choice what is wrong with it.

    Raises:
        StructBlockValidationError: something is.
    """
    drawn = [
        Scene(scene["name"], tuple(choice["goes_to"] for choice in scene["choices"]))
        for scene in scenes
    ]
    found: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults(drawn):
        found[fault.scene].append(fault)
    if found:
        errors = {place: _error_of_scene(drawn[place], here) for place, here in found.items()}
        raise blocks.StructBlockValidationError({"scenes": ListBlockValidationError(errors)})


def _error_of_scene(scene: Scene, found: list[Fault]) -> ValidationError:
    errors: dict[str, ValidationError] = {}
    choices: dict[int, ValidationError] = {}
    alone = []
    for fault in found:
        if fault.choice is not None:
            error = _worded(fault, name=scene.leads_to[fault.choice])
            choices[fault.choice] = blocks.StructBlockValidationError({"goes_to": error})
        elif fault.kind in FIELDS:
            errors[FIELDS[fault.kind]] = _worded(fault, name=scene.name)
        else:
            alone.append(_worded(fault, name=scene.name))
    if choices or alone:
        errors["choices"] = ListBlockValidationError(choices, alone)
    return blocks.StructBlockValidationError(errors)


def _worded(fault: Fault, *, name: str) -> ValidationError:
    return ValidationError(IN_THE_AUTHOR_S_WORDS[fault.kind], params={"name": name})
