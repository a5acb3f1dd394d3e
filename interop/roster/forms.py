from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from interop.roster.messages import explain
from interop.roster.parsing import MAX_BYTES
from interop.roster.problems import Fault, Problem


class RosterUploadForm(forms.Form):
    """One CSV file. What stands in it is judged by the dry run, not here."""

    file = forms.FileField(
        label=_("Roster (CSV)"),
        help_text=_("Nothing is imported yet: you see first what would happen."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        error_messages={
            "required": _("Choose the CSV file to import."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > MAX_BYTES:
            problem = Problem(Fault.TOO_LARGE, detail=str(MAX_BYTES // 1024 // 1024))
            message = explain(problem)
            raise forms.ValidationError(f"{message.reason} {message.cure}")
        return file


class ConfirmationForm(forms.Form):
    """The plan that the person has seen, and what they want of it."""

    expected = forms.CharField(widget=forms.HiddenInput)
    good_rows_only = forms.BooleanField(required=False, widget=forms.HiddenInput)
