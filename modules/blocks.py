"""Teaching blocks, named for what they make people do.

A block asks its author for what a learner needs and checks it in the author's words.
Nothing here is saved about a learner: what is read is recorded by the lesson.
"""

import datetime as dt
import re
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail import blocks
from wagtail.fields import NoFutureDateValidator

from library.blocks import FigureBlock, TextBlock

SHORT_TEXT = ["bold", "italic", "ol", "ul", "link"]


@cache
def _country_names() -> re.Pattern[str]:
    names = sorted((name for _code, name in countries), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in names)})\b", re.IGNORECASE)


class PracticeNameBlock(blocks.CharBlock):
    """Names a practice, such as “Debate is expected”; a country is no practice."""

    def clean(self, value: str) -> str:
        cleaned: str = super().clean(value)
        named = _country_names().search(cleaned)
        if named:
            raise ValidationError(
                _(
                    "“%(country)s” is a country. Compare ways of doing things instead, such as "
                    "“Debate is expected”: within every country people do it either way."
                ),
                params={"country": named[0]},
            )
        return cleaned


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[
            ("note", _("Good to know")),
            ("try", _("Try it")),
            ("care", _("Take care")),
        ],
        default="note",
    )
    text = blocks.RichTextBlock(label=_("text"), features=SHORT_TEXT)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "modules/blocks/callout.html"
        description = _("One thing that must not be missed: good to know, to try, or to take care.")
        preview_value = {
            "tone": "try",
            "text": "<p>Ask one person this week how they like to be contacted, and why.</p>",
        }


class ComparedRowBlock(blocks.StructBlock):
    aspect = blocks.CharBlock(label=_("what is compared"), max_length=80)
    left = blocks.TextBlock(label=_("in the first practice"), rows=2)
    right = blocks.TextBlock(label=_("in the second practice"), rows=2)


class ComparisonBlock(blocks.StructBlock):
    """Two ways of doing the same thing, side by side. Never two nations."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    left_name = PracticeNameBlock(
        label=_("first practice"),
        max_length=60,
        help_text=_("A way of doing things, not a country: “Debate is expected”."),
    )
    right_name = PracticeNameBlock(label=_("second practice"), max_length=60)
    rows = blocks.ListBlock(ComparedRowBlock(), label=_("rows"), min_num=1, max_num=8)
    sense = blocks.RichTextBlock(
        label=_("the sense of both"),
        features=SHORT_TEXT,
        help_text=_("What each practice is good for, and what happens where the two meet."),
    )

    class Meta:
        icon = "table"
        label = _("Comparison")
        template = "modules/blocks/comparison.html"
        description = _("Two ways of doing the same thing, each with its good sense.")
        preview_value = {
            "title": "Taking part in a seminar",
            "left_name": "Debate is expected",
            "right_name": "Listening comes first",
            "rows": [
                {
                    "aspect": "Silence",
                    "left": "May be read as having nothing to say.",
                    "right": "May be read as thinking it through.",
                }
            ],
            "sense": "<p>Both want the group to learn: one by testing ideas, one by weighing "
            "them.</p>",
        }


class PerspectiveBlock(blocks.StructBlock):
    who = blocks.CharBlock(label=_("who"), max_length=80)
    view = blocks.TextBlock(label=_("how it looks from there"), rows=3)


class CriticalIncidentBlock(blocks.StructBlock):
    """A moment that went otherwise than somebody expected, and how each side saw it."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    situation = blocks.RichTextBlock(
        label=_("what happened"),
        features=["bold", "italic"],
        help_text=_("Only what could be seen and heard: no explanation yet."),
    )
    question = blocks.CharBlock(
        label=_("question"),
        max_length=200,
        default=_("What could explain this, for each person?"),
    )
    perspectives = blocks.ListBlock(
        PerspectiveBlock(),
        label=_("perspectives"),
        default=[{}, {}],
        min_num=2,
        max_num=5,
        help_text=_("At least two people, each with a sensible reason."),
    )
    takeaway = blocks.TextBlock(label=_("what to take from it"), rows=2)

    class Meta:
        icon = "group"
        label = _("Critical incident")
        template = "modules/blocks/critical_incident.html"
        description = _("A puzzling moment; readers think first, then open how each side saw it.")
        preview_value = {
            "title": "The unanswered e-mail",
            "situation": "<p>Noor wrote to her supervisor three times. No answer came.</p>",
            "question": "What could explain this, for each person?",
            "perspectives": [
                {"who": "Noor", "view": "Three mails show that I take this seriously."},
                {"who": "The supervisor", "view": "Questions like this belong in my office hour."},
            ],
            "takeaway": "Ask early which way of contact is the usual one.",
        }


