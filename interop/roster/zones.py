"""Time zones of countries, from the table that the time zone database brings."""

from functools import cache
from importlib import resources


def only_zone_of(country: str) -> str:
    """Return the time zone of a country that has one; empty where somebody must choose."""
    zones = _zones_by_country().get(country, [])
    return zones[0] if len(zones) == 1 else ""


@cache
def _zones_by_country() -> dict[str, list[str]]:
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    zones: dict[str, list[str]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _coordinates, zone = line.split("\t")[:3]
            zones.setdefault(country, []).append(zone)
    return zones
