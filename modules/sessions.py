"""The dates of a workshop in its page's form, by the clock at the place."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel
from wagtail.admin.panels.base import get_form_for_model

CLOCKS = ("starts_at", "ends_at")


class ClockField(forms.DateTimeField):
    """A day and time as a clock shows them, of no time zone yet."""

    def to_python(self, value: Any) -> Any:
        with timezone.override(dt.UTC):
            moment = super().to_python(value)
        return moment and moment.replace(tzinfo=None)


class SessionForm(WagtailAdminModelForm):
    """Reads and shows the times in the session's own time zone, whatever the author's is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CLOCKS:
            moment = self.initial.get(name)
            if moment:
                self.initial[name] = timezone.make_naive(moment, self.instance.time_zone)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        with timezone.override(cleaned.get("time_zone") or dt.UTC):
            for name in CLOCKS:
                if not cleaned.get(name):
                    continue
                try:
                    cleaned[name] = from_current_timezone(cleaned[name])
                except ValidationError as no_such_time:
                    self.add_error(name, no_such_time)
        return cleaned

    class Meta(WagtailAdminModelForm.Meta):
        field_classes = dict.fromkeys(CLOCKS, ClockField)


class SessionsPanel(InlinePanel):
    """An InlinePanel whose forms are session forms."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        child = self.child_edit_handler.get_form_options()
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=SessionForm,
            defer_required_on_fields=child.get("defer_required_on_fields", []),
        )
        return options
