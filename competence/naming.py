"""Dimensions by the keys under which papers, rubrics and files name them."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.utils.translation import pgettext

from competence.models import Dimension, Framework


class Named(NamedTuple):
    name: str
    is_in_use: bool


def key_of(dimension: Dimension) -> str:
    """Name a dimension across frameworks, such as `sojourn.empathy`."""
    return f"{dimension.framework.code}.{dimension.code}"


def dimensions_by_key() -> dict[str, Dimension]:
    """Return every dimension by its key: one query."""
    return {key_of(one): one for one in Dimension.objects.select_related("framework")}


def named(keys: Collection[str]) -> dict[str, Named]:
    """Return those of the keys that are there: one query, none where no key is given."""
    wanted = set(keys) - {""}
    if not wanted:
        return {}
    parts = [key.partition(".") for key in wanted]
    rows = Dimension.objects.filter(
        framework__code__in={framework for framework, _dot, _code in parts},
        code__in={code for _framework, _dot, code in parts},
    ).values_list("framework__code", "code", "name", "framework__is_default")
    found = {f"{framework}.{code}": Named(name, in_use) for framework, code, name, in_use in rows}
    return {key: one for key, one in found.items() if key in wanted}


def names_of(keys: Collection[str]) -> dict[str, str]:
    """Return the names of those of the keys that are there."""
    return {key: one.name for key, one in named(keys).items()}


def labelled(title: str, dimension: str) -> str:
    """Return the title of a rubric's row with the name of its dimension, if it has one."""
    if not dimension:
        return title
    words = pgettext("a row of a rubric and its dimension", "%(title)s (%(dimension)s)")
    return words % {"title": title, "dimension": dimension}


def grouped_choices() -> list[tuple[str, Any]]:
    """Return every dimension by its key below its framework, that in use first: two queries."""
    frameworks = Framework.objects.order_by("-is_default", "name").prefetch_related("dimensions")
    return [
        (one.name, [(f"{one.code}.{each.code}", each.name) for each in one.dimensions.all()])
        for one in frameworks
    ]
