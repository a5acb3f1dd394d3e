"""A quiz in the middle of a lesson, to see whether it has arrived."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.forms import Widget
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms.models import registry

from quizzes.models import Quiz


class QuizBlock(blocks.ChooserBlock):
    target_model = Quiz

    @cached_property
    def widget(self) -> Widget:
        """The same chooser as in the form of a module."""
        link = apps.get_model("modules", "ModuleQuiz")._meta.get_field("quiz")
        chooser: type[Widget] = registry.get(link)["widget"]
        return chooser()

    def clean(self, value: Quiz | None) -> Quiz | None:
        quiz: Quiz | None = super().clean(value)
        if quiz and not quiz.live_version_id and not self.is_deferred_validation:
            raise ValidationError(_("This quiz is not published yet. Publish it first."))
        return quiz


class KnowledgeCheckBlock(blocks.StructBlock):
    quiz = QuizBlock(label=_("quiz"))
    reason = blocks.CharBlock(
        label=_("why now"),
        max_length=200,
        help_text=_("What people will know about themselves afterwards."),
    )

    class Meta:
        icon = "tasks"
        label = _("Knowledge check")
        template = "modules/blocks/knowledge_check.html"
        description = _("A published quiz to take at this place of the lesson.")

    def get_preview_value(self) -> Any:
        quiz = Quiz.objects.filter(live_version__isnull=False).order_by("-pk").first()
        return self.normalize({"quiz": quiz, "reason": _("See what has stayed with you.")})
