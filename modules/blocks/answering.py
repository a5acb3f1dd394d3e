"""The answers of a guide: facts with their sources, ways to find out, questions of one's own."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from modules.blocks.features import SHORT_TEXT
from modules.blocks.sources import SourceBlock
from modules.guides.questions import Topic, grouped_choices

FACT, ADVICE, OWN = "fact", "advice", "own_question"
ASKED = frozenset({FACT, ADVICE})
SOURCE = {
    "title": "112, the emergency number",
    "publisher": "The authority that answers for it",
    "link": "https://example.org/112",
    "consulted_on": dt.date(2026, 11, 2),
}


class FactBlock(blocks.StructBlock):
    question = blocks.ChoiceBlock(label=_("question"), choices=grouped_choices)
    answer = blocks.RichTextBlock(label=_("answer"), features=SHORT_TEXT)
    sources = blocks.ListBlock(SourceBlock(), label=_("sources"), min_num=1, max_num=5)

    class Meta:
        icon = "doc-full"
        label = _("Answer with its source")
        template = "modules/guides/answer.html"
        description = _(
            "What an authority says, and where it says so. Nothing about what people are like."
        )
        preview_value = {
            "question": "emergency",
            "answer": "<p><b>112</b> for police, fire service and ambulance.</p>",
            "sources": [SOURCE],
        }


class AdviceBlock(blocks.StructBlock):
    question = blocks.ChoiceBlock(label=_("question"), choices=grouped_choices)
    answer = blocks.RichTextBlock(
        label=_("where to find out"),
        features=SHORT_TEXT,
        help_text=_("What to ask, and who has to answer for it. No facts: they need a source."),
    )

    class Meta:
        icon = "help"
        label = _("Where to find the answer")
        template = "modules/guides/answer.html"
        description = _("For a question that differs from case to case: what to ask, and whom.")
        preview_value = {
            "question": "room",
            "answer": "<p>Ask the housing office who has the key, and until what hour.</p>",
        }


class OwnQuestionBlock(blocks.StructBlock):
    topic = blocks.ChoiceBlock(label=_("topic"), choices=Topic.choices)
    question = blocks.CharBlock(label=_("question"), max_length=150)
    answer = blocks.RichTextBlock(label=_("answer"), features=SHORT_TEXT)
    sources = blocks.ListBlock(SourceBlock(), label=_("sources"), min_num=0, max_num=5, default=[])

    class Meta:
        icon = "help"
        label = _("Another question")
        template = "modules/guides/answer.html"
        description = _("A question that the list does not have. It stands beside the others.")
        preview_value = {
            "topic": "everyday",
            "question": "Where can I leave a bicycle?",
            "answer": "<p>Ask the porter of your hall.</p>",
            "sources": [],
        }


class GuideBlock(blocks.StreamBlock):
    """Answers each of the known questions once at most."""

    fact = FactBlock()
    advice = AdviceBlock()
    own_question = OwnQuestionBlock()

    class Meta:
        label = _("Answers")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        seen: set[str] = set()
        errors: dict[int, ValidationError] = {}
        for place, child in enumerate(cleaned):
            if child.block_type not in ASKED:
                continue
            question = child.value["question"]
            if question in seen:
                errors[place] = ValidationError(
                    _("This question is answered above already. Put both answers together.")
                )
            seen.add(question)
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned
