"""Forms of the question bank."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from quizzes.checking import question_problems
from quizzes.freezing import freeze_options
from quizzes.models import Option
from quizzes.papers import Item


class QuestionForm(WagtailAdminModelForm):
    """Refuses what cannot be meant; what is only missing is told after saving."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        options = self.formsets["options"]
        if not self.errors and options.is_valid():
            item = self._item(cleaned, [form.instance for form in options.ordered_forms])
            for problem in question_problems(item):
                if problem.is_contradiction:
                    self.add_error(None, problem.message)
        return cleaned

    def _item(self, cleaned: dict[str, Any], options: list[Option]) -> Item:
        return Item(
            id=self.instance.uuid,
            kind=cleaned["kind"],
            stem=cleaned["stem"],
            options=freeze_options(cleaned["kind"], options),
            mark=cleaned["default_mark"],
            scoring=cleaned["scoring"],
            feedback=cleaned["feedback"],
        )


class QuizItemFormSet(BaseChildFormSet):
    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        return _("The same question stands twice in the quiz. Take one out.")


class DimensionFormSet(BaseChildFormSet):
    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        return _("The same dimension is named twice. Take one out.")
