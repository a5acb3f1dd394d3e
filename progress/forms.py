"""The forms of a workshop's register, and what forms for one's own words have in common."""

from typing import Any

from django import forms
from django.core import signing
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchanges.models import Exchange
from people.models import User

SALT = "progress.drafts"


class OwnWordsForm(forms.Form):
    """A form that names its writer in a way that nobody can forge."""

    writer = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.initial["writer"] = signing.dumps(user.pk, salt=SALT)


class RegisterFilterForm(forms.Form):
    words = forms.CharField(label=_("Name or e-mail address"), max_length=100, required=False)
    exchange = forms.ModelChoiceField(
        label=_("Exchange"),
        queryset=Exchange.objects.none(),
        required=False,
        empty_label=_("All exchanges"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        exchange = self.fields["exchange"]
        exchange.queryset = (  # type: ignore[attr-defined]
            Exchange.objects.filter(placements__isnull=False)
            .select_related("programme", "host")
            .distinct()
            .order_by("-start_date", "code")
        )

    def chosen(self) -> tuple[str, int | None]:
        """Return the words and the exchange's id; what makes no sense is left out."""
        self.full_clean()
        exchange = self.cleaned_data.get("exchange")
        return self.cleaned_data.get("words", ""), exchange.pk if exchange else None


class RegisterForm(forms.Form):
    """The people shown, and those of them who were there."""

    shown = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(), to_field_name="uuid", required=False
    )
    present = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(), to_field_name="uuid", required=False
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("shown", "present"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
