"""How the people of the overview can be narrowed down; everything stands in the address."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput

from exchanges.country_names import country_name
from exchanges.enums import ActivityType, Audience
from exchanges.models import Exchange, Institution, Office, OfficeMembership, Programme
from exchanges.visibility import looks_at
from people.models import User
from readiness import overview
from readiness.demands import demands
from readiness.models import StateRow
from readiness.overview import Rows
from readiness.verdicts import PlacementState, Turn
from readiness.views.filters import Window
from readiness.wording import STATE_LABELS, TURN_LABELS


class ProgressChoice(TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETE = "complete", _("Complete")


class DeadlineChoice(TextChoices):
    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    LATE = "late", _("Late")


def terms(request: Any) -> list[tuple[str, str]]:
    found = Exchange.objects.order_by().values_list("term", "academic_year").distinct()
    names = sorted({term or year for term, year in found}, reverse=True)
    return [(name, name) for name in names]


def all_countries(request: Any) -> list[tuple[str, str]]:
    codes = {str(code) for code in _codes() if code}
    named = sorted((country_name(code), code) for code in codes)
    return [(code, name) for name, code in named]


def _codes() -> list[str]:
    hosts = Institution.objects.filter(incoming_exchanges__isnull=False).order_by()
    own = Exchange.objects.order_by().values_list("destination_country", flat=True).distinct()
    return [*hosts.values_list("country", flat=True).distinct(), *own]


def offices_seen(request: Any) -> Any:
    return Office.objects.filter(looks_at(request.user)).order_by("path")


def hosts(request: Any) -> Any:
    return Institution.objects.filter(incoming_exchanges__isnull=False).distinct()


def colleagues(request: Any) -> Any:
    """Coordinators of the offices that the reader looks at, and of those above them."""
    paths = offices_seen(request).values_list("path", flat=True)
    above = {path[:end] for path in paths for end in range(4, len(path) + 1, 4)}
    members = OfficeMembership.objects.filter(office__path__in=above)
    found = {request.user.pk, *members.values_list("user", flat=True)}
    return User.objects.filter(pk__in=found, is_active=True).order_by("last_name", "pk")


class PeopleFilterSet(WagtailFilterSet):
    """The window comes first and has a default: who is still to leave."""

    window = django_filters.ChoiceFilter(
        label=_("Departure"),
        choices=Window.choices,
        method="filter_nothing",
        empty_label=_("To come"),
        widget=forms.RadioSelect,
    )
    first = django_filters.DateFilter(
        label=_("Leaves from"), field_name="departs_on", lookup_expr="gte", widget=AdminDateInput
    )
    last = django_filters.DateFilter(
        label=_("Leaves until"), field_name="departs_on", lookup_expr="lte", widget=AdminDateInput
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(one.value, STATE_LABELS[one]) for one in PlacementState],
        method="filter_state",
    )
    deadline = django_filters.ChoiceFilter(
        label=_("Deadline"), choices=DeadlineChoice.choices, method="filter_deadline"
    )
    progress = django_filters.ChoiceFilter(
        label=_("Progress"), choices=ProgressChoice.choices, method="filter_progress"
    )
    missing = django_filters.ChoiceFilter(label=_("Not done yet"), method="filter_missing")
    turn = django_filters.ChoiceFilter(
        label=_("Whose turn"),
        choices=[(one.value, TURN_LABELS[one]) for one in (Turn.PARTICIPANT, Turn.OFFICE)],
        method="filter_turn",
    )
    term = django_filters.ChoiceFilter(label=_("Term"))
    programme = django_filters.ModelChoiceFilter(
        label=_("Programme"), queryset=lambda request: Programme.objects.all()
    )
    host = django_filters.ModelChoiceFilter(label=_("Host"), queryset=hosts)
    country = django_filters.ChoiceFilter(label=_("Host country"))
    office = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=offices_seen)
    activity_type = django_filters.ChoiceFilter(label=_("Activity"), choices=ActivityType.choices)
    audience = django_filters.ChoiceFilter(label=_("Participant is"), choices=Audience.choices)
    coordinator = django_filters.ModelChoiceFilter(
        label=_("Looked after by"), queryset=colleagues, null_label=_("Nobody yet")
    )

    class Meta:
        model = StateRow
        fields = [
            "window", "first", "last", "state", "deadline", "progress", "missing", "turn", "term",
            "programme", "host", "country", "office", "activity_type", "audience", "coordinator",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["term"].extra["choices"] = terms(self.request)
        self.filters["country"].extra["choices"] = all_countries(self.request)
        self.lines = demands(as_of=self.now).all_lines()
        self.filters["missing"].extra["choices"] = [
            (one.key, f"{one.name} ({one.kind_label})") for one in self.lines if one.blocks
        ]

    @cached_property
    def now(self) -> dt.datetime:
        return timezone.now()

    def filter_queryset(self, queryset: Rows) -> Rows:
        found = self.in_window(queryset, self.form.cleaned_data.get("window") or "")
        if self.form.cleaned_data.get("state") != PlacementState.CANCELLED:
            found = found.filter(is_cancelled=False)
        return super().filter_queryset(found)

    def in_window(self, queryset: Rows, window: str) -> Rows:
        """For an empty window those to come, unless days or a state that is over are named."""
        today = timezone.localdate()
        if window == Window.ALL or (not window and self._looks_back):
            return queryset
        if window == Window.AWAY:
            return queryset.filter(departs_on__lte=today, ends_on__gte=today)
        if window == Window.OVER:
            return queryset.filter(ends_on__lt=today)
        found = queryset.filter(departs_on__gte=today)
        if window:
            found = found.filter(departs_on__lte=today + dt.timedelta(days=int(window)))
        return found

    @property
    def _looks_back(self) -> bool:
        chosen = self.form.cleaned_data
        departed = {PlacementState.DEPARTED_READY, PlacementState.DEPARTED_UNREADY}
        return bool(chosen.get("first") or chosen.get("last")) or chosen.get("state") in departed

    def filter_nothing(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset

    def filter_state(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(overview.in_state(value, self.now))

    def filter_deadline(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(overview.at_deadline(value, self.now))

    def filter_progress(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(overview.in_progress(value, self.now))

    def filter_missing(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(overview.lacking(value, self.now))

    def filter_turn(self, queryset: Rows, name: str, value: str) -> Rows:
        return queryset.filter(overview.turn_of(value))