class ReflectionBlock(blocks.StructBlock):
    """A question to think about in private. Nothing is asked for and nothing is kept."""

    prompt = blocks.TextBlock(label=_("prompt"), rows=3)
    minutes = blocks.IntegerBlock(label=_("minutes"), min_value=1, max_value=30, default=3)

    class Meta:
        icon = "pick"
        label = _("Reflection")
        template = "modules/blocks/reflection.html"
        description = _("A question to answer for oneself, on paper or in thought.")
        preview_value = {
            "prompt": "When did you last change your mind about somebody? What did you see then?",
            "minutes": 3,
        }


class ChecklistItemBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("what to do"), max_length=200)
    note = blocks.CharBlock(label=_("how, or where to find out"), max_length=255, required=False)


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120)
    tasks = blocks.ListBlock(
        ChecklistItemBlock(), label=_("things to do"), default=[{}, {}], min_num=2, max_num=15
    )

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        template = "modules/blocks/checklist.html"
        description = _("Things to do before going on, or before leaving.")
        preview_value = {
            "title": "Before you pack",
            "tasks": [
                {"text": "Write down two local emergency numbers.", "note": ""},
                {"text": "Tell somebody where you will stay.", "note": "A friend, and the office."},
            ],
        }


class SourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=255)
    publisher = blocks.CharBlock(label=_("who published it"), max_length=255)
    link = blocks.URLBlock(label=_("link"))
    consulted_on = blocks.DateBlock(
        label=_("read on"),
        help_text=_("The day on which you last checked it."),
        validators=[
            NoFutureDateValidator(
                _("This day is still to come. Give the day on which you read the source.")
            )
        ],
    )

    class Meta:
        icon = "link-external"
        label = _("Source")
        template = "modules/blocks/source.html"
        description = _("Where a fact comes from, and when it was last checked.")
        preview_value = {
            "title": "Advice for people who travel",
            "publisher": "The ministry that is responsible",
            "link": "https://example.org/advice",
            "consulted_on": dt.date(2026, 11, 2),
        }


class KeyPointsBlock(blocks.StructBlock):
    points = blocks.ListBlock(
        blocks.CharBlock(label=_("point"), max_length=200),
        label=_("points"),
        default=["", ""],
        min_num=2,
        max_num=7,
    )

    class Meta:
        icon = "tick-inverse"
        label = _("Key points")
        template = "modules/blocks/key_points.html"
        description = _("Two to seven sentences to remember.")
        preview_value = {
            "points": [
                "Describe first, explain later.",
                "A first reading is a guess: look for a second one.",
            ]
        }


class LessonBlock(blocks.StreamBlock):
    text = TextBlock(group=_("Read"))
    figure = FigureBlock(group=_("Read"))
    callout = CalloutBlock(group=_("Read"))
    comparison = ComparisonBlock(group=_("Think"))
    critical_incident = CriticalIncidentBlock(group=_("Think"))
    reflection = ReflectionBlock(group=_("Think"))
    checklist = ChecklistBlock(group=_("Do"))
    key_points = KeyPointsBlock(group=_("Remember"))
    source = SourceBlock(group=_("Remember"))

    class Meta:
        label = _("Content")
