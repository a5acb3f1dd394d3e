"""The log of letters: to whom, what, when, why, and whether it got away."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from exchanges.filters import offices_seen
from exchanges.models import Office, Placement
from exchanges.views.records import OwnIndexView, OwnInspectView
from jobs.enums import MailState
from readiness.views.coordinating import STYLES
from reminders.enums import LetterKind
from reminders.models import Message, Reminder


class MessageFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Why"), choices=LetterKind, empty_label=_("All"))
    state = django_filters.ChoiceFilter(
        label=_("Delivered"), choices=MailState, method="in_state", empty_label=_("All")
    )
    office = django_filters.ModelChoiceFilter(
        label=_("Office"), queryset=offices_seen, method="of_office"
    )
    posted_at = django_filters.DateFromToRangeFilter(
        label=_("Written"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Message
        fields = ["kind", "state", "office", "posted_at"]

    def in_state(self, found: QuerySet[Message], _name: str, state: str) -> QuerySet[Message]:
        """A letter that the outbox has forgotten was sent."""
        wanted = Q(mail__state=state)
        return found.filter(wanted | Q(mail=None) if state == MailState.SENT else wanted)

    def of_office(self, found: QuerySet[Message], _name: str, office: Office) -> QuerySet[Message]:
        told = Reminder.objects.filter(placement__office__path__startswith=office.path)
        return found.filter(pk__in=told.values("message"))


class MessagesView(OwnIndexView):
    def get_base_queryset(self) -> QuerySet[Message]:
        found = super().get_base_queryset().select_related("person", "asked_by", "mail")
        return found.prefetch_related("reminders")


class MessageView(OwnInspectView):
    """One letter. Its words are shown to whoever answers for everything it tells of."""

    template_name = "reminders/message.html"
    object: Message

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = self.object.reminders.select_related(
            "placement__exchange__host", "placement__exchange__programme"
        )
        mine = Placement.objects.observed_by(self.request.user)
        own = list(told.filter(placement__in=mine.values("pk")))
        return super().get_context_data(
            message=self.object,
            told=own,
            is_whole=len(own) == len(told),
            media=STYLES,
            **kwargs,
        )
