"""An institution with something in every state, built once for all the tests of access.

Names and texts are short in places and far too long in others, as they come in earnest.
"""

from django.utils import timezone

from readiness import states
from tests.browser.access.worlds.guides import write_guides
from tests.browser.access.worlds.learning import write_modules
from tests.browser.access.worlds.leaving import ask_for_everything, place, plan_exchange
from tests.browser.access.worlds.names import LONG, UNBROKEN, World
from tests.browser.access.worlds.office import (
    invite,
    people_of_every_role,
    remind,
    share,
    upload_rosters,
)
from tests.browser.access.worlds.sharing import carry_a_module
from tests.browser.access.worlds.sitting import hand_in_texts, publish_quizzes
from tests.browser.access.worlds.writing import hand_in_tasks, keep_journals, keep_notes

__all__ = ["LONG", "UNBROKEN", "World", "build"]


def build() -> World:
    world = World()
    now = timezone.now()
    people_of_every_role(world)
    modules = write_modules(world, at=now)
    quizzes = publish_quizzes(world, modules[0], at=now)
    hand_in_texts(world, at=now)
    keep_journals(world, at=now)
    keep_notes(world, at=now)
    hand_in_tasks(world, at=now)
    exchange = plan_exchange(world, at=now)
    ask_for_everything(world, modules, quizzes)
    place(world, exchange, modules, quizzes, at=now)
    invite(world, at=now)
    upload_rosters(world, at=now)
    remind(world, at=now)
    write_guides(world, exchange, at=now)
    share(world, exchange)
    carry_a_module(world, at=now)
    states.keep(at=now)
    return world
