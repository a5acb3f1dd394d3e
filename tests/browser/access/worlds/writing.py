"""What people write for themselves, and what of it they share."""

import datetime as dt

from progress.journal.replying import reply
from progress.journal.sharing import share
from progress.journal.writing import begin_entry, write_on
from tests.browser.access.worlds.names import LONG, UNBROKEN, World


def keep_journals(world: World, *, at: dt.datetime) -> None:
    """An entry that is shared, written on and replied to; one that waits, far too long."""
    busy, trainer = world.people["busy"], world.people["trainer"]
    entry = begin_entry(participant=busy, title="Day one", text="I waited.", at=at)
    shared = share(entry=entry, at=at)
    write_on(entry=entry, title="Day one", text="I waited, and asked.", at=at)
    reply(sharing=shared, text="What did you see first?", by=trainer, at=at, link_to="/")
    long = begin_entry(participant=busy, title=LONG, text=f"{LONG} {UNBROKEN}\n" * 9, at=at)
    waiting = share(entry=long, at=at)
    world.addresses |= {
        "journal_shared": entry.uuid,
        "journal_long": long.uuid,
        "shared": waiting.uuid,
    }
