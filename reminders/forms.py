"""Which letters somebody wants, on the own profile."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people import roles
from people.models import User
from reminders.models import LetterWishes

if TYPE_CHECKING:
    WishesBase = forms.ModelForm[LetterWishes]
else:
    WishesBase = forms.ModelForm


class LettersForm(WishesBase):
    """The weekly report is asked of those only who get one."""

    class Meta:
        model = LetterWishes
        fields = ["before_due", "weekly_report"]
        labels = {
            "before_due": _("Remind me before something is due"),
            "weekly_report": _("Send me the weekly report about my people"),
        }
        help_texts = {
            "before_due": _(
                "You are told in any case of what is overdue, and of what your exchange office "
                "writes to you."
            ),
            "weekly_report": _("Once a week: who leaves within four weeks and is not ready."),
        }

    def __init__(self, data: Any = None, *, instance: User, **kwargs: Any) -> None:
        own = LetterWishes.objects.filter(user=instance).first() or LetterWishes(user=instance)
        super().__init__(data, instance=own, **kwargs)
        if not roles.is_coordinator(instance):
            del self.fields["weekly_report"]
