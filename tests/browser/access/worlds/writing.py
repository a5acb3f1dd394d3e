"""What people write for themselves, what of it they share, and what they hand in."""

import datetime as dt

from modules.models import ImmersionTaskPage
from progress.immersion.deciding import decide
from progress.immersion.handing_in import hand_in
from progress.journal.replying import reply
from progress.journal.sharing import share
from progress.journal.writing import begin_entry, write_on
from tests.browser.access.worlds.names import LONG, UNBROKEN, World
from tests.factories.modules import ImmersionTaskPageFactory


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


def hand_in_tasks(world: World, *, at: dt.datetime) -> None:
    """A task that one has to do, one waits with, one was asked again, and one has done."""
    made = ImmersionTaskPageFactory.create(title="Forty minutes in one place", evidence="either")
    task = ImmersionTaskPage.objects.get(pk=made.pk)
    texts = {"busy": "Six people.", "long": f"{LONG} {UNBROKEN} " * 9, "ready": "A queue."}
    handed_in = {
        name: hand_in(
            participant=world.people[name],
            task=task,
            text=text,
            link="https://log.example/1",
            at=at,
        )
        for name, text in texts.items()
    }
    for name in ("long", "ready"):
        decide(
            submission=handed_in[name], accepts=name == "ready", comment=LONG, at=at,
            rows=task.rubric_rows, levels={str(row.id): 1 for row in task.rubric_rows},
            by=world.people["trainer"], link_to="/",
        )  # fmt: skip
    world.addresses |= {
        "task": task.url,
        "task_key": task.translation_key,
        "handed_in": handed_in["busy"].uuid,
        "asked_again": handed_in["long"].uuid,
    }
