"""Which sites' videos a lesson may show, and where their players are. Plain Python."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Player:
    """A video on another site: who keeps it, and the address of its player alone."""

    site: str
    address: str


@dataclass(frozen=True, slots=True)
class Site:
    name: str
    origin: str
    pattern: re.Pattern[str]
    player: str


SITES: Sequence[Site] = (
    Site(
        "YouTube",
        "https://www.youtube-nocookie.com",
        re.compile(
            r"https://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#\s]*&)?v=|embed/|shorts/)"
            r"|youtu\.be/|www\.youtube-nocookie\.com/embed/)([\w-]{11})(?:[?&#/].*)?"
        ),
        "/embed/{}",
    ),
    Site(
        "Vimeo",
        "https://player.vimeo.com",
        re.compile(r"https://(?:www\.)?(?:vimeo\.com|player\.vimeo\.com/video)/(\d+)(?:[?#/].*)?"),
        "/video/{}?dnt=1",
    ),
)
ORIGINS = tuple(site.origin for site in SITES)
NAMES = tuple(site.name for site in SITES)


def player_of(link: str) -> Player | None:
    """Return the player for a video's link; None if the site is not on the list."""
    for site in SITES:
        found = site.pattern.fullmatch(link)
        if found:
            return Player(site.name, site.origin + site.player.format(found[1]))
    return None
