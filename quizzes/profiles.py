"""What attempts say about each dimension, read from their stored steps many at a time."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

from django.db.models import CharField, FloatField
from django.db.models.functions import Cast

from quizzes.attempts import paper_of
from quizzes.grading import dimension_parts
from quizzes.kinds import kind_of
from quizzes.models import AnswerStep, Mark, QuizVersion
from quizzes.papers import Item
from quizzes.rubrics import Levels

MARKS, RATINGS = "marks", "ratings"
# Of all dimensions together: the share of the marks.
WHOLE = ""

Measure = tuple[str, str]
"""What is measured, a kind of marks or RATINGS, and the key of its dimension or WHOLE."""
Profile = Mapping[Measure, float]
"""A value between 0 and 1 for each measure."""
Part = tuple[Measure, float, float]


def all_alike(item: Item) -> str:
    """Every mark is a mark, whatever was asked."""
    return MARKS


@dataclass
class Profiler:
    """Reads profiles; keeps the papers it has seen, and what each answer to a rating says.

    `kind_of_marks` says by which name the mark of a question is measured. With
    `reads_levels` the rows of a rubric speak for the dimensions that they name, as the
    last mark of an answer has them: one more query. Questions go by their id as the
    database writes it: a UUID for each row would take as long as all the rest.
    """

    kind_of_marks: Callable[[Item], str] = all_alike
    reads_levels: bool = False
    versions: dict[int, dict[str, Item]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    said: dict[tuple[int, UUID, str], tuple[Part, ...]] = field(default_factory=dict)

    def read(self, attempts: Mapping[int, int]) -> dict[int, Profile]:
        """Return the profile of each attempt, given the version of each.

        One query for their marks, one for their ratings if any were asked for, and one
        for versions not met before.
        """
        self._meet(set(attempts.values()))
        reached = self._levels(attempts)
        parts = defaultdict[int, dict[str, tuple[Part, ...]]](dict)
        steps = AnswerStep.objects.filter(attempt__in=list(attempts)).order_by("sequence")
        steps = steps.annotate(item=Cast("item_id", CharField()))
        marked = steps.filter(fraction__isnull=False)
        shares = marked.values_list("attempt", "item", Cast("fraction", FloatField()))
        for attempt, item, share in shares.iterator():
            asked = self.versions[attempts[attempt]].get(item)
            if asked is not None and asked.is_graded:
                levels = reached.get((attempt, asked.id), {})
                parts[attempt][item] = self._marked(asked, share, levels)
        rated = steps.filter(item_id__in=self._rated_items(attempts))
        for attempt, item, response in rated.values_list("attempt", "item", "response").iterator():
            version = attempts[attempt]
            asked = self.versions[version].get(item)
            if asked is not None and not asked.is_graded:
                parts[attempt][item] = self._rated(version, asked, response)
        return {attempt: _means(list(parts[attempt].values())) for attempt in attempts}

    def _rated_items(self, attempts: Mapping[int, int]) -> set[UUID]:
        versions = set(attempts.values())
        items = (item for version in versions for item in self.versions[version].values())
        return {item.id for item in items if not item.is_graded}

    def _meet(self, versions: Collection[int]) -> None:
        new = [version for version in versions if version not in self.versions]
        if not new:
            return
        for version in QuizVersion.objects.filter(pk__in=new):
            paper = paper_of(version)
            self.versions[version.pk] = {
                key: item for item in paper.items for key in (str(item.id), item.id.hex)
            }
            self.names |= paper.dimension_names

    def _levels(self, attempts: Mapping[int, int]) -> dict[tuple[int, UUID], Levels]:
        if not self.reads_levels:
            return {}
        marks = Mark.objects.filter(attempt__in=list(attempts)).order_by("number")
        rows = marks.values_list("attempt", "item_id", "levels")
        return {(attempt, item): levels for attempt, item, levels in rows}

    def _marked(self, item: Item, share: float, levels: Levels) -> tuple[Part, ...]:
        kind, mark = self.kind_of_marks(item), float(item.mark)
        if levels:
            said = [
                (key, float(reached), float(weight))
                for key, reached, weight in dimension_parts(item, Fraction(share), levels)
            ]
        else:
            said = [(key, share, mark * float(weight)) for key, weight in item.dimensions.items()]
        whole: Part = ((kind, WHOLE), share, mark)
        return (whole, *(((kind, key), value, weight) for key, value, weight in said))

    def _rated(self, version: int, item: Item, response: object) -> tuple[Part, ...]:
        key = (version, item.id, json.dumps(response, sort_keys=True))
        if key not in self.said:
            self.said[key] = tuple(
                ((RATINGS, one.dimension), float(one.value), float(one.weight))
                for one in kind_of(item).ratings(item, response)
            )
        return self.said[key]


def _means(answers: Collection[tuple[Part, ...]]) -> Profile:
    totals: dict[Measure, tuple[float, float]] = {}
    for measure, value, weight in (part for parts in answers for part in parts):
        total, weights = totals.get(measure, (0.0, 0.0))
        totals[measure] = (total + value * weight, weights + weight)
    return {measure: total / weights for measure, (total, weights) in totals.items()}
