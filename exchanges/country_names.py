"""What countries are called in the reader's language."""

from functools import cache

from django.utils.translation import get_language
from django_countries import countries


def country_name(code: str) -> str:
    """The name of an ISO 3166-1 alpha-2 code; empty for none that is known."""
    return _named(str(code), get_language())


@cache
def _named(code: str, _language: str | None) -> str:
    return str(countries.name(code))
