"""The forms in which tasks are handed in, and decided on."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.blocks.judging import TaskRow
from modules.enums import TaskEvidence
from modules.models import ImmersionTaskPage
from people.models import User
from progress.forms import OwnWordsForm

LONGEST = 20_000
ACCEPT, ASK = "accept", "ask"


class HandInForm(OwnWordsForm):
    """Asks for what the task takes as evidence, and for nothing else."""

    text = forms.CharField(
        label=_("What you did and saw"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )
    link = forms.URLField(
        label=_("Link"),
        max_length=500,
        assume_scheme="https",
        help_text=_("A page that a trainer can open without an account, beginning with https://"),
    )

    def __init__(self, *args: Any, task: ImmersionTaskPage, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if task.evidence == TaskEvidence.TEXT:
            del self.fields["link"]
        elif task.evidence == TaskEvidence.LINK:
            del self.fields["text"]
        else:
            self.fields["text"].required = self.fields["link"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("text") and not cleaned.get("link"):
            self.add_error("text", _("Write something, or give a link."))
        return cleaned

    @property
    def handed_in(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in ("text", "link")}


class DecisionForm(forms.Form):
    """A level in each row of the rubric, a decision, and a comment."""

    comment = forms.CharField(
        label=_("Comment for the participant"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(ACCEPT, _("Accept it")), (ASK, _("Ask again"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, rows: Sequence[TaskRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        judged: dict[str, forms.Field] = {
            f"row-{row.id}": forms.TypedChoiceField(
                label=row.label,
                choices=list(enumerate(row.levels)),
                coerce=int,
                widget=forms.RadioSelect,
            )
            for row in rows
        }
        self.fields = {**judged, **self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == ASK and not (cleaned.get("comment") or "").strip():
            self.add_error("comment", _("Say what you would like to see."))
        return cleaned

    @property
    def accepts(self) -> bool:
        return bool(self.cleaned_data["decision"] == ACCEPT)

    @property
    def levels(self) -> Mapping[str, int]:
        return {str(row.id): self.cleaned_data[f"row-{row.id}"] for row in self.rows}
