"""What every part of the world for the tests of access knows."""

from dataclasses import dataclass, field
from typing import Any

from people.models import User

LONG = "Universität für angewandte Verwaltungswissenschaften und grenzüberschreitendes Recht"
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@dataclass
class World:
    """What the addresses of the pages name, and who looks at them."""

    people: dict[str, User] = field(default_factory=dict)
    addresses: dict[str, Any] = field(default_factory=dict)

    def address(self, pattern: str) -> str:
        return pattern.format(**self.addresses)
