"""The catalogue's filter."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from exchanges.enums import Audience
from modules.browsing import Wishes
from modules.enums import Phase


class WishesForm(forms.Form):
    """Asks for nothing that is not there: a wish that makes no sense is no wish."""

    phase = forms.ChoiceField(
        label=_("When"), choices=[("", _("At any time")), *Phase.choices], required=False
    )
    audience = forms.ChoiceField(
        label=_("For whom"), choices=[("", _("For everybody")), *Audience.choices], required=False
    )
    destination = forms.ChoiceField(label=_("Destination"), required=False)
    all = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, country_codes: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["destination"] = forms.ChoiceField(
            label=_("Destination"),
            choices=[
                ("", _("Any destination")),
                *((code, countries.name(code)) for code in country_codes),
            ],
            required=False,
        )

    def wishes(self) -> Wishes:
        self.full_clean()
        return Wishes(
            phase=self.cleaned_data.get("phase", ""),
            audience=self.cleaned_data.get("audience", ""),
            destination=self.cleaned_data.get("destination", ""),
            everything=bool(self.cleaned_data.get("all")),
        )
