from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from interop.modules.archive import MEGABYTE, MOST_BYTES
from interop.modules.faults import Fault
from interop.modules.words import explain
from modules.models import CataloguePage
from people.models import User


def catalogues_of(user: User) -> list[CataloguePage]:
    """Return the catalogues below which the person may add modules."""
    return [
        page
        for page in CataloguePage.objects.select_related("locale").order_by("path")
        if page.permissions_for_user(user).can_add_subpage()
    ]


class ModuleUploadForm(forms.Form):
    """One file of a module. What stands in it is judged by the dry run, not here."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Nothing is imported yet: you see first what would happen."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={
            "required": _("Choose the file to import."),
            "empty": _("The file is empty. Choose another one."),
        },
    )
    catalogue = forms.ModelChoiceField(
        label=_("Catalogue"),
        queryset=CataloguePage.objects.none(),
        empty_label=None,
        help_text=_("The module goes below it, as a draft."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [page.pk for page in catalogues_of(user)]
        field = self.fields["catalogue"]
        field.queryset = CataloguePage.objects.filter(pk__in=mine).order_by("path")  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(explain(Fault.TOO_LARGE, str(MOST_BYTES // MEGABYTE)))
        return file


class ConfirmationForm(forms.Form):
    """The plan that the person has seen, and whether a copy is wanted."""

    expected = forms.CharField(widget=forms.HiddenInput)
    as_copy = forms.BooleanField(required=False)
