"""The whole analysis of one version, and its form as JSON for keeping.

Plain Python: no Django.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from quizzes.analysis.distractors import OptionFigures
from quizzes.analysis.items import (
    AskedItem,
    ItemAnalysis,
    analyse_item,
    effective_weights,
    moved,
)
from quizzes.analysis.scores import ScoreFigures, analyse_scores
from quizzes.analysis.tallies import ItemTally, ScoreTally

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Analysis:
    """`attempts` counts those looked at; `waiting` of them still wait for marks."""

    attempts: int
    waiting: int
    scores: ScoreFigures
    items: tuple[ItemAnalysis, ...]


def analyse(
    asked: Sequence[AskedItem],
    *,
    items: Iterable[ItemTally],
    scores: Sequence[ScoreTally],
    seconds: Mapping[UUID, float],
    waiting: int = 0,
) -> Analysis:
    """Return the analysis of a version from what the database has counted."""
    by_item = defaultdict[UUID, list[ItemTally]](list)
    for tally in items:
        by_item[tally.item_id].append(tally)
    moves = [moved(one, by_item[one.id]) for one in asked]
    weights = effective_weights(moves)
    return Analysis(
        attempts=sum(tally.count for tally in scores) + waiting,
        waiting=waiting,
        scores=analyse_scores(scores, moves),
        items=tuple(
            analyse_item(one, by_item[one.id], weight=weight, seconds=seconds.get(one.id))
            for one, weight in zip(asked, weights, strict=True)
        ),
    )


def to_json(analysis: Analysis) -> dict[str, Any]:
    data = asdict(analysis)
    for item in data["items"]:
        item["asked"]["id"] = str(item["asked"]["id"])
        item["asked"]["best"] = sorted(item["asked"]["best"])
    return {"format": FORMAT, **data}


def from_json(data: Mapping[str, Any]) -> Analysis | None:
    """Return what `to_json` wrote, or None if another release wrote it."""
    if data.get("format") != FORMAT:
        return None
    return Analysis(
        attempts=data["attempts"],
        waiting=data["waiting"],
        scores=ScoreFigures(**{**data["scores"], "bins": tuple(data["scores"]["bins"])}),
        items=tuple(_item(item) for item in data["items"]),
    )


def _item(data: Mapping[str, Any]) -> ItemAnalysis:
    asked = data["asked"]
    return ItemAnalysis(
        **{
            **data,
            "asked": AskedItem(
                **{
                    **asked,
                    "id": UUID(asked["id"]),
                    "option_ids": tuple(asked["option_ids"]),
                    "option_names": tuple(asked["option_names"]),
                    "best": frozenset(asked["best"]),
                }
            ),
            "options": tuple(OptionFigures(**option) for option in data["options"]),
        }
    )
