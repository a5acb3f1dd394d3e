"""The form of one mark: a level in each row of the rubric, and a comment."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from competence.naming import labelled
from quizzes.models import MarkComment
from quizzes.papers import Item, Paper
from quizzes.rubrics import rubric_share

KEEP = [
    ("", gettext_lazy("Do not keep it")),
    ("own", gettext_lazy("Keep it for me")),
    ("shared", gettext_lazy("Keep it for everybody who marks")),
]
SIX_PLACES = Decimal("0.000001")


class MarkForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("Comment for the participant"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    keep = forms.ChoiceField(label=gettext_lazy("This comment"), choices=KEEP, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, item: Item, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.paper = item, paper
        rows: dict[str, forms.Field] = {
            f"row-{row.id}": forms.TypedChoiceField(
                label=labelled(row.title, paper.dimension_names.get(row.dimension, "")),
                choices=list(enumerate(row.levels)),
                coerce=int,
                widget=forms.RadioSelect,
            )
            for row in item.rubric
        }
        self.fields = {**rows, **self.fields}

    @property
    def judging(self) -> list[forms.BoundField]:
        """The fields that say what the answer is worth."""
        return [self[name] for name in self.fields if name.startswith("row-")]

    @property
    def levels(self) -> Mapping[str, int]:
        return {str(row.id): self.cleaned_data[f"row-{row.id}"] for row in self.item.rubric}

    @property
    def fraction(self) -> Decimal:
        exact = rubric_share(self.item, self.levels)
        whole = Decimal(exact.numerator) / Decimal(exact.denominator)
        return whole.quantize(SIX_PLACES, ROUND_HALF_UP)

    def as_it_is(self) -> "MarkForm":
        """Return the form as it was filled in, with nothing checked yet."""
        initial = {name: self.data[name] for name in self.fields if name in self.data}
        return type(self)(initial=initial, item=self.item, paper=self.paper)

    def with_comment(self, comment: MarkComment) -> "MarkForm":
        """Return the form as it was filled in, with one more comment."""
        form = self.as_it_is()
        written = form.initial.get("comment", "").rstrip()
        form.initial["comment"] = f"{written}\n{comment.text}" if written else comment.text
        return form
