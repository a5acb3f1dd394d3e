"""Loads the whole demo, in the order in which one thing needs the other."""

import datetime as dt

from django.db import transaction

from exchanges.models import Placement
from home.course.guides import load_guides
from home.course.ledger import Ledger
from home.course.loading import known_dimensions, load_pages_and_quizzes
from home.course.translations import load_translations
from home.demo.accounts import STUDENT, TRAINER, load_accounts, person
from home.demo.every_kind import load_every_kind
from home.demo.every_kind_sat import load_sittings
from home.demo.handed_in import load_tasks
from home.demo.history import load_history
from home.demo.institution import load_institution
from home.demo.journal import load_journal
from home.demo.notes import load_notes
from home.demo.partners import load_partner_link
from home.demo.requirements import load_requirements
from home.demo.roster import load_roster
from readiness import states


@transaction.atomic
def load(*, at: dt.datetime) -> Ledger:
    """Load what is missing and return what was made and what was left alone.

    All or nothing. A second call makes nothing; what somebody has edited since, or
    what the content files say otherwise now, is named and left as it is.

    Args:
        at: the moment of loading; the people's training lies before it.

    Raises:
        ContentError: a content file cannot be loaded.
    """
    ledger = Ledger()
    dimensions = known_dimensions()
    load_institution(ledger)
    load_accounts(ledger)
    modules, quizzes = load_pages_and_quizzes(
        ledger, dimensions=dimensions, author=person(TRAINER), at=at
    )
    load_requirements(ledger, modules=modules, quizzes=quizzes, at=at)
    load_roster(ledger, today=at.date())
    load_guides(ledger, author=person(TRAINER), at=at)
    load_partner_link(ledger, at=at)
    load_notes(ledger, at=at)
    load_translations(ledger, author=person(TRAINER), at=at)
    every_kind = load_every_kind(ledger, author=person(TRAINER), at=at)
    if load_history(ledger, modules=modules, quizzes=quizzes, at=at):
        load_sittings(ledger, quiz=every_kind, marker=person(TRAINER), at=at)
        load_tasks(ledger, module=modules["out-and-about"], reader=person(TRAINER), at=at)
        load_journal(ledger, writer=person(STUDENT), reader=person(TRAINER), at=at)
    if ledger.made:
        for _batch in states.rebuild(Placement.objects.all(), at=at):
            pass
    return ledger
