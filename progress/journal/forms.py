"""The forms in which people write for themselves, and trainers write back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from progress.forms import OwnWordsForm
from progress.journal.writing import LONGEST


def words(label: Any, **kwargs: Any) -> forms.CharField:
    attrs = {"rows": 8, "dir": "auto"}
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs=attrs), **kwargs
    )


class AnswerForm(OwnWordsForm):
    text = words(_("Your answer"))


class EntryForm(OwnWordsForm):
    title = forms.CharField(label=_("Title (if you like)"), max_length=200, required=False)
    text = words(_("What you want to remember"))


class ReplyForm(forms.Form):
    text = words(_("Your reply"))
