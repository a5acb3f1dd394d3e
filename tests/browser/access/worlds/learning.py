"""Modules and lessons, with every block."""

import datetime as dt

from modules.blocks import LessonBlock
from modules.models import LessonPage, ModulePage, WorkshopSession
from tests.browser.access.worlds.names import LONG, UNBROKEN, World
from tests.factories.library import DocumentFactory
from tests.factories.modules import (
    CataloguePageFactory,
    GlossaryTermFactory,
    ImmersionPreparationPageFactory,
    LessonPageFactory,
    ModulePrerequisiteFactory,
    TrainingSessionPageFactory,
    WorkshopPageFactory,
    WorkshopSessionFactory,
)
from tests.factories.progress import LessonRecordFactory

# Blocks whose preview shows the last fitting file of the library.
WITH_FILES = ("audio", "download", "video")


def write_modules(world: World, *, at: dt.datetime) -> list[ModulePage]:
    """A session with every block, a workshop with sessions, a preparation with a long title."""
    CataloguePageFactory.create()
    session = TrainingSessionPageFactory.create(title="Communication styles")
    for name in ("meeting.mp4", "meeting.mp3", "plan.pdf"):
        DocumentFactory.create(name=name)
    blocks = [
        {"type": name, "value": block.get_prep_value(block.get_preview_value())}
        for name, block in LessonBlock().child_blocks.items()
        if name in WITH_FILES or getattr(block.meta, "preview_value", None) is not None
    ]
    lesson = LessonPageFactory.create(parent=session, title="A first message", body=blocks)
    following = LessonPageFactory.create(parent=session, title=UNBROKEN, summary=LONG)
    workshop = WorkshopPageFactory.create(title="Story circle", for_faculty=True)
    LessonPageFactory.create(parent=workshop)
    coming = at + dt.timedelta(days=9)
    past = at - dt.timedelta(days=9)
    for starts_at in (coming, past):
        held = WorkshopSessionFactory.create(
            workshop=workshop,
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(minutes=90),
            link="https://meet.example/circle",
            seats=12,
        )
    long = ImmersionPreparationPageFactory.create(title=LONG, summary=f"{LONG} {UNBROKEN}")
    lesson_of_long = LessonPageFactory.create(parent=long)
    empty = TrainingSessionPageFactory.create(title="Not written yet")
    _addresses_of_modules(world, [session, workshop, long, empty], [lesson, following], held)
    LessonRecordFactory.create(
        participant=world.people["ready"], lesson=lesson_of_long, completed_at=at
    )
    _held_up(world)
    _explain(world)
    return [session, workshop, long]


def _held_up(world: World) -> None:
    """Steps in order with points to tick and an extra; a module that needs another one first."""
    ordered = TrainingSessionPageFactory.create(title=f"In order {LONG}", is_sequential=True)
    points = [{"text": LONG, "note": UNBROKEN}, {"text": "Tell somebody.", "note": ""}]
    checklist = {"type": "checklist", "value": {"title": "Before you pack", "tasks": points}}
    to_tick = LessonPageFactory.create(
        parent=ordered, title="To tick", rule="ticked", body=[checklist]
    )
    later = LessonPageFactory.create(parent=ordered, title=LONG)
    extra = LessonPageFactory.create(parent=ordered, title=f"More {LONG}", is_extra=True)
    link = ModulePrerequisiteFactory.create(needed=ordered)
    world.addresses |= {
        "in_order": ordered.url,
        "to_tick": to_tick.url,
        "extra": extra.url,
        "not_yet": later.url,
        "needs_another": LessonPageFactory.create(parent=link.module).url,
    }


def _explain(world: World) -> None:
    """A glossary with long words and a source, and a lesson that uses it."""
    word = GlossaryTermFactory.create(
        term=UNBROKEN[:100],
        definition=f"<p>A word that is {LONG}.</p>",
        source_title=UNBROKEN,
        source_link="https://example.org/word",
        consulted_on=dt.date(2026, 11, 2),
    )
    other = GlossaryTermFactory.create(term=f"Canaryterm {LONG}"[:100], see_also=[word])
    GlossaryTermFactory.create_batch(9, see_also=[word, other])
    body = [{"type": "glossary_term", "value": {"term": one.pk}} for one in (word, other)]
    world.addresses["with_term"] = LessonPageFactory.create(title="In a word", body=body).url


def _addresses_of_modules(
    world: World, modules: list[ModulePage], lessons: list[LessonPage], held: WorkshopSession
) -> None:
    session, workshop, long, empty = modules
    world.addresses |= {
        "session": session.url,
        "session_pk": session.pk,
        "workshop": workshop.url,
        "workshop_pk": workshop.pk,
        "long_module": long.url,
        "empty_module": empty.url,
        "lesson": lessons[0].url,
        "lesson_pk": lessons[0].pk,
        "long_lesson": lessons[1].url,
        "register": held.uuid,
    }
