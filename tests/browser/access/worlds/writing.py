"""What people write for themselves, what of it they share, and what they hand in."""

import datetime as dt

from modules.models import ImmersionTaskPage, LessonPage
from progress.immersion.deciding import decide
from progress.immersion.handing_in import hand_in
from progress.journal.replying import reply
from progress.journal.sharing import share
from progress.journal.writing import begin_entry, write_on
from progress.notes.keeping import bookmark, write_note
from tests.browser.access.worlds.names import LONG, UNBROKEN, World
from tests.factories.modules import ImmersionTaskPageFactory, rubric_about
from tests.factories.progress import LessonNoteFactory


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


def keep_notes(world: World, *, at: dt.datetime) -> None:
    """A long note on a bookmarked lesson, and a bookmark of a lesson that is gone."""
    busy = world.people["busy"]
    lesson = LessonPage.objects.live().get(pk=world.addresses["lesson_pk"])
    text = f"{LONG} {UNBROKEN}\n" * 3
    note = write_note(participant=busy, lesson=lesson, text=text, at=at)
    bookmark(participant=busy, lesson=lesson, at=at)
    LessonNoteFactory.create(participant=busy, lesson_title=UNBROKEN, lesson_key=note.uuid)
    world.addresses |= {"lesson_key": lesson.translation_key, "note_of_lesson": note.uuid}


def hand_in_tasks(world: World, *, at: dt.datetime) -> None:
    """A task that one has to do, one waits with, one was asked again, and one has done."""
    made = ImmersionTaskPageFactory.create(
        title="Forty minutes in one place", evidence="either",
        rubric=rubric_about("sojourn.openness"),
    )  # fmt: skip
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
