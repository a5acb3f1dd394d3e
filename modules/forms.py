"""What readers ask of the catalogue, and of the planner for time zones."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from exchanges.enums import Audience
from modules.browsing import Wishes
from modules.enums import Phase
from modules.overlap import MOST_ZONES, Day, day_of, known_zones


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


class MeetingForm(forms.Form):
    """Where the members of a team are, and when they work."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    opens = forms.IntegerField(label=_("Work begins (hour)"), min_value=0, max_value=22)
    closes = forms.IntegerField(label=_("Work ends (hour)"), min_value=1, max_value=24)

    def __init__(self, data: Any, *, at_home: str, today: dt.date) -> None:
        usual = {"day": today.isoformat(), "opens": "9", "closes": "17", "zone_1": at_home}
        asked = {name: data[name] for name in data if data[name]}
        super().__init__({**usual, **asked}, label_suffix="")
        names = [(zone, zone.replace("_", " ")) for zone in known_zones()]
        for number in range(1, MOST_ZONES + 1):
            self.fields[f"zone_{number}"] = forms.ChoiceField(
                label=_("Place %(number)s") % {"number": number},
                choices=names if number == 1 else [("", "–"), *names],
                required=number == 1,
                widget=forms.Select(attrs={"lang": "en"}),
            )
        self.order_fields([f"zone_{number}" for number in range(1, MOST_ZONES + 1)])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens is not None and closes is not None and closes <= opens:
            self.add_error("closes", _("Work ends before it begins."))
        return cleaned

    def hours(self) -> Day | None:
        """Return the day's hours; None as long as something is wrong."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        asked = [data[f"zone_{number}"] for number in range(1, MOST_ZONES + 1)]
        zones = list(dict.fromkeys(zone for zone in asked if zone))
        return day_of(zones, data["day"], opens=data["opens"], closes=data["closes"])
