from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from exchanges.models import Office, Programme
from exchanges.visibility import answers_for
from interop.roster.messages import explain
from interop.roster.mobilities import Defaults
from interop.roster.parsing import MAX_BYTES
from interop.roster.problems import Fault, Problem
from people.models import User


class RosterUploadForm(forms.Form):
    """One file. What stands in it is judged by the dry run, not here."""

    file = forms.FileField(
        label=_("Roster (CSV) or mobilities (EWP XML)"),
        help_text=_("Nothing is imported yet: you see first what would happen."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xml,text/csv,text/xml"}),
        error_messages={
            "required": _("Choose the CSV or XML file to import."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    programme = forms.ModelChoiceField(
        Programme.objects.all(),
        required=False,
        to_field_name="code",
        label=_("Programme of the mobilities"),
        help_text=_("For XML only: EWP does not say to which of your programmes one belongs."),
    )
    office = forms.ModelChoiceField(
        Office.objects.none(),
        required=False,
        to_field_name="code",
        label=_("Office of mobilities that name none"),
        help_text=_("For XML only."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = cast("forms.ModelChoiceField[Office]", self.fields["office"])
        offices.queryset = Office.objects.filter(answers_for(user)).order_by("path")

    @property
    def defaults(self) -> Defaults:
        """What holds for mobilities that do not say it themselves."""
        programme, office = self.cleaned_data["programme"], self.cleaned_data["office"]
        return Defaults(
            programme=programme.code if programme else "",
            sending_ounit=office.code if office else "",
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
