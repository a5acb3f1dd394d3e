"""What a load did, in words for whoever ran it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Ledger:
    """`made` and `left_alone` name things; what is there as the files say it is in neither."""

    made: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)

    @property
    def has_changed_something(self) -> bool:
        return bool(self.made)


@contextmanager
def wagtail_silent() -> Iterator[None]:
    """Keep Wagtail from logging every page that it makes: the ledger says it."""
    logger = logging.getLogger("wagtail")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)
