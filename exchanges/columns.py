"""Columns of the CMS's lists that Wagtail has not."""

from typing import Any

from django.utils.formats import date_format
from django_countries import countries
from wagtail.admin.ui.tables import Column

from exchanges.models import Office


class DayColumn(Column):
    """A day of the calendar. Wagtail's own DateColumn counts back from now: it is for the past."""

    def get_value(self, instance: Any) -> str:
        return date_format(super().get_value(instance), "SHORT_DATE_FORMAT")


class CountryColumn(Column):
    """The name of the country whose code the value is."""

    def get_value(self, instance: Any) -> str:
        return str(countries.name(super().get_value(instance)))


class OfficeTitleColumn(Column):
    """The name, set in by its depth in the tree."""

    def get_value(self, instance: Office) -> str:
        return f"{'— ' * (instance.depth - 1)}{instance.name}"
