"""Several shares of one whole person: a web of spokes, each numbered, from 0 to 100 %.

Below three spokes there is no web; the table beside it says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

SIZE = 240.0
RADIUS = 96.0
RINGS = (0.25, 0.5, 0.75, 1.0)
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """A share from 0 to 1 for each spoke."""

    label: str
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """What the picture shows. The spokes are numbered and `spokes` are their names."""

    name: str
    title: str
    about: str
    head: str
    spokes: tuple[str, ...]
    profiles: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class Corner:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Web:
    profile: Profile
    corners: tuple[Corner, ...]


@dataclass(frozen=True, slots=True)
class RadarPicture:
    size: float
    rings: tuple[tuple[Corner, ...], ...]
    ends: tuple[Corner, ...]
    numbers: tuple[Corner, ...]
    webs: tuple[Web, ...]


def draw_radar(
    profiles: Sequence[Profile], *, spokes: int, mirrored: bool = False
) -> RadarPicture | None:
    """The first spoke points up, the others follow with the clock, or against it mirrored."""
    if spokes < FEWEST:
        return None
    return RadarPicture(
        size=SIZE,
        rings=tuple(_ring([share] * spokes, mirrored) for share in RINGS),
        ends=_ring([1.0] * spokes, mirrored),
        numbers=_ring([1.13] * spokes, mirrored),
        webs=tuple(
            Web(one, _ring([min(max(share, 0.0), 1.0) for share in one.shares], mirrored))
            for one in profiles
        ),
    )


def _ring(shares: Sequence[float], mirrored: bool) -> tuple[Corner, ...]:
    turn = (-2 if mirrored else 2) * pi / len(shares)
    return tuple(
        Corner(
            SIZE / 2 + RADIUS * share * sin(turn * place),
            SIZE / 2 - RADIUS * share * cos(turn * place),
        )
        for place, share in enumerate(shares)
    )
