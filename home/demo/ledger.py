"""What a load did, in words for whoever ran it."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Ledger:
    """`made` and `left_alone` name things; what is there as the files say it is in neither."""

    made: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)

    @property
    def has_changed_something(self) -> bool:
        return bool(self.made)
