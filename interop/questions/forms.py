from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from interop.questions import formats
from interop.questions.actions import Format
from interop.questions.messages import explain
from interop.questions.problems import Fault
from interop.questions.records import UnreadableFileError
from interop.questions.uploads import MOST_BYTES
from quizzes.models import QuestionCategory


class QuestionUploadForm(forms.Form):
    """One file of questions. What stands in it is judged by the dry run, not here."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Nothing is imported yet: you see first what would happen."),
        widget=forms.FileInput(attrs={"accept": ".gift,.txt,.xml,.csv,text/plain,text/csv"}),
        error_messages={
            "required": _("Choose the file to import."),
            "empty": _("The file is empty. Choose another one."),
        },
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("Found out from the file")), *Format.choices],
    )
    category = forms.CharField(
        label=_("Category"),
        required=False,
        max_length=QuestionCategory._meta.get_field("name").max_length,
        help_text=_(
            "All questions go into this category, which is made if it is new; categories that "
            "the file names come below it. Leave it empty to take the file's own."
        ),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > MOST_BYTES:
            words = explain(Fault.TOO_LARGE, str(MOST_BYTES // 1024 // 1024))
            raise forms.ValidationError(words)
        return file

    def clean_category(self) -> str:
        return " ".join(self.cleaned_data["category"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is not None and not cleaned.get("format"):
            try:
                cleaned["format"] = formats.guess(file, file.name or "")
            except UnreadableFileError as error:
                self.add_error("file", explain(error.fault, error.detail))
        return cleaned


class ConfirmationForm(forms.Form):
    """The plan that the person has seen."""

    expected = forms.CharField(widget=forms.HiddenInput)
