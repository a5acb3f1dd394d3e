"""The form by which somebody is granted more time, more attempts or other dates."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from quizzes.reach import people_in_reach


class AccommodationForm(WagtailAdminModelForm):
    """Names the participant by the address: no list of everybody is needed for it."""

    address = forms.EmailField(
        label=gettext_lazy("Participant's e-mail address"),
        help_text=gettext_lazy("Of somebody whom you answer for."),
    )

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip().lower()
        found = people_in_reach(self.for_user).filter(email=address).first()
        if found is None:
            raise forms.ValidationError(
                _("Nobody whom you answer for has this address. Check how it is written.")
            )
        self.instance.participant = found
        return address


ACCOMMODATION_PANELS = ObjectList(
    [
        FieldPanel("address"),
        FieldPanel("quiz"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("time_factor"), FieldPanel("extra_attempts")]),
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            ],
            heading=gettext_lazy("What is granted"),
        ),
        FieldPanel("reason"),
        FieldPanel("expires_on"),
    ],
    base_form_class=AccommodationForm,
)
