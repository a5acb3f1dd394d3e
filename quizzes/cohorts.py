"""Groups of people to look at alone, told by the rooms above that know them.

A room registers the Wagtail hook `quiz_cohorts`: a function of the reader that returns
the cohorts this reader may see.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from wagtail import hooks

from people.models import User


@dataclass(frozen=True, slots=True)
class Cohort:
    """`key` names it in addresses; `people` asks for the ids when they are needed."""

    key: str
    name: str
    people: Callable[[], Collection[int]]


def cohorts_for(reader: User) -> tuple[Cohort, ...]:
    return tuple(cohort for told in hooks.get_hooks("quiz_cohorts") for cohort in told(reader))
