"""What a lesson's content takes and asks for: counted when it is saved, never when it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from wagtail import blocks

from modules.checking.readability import WORD
from modules.checking.streams import leaves, words_of
from quizzes.models import Quiz

WORDS_PER_MINUTE = 230
RECORDINGS = frozenset({"video", "audio", "embedded_video"})
NOT_READ = RECORDINGS | {"facilitator_notes"}
# What thinking and doing take besides reading, in minutes; a block that asks its author
# for minutes has its own.
EXERCISES = {
    "critical_incident": 2,
    "branching_scenario": 3,
    "observation_exercise": 4,
    "checklist": 2,
    "time_zone_planner": 2,
}

Raw = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Measured:
    """Minutes of reading, of recordings and of exercises; the points to tick, the quizzes,
    and the questions to reflect on.
    """

    words: int = 0
    recordings: int = 0
    exercises: int = 0
    tick_ids: tuple[str, ...] = ()
    check_ids: tuple[int, ...] = ()
    prompt_ids: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """All together, each begun minute of reading in full; at least one."""
        return max(-(-self.words // WORDS_PER_MINUTE) + self.recordings + self.exercises, 1)


def measure_content(stream: blocks.StreamBlock, raw: Raw) -> Measured:
    """Return what the stored content takes: one query if it has knowledge checks, else none."""
    checks = tuple(dict.fromkeys(_keys_of_checks(raw)))
    return Measured(
        words=_words(stream, raw),
        recordings=sum(_own_minutes(one) for one in raw if one["type"] in RECORDINGS),
        exercises=sum(_exercise(one) for one in raw) + _minutes_of_quizzes(checks),
        tick_ids=tuple(
            point["id"]
            for one in raw
            if one["type"] == "checklist"
            for point in one["value"].get("tasks") or ()
            if isinstance(point, Mapping) and point.get("id")
        ),
        check_ids=checks,
        prompt_ids=tuple(one["id"] for one in raw if one["type"] == "reflection" and one.get("id")),
    )


def _words(stream: blocks.StreamBlock, raw: Raw) -> int:
    read = [one for one in raw if one["type"] not in NOT_READ]
    return len(WORD.findall("".join(map(words_of, leaves(stream, read)))))


def _own_minutes(one: Mapping[str, Any]) -> int:
    return int(one["value"].get("minutes") or 0)


def _exercise(one: Mapping[str, Any]) -> int:
    if one["type"] == "reflection":
        return _own_minutes(one)
    return EXERCISES.get(one["type"], 0)


def _keys_of_checks(raw: Raw) -> list[int]:
    checks = [one["value"].get("quiz") for one in raw if one["type"] == "knowledge_check"]
    return [int(key) for key in checks if str(key or "").isdigit()]


def _minutes_of_quizzes(keys: Sequence[int]) -> int:
    if not keys:
        return 0
    total = Quiz.objects.filter(pk__in=keys).aggregate(total=Sum("minutes"))["total"]
    return int(total or 0)
