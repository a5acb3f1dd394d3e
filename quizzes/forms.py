"""Forms of the question bank."""

from typing import Any

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
            lines = options.ordered_forms
            item = self._item(cleaned, [line.instance for line in lines])
            for problem in question_problems(item):
                for place in problem.places:
                    lines[place].add_error(problem.field, problem.message)
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
