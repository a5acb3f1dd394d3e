"""Choosing which attempts an analysis looks at."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from quizzes.cohorts import cohorts_for
from quizzes.enums import Purpose, WhichAttempts
from quizzes.models import Quiz, QuizVersion
from quizzes.selecting import Selection


class SelectionForm(forms.Form):
    """Which attempts; everything stays in the address."""

    version = forms.TypedChoiceField(
        label=gettext_lazy("Version"), coerce=int, empty_value=None, required=False
    )
    which = forms.ChoiceField(label=gettext_lazy("Attempts"), choices=WhichAttempts, required=False)
    cohort = forms.ChoiceField(label=gettext_lazy("People"), required=False)
    since = forms.DateField(
        label=gettext_lazy("Submitted from"), widget=AdminDateInput, required=False
    )
    until = forms.DateField(
        label=gettext_lazy("Submitted until"), widget=AdminDateInput, required=False
    )

    def __init__(self, *args: Any, quiz: Quiz, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quiz = quiz
        told = ("pk", "number", "published_at", "paper__purpose")
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (pk, version_words(*version))
            for pk, *version in quiz.versions.order_by("-number").values_list(*told)
        ]
        self.cohorts = {cohort.key: cohort for cohort in cohorts_for(reader)}
        self.fields["cohort"].choices = [  # type: ignore[attr-defined]
            ("", _("Everybody")),
            *((key, cohort.name) for key, cohort in self.cohorts.items()),
        ]

    @property
    def chosen_version(self) -> QuizVersion | None:
        chosen = self.cleaned_data.get("version") or self.quiz.live_version_id
        return self.quiz.versions.filter(pk=chosen).first()

    @property
    def selection(self) -> Selection:
        data = self.cleaned_data
        cohort = self.cohorts.get(data.get("cohort") or "")
        return Selection(
            which=data.get("which") or WhichAttempts.FIRST,
            since=_moment(data.get("since"), dt.time.min),
            until=_moment(data.get("until"), dt.time.max),
            cohort=cohort.key if cohort else "",
            people=cohort.people() if cohort else None,
        )


def version_words(number: int, published_at: dt.datetime, purpose: str) -> str:
    words = _("Version %(number)s, %(purpose)s, %(day)s")
    day = date_format(timezone.localtime(published_at), "SHORT_DATE_FORMAT")
    return words % {"number": number, "purpose": Purpose(purpose).label, "day": day}


def _moment(day: dt.date | None, time: dt.time) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, time)) if day else None
