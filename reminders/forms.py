"""Which letters somebody wants, on the own profile."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people import roles
from people.models import User
from readiness.signing_queue import signs_off
from reminders.models import LetterWishes

if TYPE_CHECKING:
    WishesBase = forms.ModelForm[LetterWishes]
else:
    WishesBase = forms.ModelForm


class LettersForm(WishesBase):
    """The weekly report and sign-offs are asked of those only who get such letters."""

    class Meta:
        model = LetterWishes
        fields = ["before_due", "weekly_report", "sign_offs"]
        labels = {
            "before_due": _("Remind me before something is due"),
            "weekly_report": _("Send me the weekly report about my people"),
            "sign_offs": _("Tell me what waits for my sign-off"),
        }
        help_texts = {
            "before_due": _(
                "You are told in any case of what is overdue, and of what your exchange office "
                "writes to you."
            ),
            "weekly_report": _("Once a week: who leaves within four weeks and is not ready."),
            "sign_offs": _("Once a week at most, and only if something waits."),
        }

    def __init__(self, data: Any = None, *, instance: User, **kwargs: Any) -> None:
        own = LetterWishes.objects.filter(user=instance).first() or LetterWishes(user=instance)
        super().__init__(data, instance=own, **kwargs)
        if not roles.is_coordinator(instance):
            del self.fields["weekly_report"]
        if not signs_off(instance):
            del self.fields["sign_offs"]
