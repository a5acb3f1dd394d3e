"""Forms of the question bank."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from quizzes.categories import is_within, names_kept_from, open_to
from quizzes.checking import question_problems
from quizzes.freezing import DIMENSIONS, PARTS, PARTS_OF, is_recording, item_of
from quizzes.models import Question, QuestionCategory


class QuestionForm(WagtailAdminModelForm):
    """Refuses what cannot be meant; what is only missing is told after saving.

    Parts that the chosen kind does not have are neither checked nor kept.
    """

    formsets: dict[str, Any]

    class Media:
        js = ["js/question-kinds.js"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user and "category" in self.fields:
            self.fields["category"].queryset = open_to(self.for_user)

    def clean_recording(self) -> Any:
        recording = self.cleaned_data["recording"]
        if recording and not is_recording(recording.filename):
            words = _("Choose a sound (.mp3, .m4a, .ogg, .wav) or a video (.mp4, .webm).")
            raise ValidationError(words)
        return recording

    def clean_captions(self) -> Any:
        captions = self.cleaned_data["captions"]
        if captions and not captions.filename.lower().endswith(".vtt"):
            raise ValidationError(_("Captions are a file that ends in .vtt (WebVTT)."))
        return captions

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        parts = [name for name in self.used_parts() if name in self.formsets]
        if not self.errors and all(self.formsets[name].is_valid() for name in parts):
            self._check(parts)
        return cleaned

    def used_parts(self) -> tuple[str, ...]:
        """Return the parts that a question of the chosen kind has."""
        kind = getattr(self, "cleaned_data", {}).get("kind") or self.data.get("kind", "")
        return PARTS_OF.get(kind, PARTS)

    def _check(self, parts: list[str]) -> None:
        lines = {name: self.formsets[name].ordered_forms for name in parts}
        question = construct_instance(self, Question(uuid=self.instance.uuid))
        empty: dict[str, Any] = dict.fromkeys((*PARTS, DIMENSIONS), ())
        item = item_of(
            question, empty | {name: [one.instance for one in lines[name]] for name in parts}
        )
        for problem in question_problems(item):
            for place in problem.places:
                lines[problem.part][place].add_error(problem.field, problem.message)

    @contextmanager
    def _used_formsets(self) -> Iterator[None]:
        whole = self.formsets
        unused = {name for name in PARTS if name not in self.used_parts()}
        self.formsets = {name: one for name, one in whole.items() if name not in unused}
        try:
            yield
        finally:
            self.formsets = whole

    def is_valid(self) -> bool:
        with self._used_formsets():
            valid: bool = super().is_valid()
        return valid

    def save(self, commit: bool = True) -> Question:
        for name in set(PARTS) - set(self.used_parts()):
            setattr(self.instance, name, [])
        with self._used_formsets():
            question: Question = super().save(commit=commit)
        return question


class CategoryForm(WagtailAdminModelForm):
    """Renaming a category renames what stands below it."""

    def clean_name(self) -> str:
        steps = [" ".join(step.split()) for step in self.cleaned_data["name"].split("/")]
        if not all(steps):
            raise ValidationError(_("Write a name on both sides of each slash."))
        name = "/".join(steps)
        if self.for_user and is_within(name, names_kept_from(self.for_user)):
            raise ValidationError(_("That category is kept to a group that you are not in."))
        return name

    def save(self, commit: bool = True) -> QuestionCategory:
        before = QuestionCategory.objects.filter(pk=self.instance.pk).values_list("name", flat=True)
        old = next(iter(before), "")
        category: QuestionCategory = super().save(commit=commit)
        if commit and old and old != category.name:
            for below in QuestionCategory.objects.filter(name__startswith=f"{old}/"):
                below.name = category.name + below.name.removeprefix(old)
                below.save(update_fields=["name"])
        return category
