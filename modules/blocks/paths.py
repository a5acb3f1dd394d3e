"""What can be wrong with the paths through a branching scenario. Plain Python."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

ENDS = ""


class FaultKind(Enum):
    SAME_NAME = auto()
    ONE_CHOICE = auto()
    LEADS_NOWHERE = auto()
    LEADS_BACK = auto()
    NEVER_REACHED = auto()


@dataclass(frozen=True, slots=True)
class Fault:
    """`scene` and `choice` are places in their lists; `choice` is None for a whole scene."""

    kind: FaultKind
    scene: int
    choice: int | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """`leads_to` has the name of the next scene for each choice, or `ENDS`."""

    name: str
    leads_to: tuple[str, ...] = ()


def faults(scenes: Sequence[Scene]) -> list[Fault]:
    """Return what keeps a path from ending, or a scene from being seen; the first is the start.

    Without faults every choice leads to a scene or ends, nothing leads back, and every
    scene lies on some path: so every path ends.
    """
    places: dict[str, int] = {}
    for place, scene in enumerate(scenes):
        places.setdefault(scene.name, place)
    return [
        *_same_names(scenes, places),
        *_lonely_choices(scenes),
        *_lost_choices(scenes, places),
        *_turns_back(scenes, places),
        *_never_reached(scenes, places),
    ]


def _same_names(scenes: Sequence[Scene], places: dict[str, int]) -> Iterator[Fault]:
    for place, scene in enumerate(scenes):
        if places[scene.name] != place:
            yield Fault(FaultKind.SAME_NAME, place)


def _lonely_choices(scenes: Sequence[Scene]) -> Iterator[Fault]:
    for place, scene in enumerate(scenes):
        if len(scene.leads_to) == 1:
            yield Fault(FaultKind.ONE_CHOICE, place)


def _lost_choices(scenes: Sequence[Scene], places: dict[str, int]) -> Iterator[Fault]:
    for place, scene in enumerate(scenes):
        for choice, name in enumerate(scene.leads_to):
            if name != ENDS and name not in places:
                yield Fault(FaultKind.LEADS_NOWHERE, place, choice)


def _turns_back(scenes: Sequence[Scene], places: dict[str, int]) -> Iterator[Fault]:
    """A choice leads back if the scene that it leads to can lead to its own."""
    onward = [_onward(scene, places) for scene in scenes]
    for place, scene in enumerate(scenes):
        for choice, name in enumerate(scene.leads_to):
            if name in places and place in _reached(places[name], onward):
                yield Fault(FaultKind.LEADS_BACK, place, choice)


def _never_reached(scenes: Sequence[Scene], places: dict[str, int]) -> Iterator[Fault]:
    onward = [_onward(scene, places) for scene in scenes]
    seen = _reached(0, onward) if scenes else set()
    for place, scene in enumerate(scenes):
        if place not in seen and places[scene.name] == place:
            yield Fault(FaultKind.NEVER_REACHED, place)


def _onward(scene: Scene, places: dict[str, int]) -> list[int]:
    return [places[name] for name in scene.leads_to if name in places]


def _reached(start: int, onward: Sequence[Sequence[int]]) -> set[int]:
    """Return the places of all scenes that can follow `start`, itself among them."""
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting.extend(onward[place])
    return seen
